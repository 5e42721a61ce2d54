#include "common/runtime/writer.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/runtime/runtime_keys.h"
#include "google/protobuf/util/time_util.h"

namespace jiedui::runtime {
namespace {

using base::MakeError;
using base::Reason;

void EndProcess(const absl::Status& status) {
  std::fprintf(stderr,
               "jiedui: a write failed, stopping so that a restart begins from "
               "what is durable: %s\n",
               status.ToString().c_str());
  std::abort();
}

uint64_t NanosSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now() - start)
      .count();
}

// The kept reply of a repeated request, or nothing for a new one.
std::optional<absl::Status> AnswerRepeat(const Command& command,
                                         const store::Reader& state) {
  const std::optional<std::string> kept =
      state.Get(keys::Reply(command.actor, command.request_id));
  if (!kept) return std::nullopt;
  journal::v1::Reply reply;
  if (!reply.ParseFromString(*kept) ||
      reply.request_sha256() != command.request_sha256) {
    return MakeError(Reason::kRequestIdReused,
                     {{"request_id", command.request_id}});
  }
  command.reply->ParseFromString(reply.payload());
  return absl::OkStatus();
}

// Who acts when a timer fires.
constexpr char kTimerActor[] = "system";

// So many due timers are one commit when nothing else is under way.
constexpr size_t kTimersTogether = 256;

// Clears a timer that is still set as `key` says; false when it is not.
bool TakeTimer(Transaction& txn, const std::string& key) {
  if (!txn.Get(key)) return false;
  txn.ClearTimer(keys::IdOf(key));
  return true;
}

void KeepReply(Command& command, Transaction& txn) {
  journal::v1::Reply reply;
  reply.set_request_sha256(command.request_sha256);
  reply.set_payload(command.reply->SerializeAsString());
  txn.KeepReply(command.request_id, std::move(reply));
}

}  // namespace

Writer::Writer(std::string path, store::Store* store, Machine* machine,
               const base::Clock* clock, Options options)
    : path_(std::move(path)),
      store_(store),
      machine_(machine),
      clock_(clock),
      options_(std::move(options)),
      journal_(store) {}

Writer::~Writer() { Stop(); }

absl::Status Writer::Open() {
  RETURN_IF_ERROR(CheckSchema());
  RETURN_IF_ERROR(journal_.Open(path_));
  head_ = journal_.head();
  if (const auto last = journal::Journal::Read(*store_, head_)) {
    clock_.NotBefore(absl::FromUnixMicros(
        google::protobuf::util::TimeUtil::TimestampToMicroseconds(
            last->time())));
  }
  feed_.Publish(head_);
  machine_->Load(*store_);
  return absl::OkStatus();
}

absl::Status Writer::CheckSchema() {
  const int known = machine_->schema_version();
  const std::optional<std::string> found = store_->Get(keys::Schema());
  if (!found) {
    store::Batch batch;
    batch.Put(keys::Schema(), absl::StrCat(known));
    return store_->Write(batch);
  }
  int version = 0;
  if (!absl::SimpleAtoi(*found, &version)) {
    return MakeError(Reason::kDataDamaged,
                     {{"path", path_}, {"detail", "schema version"}});
  }
  if (version > known) {
    return MakeError(
        Reason::kSchemaNewer,
        {{"path", path_}, {"found", *found}, {"known", absl::StrCat(known)}});
  }
  return absl::OkStatus();
}

void Writer::Start() {
  thread_ = std::thread([this] { RunLoop(); });
}

void Writer::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  if (thread_.joinable()) thread_.join();
}

void Writer::Submit(Command command) {
  absl::Status refusal;
  {
    absl::MutexLock lock(&mutex_);
    if (stopping_) {
      refusal = MakeError(Reason::kShuttingDown);
    } else if (queue_.size() >= options_.max_queue) {
      refusal = MakeError(Reason::kOverloaded,
                          {{"queued", absl::StrCat(queue_.size())}});
    } else {
      queue_.push_back(std::move(command));
      counters_.queued.store(queue_.size(), std::memory_order_relaxed);
      return;
    }
  }
  command.done(refusal);
}

absl::Status Writer::Run(Command command) {
  absl::Notification finished;
  absl::Status result;
  command.done = [&](absl::Status status) {
    result = std::move(status);
    finished.Notify();
  };
  Submit(std::move(command));
  if (!thread_.joinable()) RunQueued();
  finished.WaitForNotification();
  return result;
}

absl::Time Writer::NextTimer() const {
  absl::Time next = absl::InfiniteFuture();
  store::ScanPrefix(*store_, std::string(1, keys::kTimerByDue),
                    [&next](std::string_view key, std::string_view) {
                      next = keys::DueOf(key);
                      return false;
                    });
  return next;
}

std::vector<std::string> Writer::DueTimerKeys(size_t limit) const {
  std::vector<std::string> due;
  const absl::Time now = clock_.Now();
  store::ScanPrefix(*store_, std::string(1, keys::kTimerByDue),
                    [&](std::string_view key, std::string_view) {
                      if (keys::DueOf(key) > now) return false;
                      due.emplace_back(key);
                      return due.size() < limit;
                    });
  return due;
}

// Each timer is a command of its own, so that one that fails does not take
// others with it. A failing one is cleared all the same.
bool Writer::FireTimers(const std::vector<std::string>& due) {
  std::vector<absl::Status> faults(due.size());  // the timers' own
  std::vector<absl::Status> results(due.size());
  absl::BlockingCounter fired(static_cast<int>(due.size()));
  for (size_t i = 0; i < due.size(); ++i) {
    Command command;
    command.actor = kTimerActor;
    command.decide = [&, i](Transaction& txn) {
      if (!TakeTimer(txn, due[i])) return absl::OkStatus();
      faults[i] = machine_->OnTimer(keys::IdOf(due[i]), txn);
      faults[i].Update(txn.followed());
      return faults[i];
    };
    command.done = [&, i](absl::Status status) {
      results[i] = std::move(status);
      fired.DecrementCount();
    };
    Submit(std::move(command));
  }
  if (!thread_.joinable()) RunQueued();
  fired.Wait();
  bool all = true;
  for (size_t i = 0; i < due.size(); ++i) {
    if (!faults[i].ok()) results[i] = ClearFailed(due[i], faults[i]);
    all = all && results[i].ok();  // else busy or shutting down: it stays due
  }
  return all;
}

absl::Status Writer::ClearFailed(const std::string& key,
                                 const absl::Status& fault) {
  std::fprintf(stderr, "jiedui: timer %s due %s failed: %s\n",
               std::string(keys::IdOf(key)).c_str(),
               absl::FormatTime(keys::DueOf(key)).c_str(),
               fault.ToString().c_str());
  Command command;
  command.actor = kTimerActor;
  command.decide = [&key](Transaction& txn) {
    TakeTimer(txn, key);
    return absl::OkStatus();
  };
  return Run(std::move(command));
}

bool Writer::FireNextTimer() {
  const std::vector<std::string> due = DueTimerKeys(1);
  return !due.empty() && FireTimers(due);
}

absl::Time Writer::FireDueTimers() {
  for (;;) {
    const std::vector<std::string> due = DueTimerKeys(kTimersTogether);
    if (due.empty() || !FireTimers(due)) return NextTimer();
  }
}

std::deque<Command> Writer::TakeQueued() {
  std::deque<Command> commands;
  if (queue_.size() <= options_.max_commands) {
    commands.swap(queue_);
  } else {
    for (size_t i = 0; i < options_.max_commands; ++i) {
      commands.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
  }
  counters_.queued.store(queue_.size(), std::memory_order_relaxed);
  return commands;
}

void Writer::RunQueued() {
  for (;;) {
    std::deque<Command> commands;
    {
      absl::MutexLock lock(&mutex_);
      commands = TakeQueued();
    }
    if (commands.empty()) return;
    CommitBatch(std::move(commands));
  }
}

void Writer::RunLoop() {
  for (;;) {
    std::deque<Command> commands;
    {
      absl::MutexLock lock(&mutex_);
      auto ready = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
        return stopping_ || !queue_.empty();
      };
      mutex_.Await(absl::Condition(&ready));
      if (queue_.empty()) return;
      commands = TakeQueued();
    }
    CommitBatch(std::move(commands));
  }
}

// Decides as many of `commands` as fit into one write, writes, answers, and
// goes on with the rest.
void Writer::CommitBatch(std::deque<Command> commands) {
  while (!commands.empty()) {
    const absl::Time now = clock_.Now();
    store::Overlay state(store_);
    journal::v1::Record record;
    *record.mutable_time() =
        google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
            absl::ToUnixMicros(now));
    std::vector<Pending> answers;
    size_t bytes = 0;
    while (!commands.empty() && bytes < options_.max_bytes) {
      const int entries = record.entries_size();
      Pending pending{std::move(commands.front()), absl::OkStatus()};
      commands.pop_front();
      pending.status = Decide(pending.command, now, state, record);
      if (record.entries_size() > entries) {
        bytes += record.entries(entries).ByteSizeLong();
      }
      answers.push_back(std::move(pending));
    }
    const absl::Status written = WriteOut(state, record);
    counters_.commands.fetch_add(answers.size(), std::memory_order_relaxed);
    for (Pending& answer : answers) {
      answer.command.done(written.ok() ? std::move(answer.status) : written);
    }
    if (written.ok() && record.seq() > 0) feed_.Publish(record.seq());
  }
}

absl::Status Writer::Decide(Command& command, absl::Time now,
                            store::Overlay& state,
                            journal::v1::Record& record) {
  if (now > command.deadline) return MakeError(Reason::kDeadlineExceeded);
  const bool keeps_reply = !command.request_id.empty();
  if (keeps_reply) {
    if (auto answer = AnswerRepeat(command, state)) return *std::move(answer);
  }
  Transaction txn(&state, machine_, now, command.actor);
  RETURN_IF_ERROR(command.decide(txn));
  RETURN_IF_ERROR(txn.followed());
  if (keeps_reply) {
    KeepReply(command, txn);
  } else if (!txn.changed()) {
    return absl::OkStatus();
  }
  txn.changes().MoveTo(state);
  *record.add_entries() = std::move(txn.entry());
  return absl::OkStatus();
}

absl::Status Writer::WriteOut(store::Overlay& state,
                              journal::v1::Record& record) {
  if (failed_) return MakeError(Reason::kShuttingDown);
  if (record.entries().empty()) return absl::OkStatus();
  const auto start = std::chrono::steady_clock::now();
  store::Batch batch;
  state.MoveTo(batch);
  journal_.Append(record, batch);
  const absl::Status status = store_->Write(batch);
  if (!status.ok()) {
    failed_ = true;
    (options_.on_fatal ? options_.on_fatal : EndProcess)(status);
    return status;
  }
  head_.store(record.seq(), std::memory_order_release);
  machine_->Committed(record);
  counters_.commits.fetch_add(1, std::memory_order_relaxed);
  counters_.commit_nanos.fetch_add(NanosSince(start),
                                   std::memory_order_relaxed);
  return absl::OkStatus();
}

}  // namespace jiedui::runtime
