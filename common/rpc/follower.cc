#include "common/rpc/follower.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/rpc/log.h"

namespace jiedui::rpc {
namespace {

constexpr absl::Duration kFirstWait = absl::Milliseconds(50);
constexpr absl::Duration kLongestWait = absl::Seconds(2);

// Commits without events for us whose cursor is not stored: after a restart
// they are looked at again. Storing each would be a commit of our own, and two
// services that follow each other would answer one another for ever.
constexpr uint64_t kLongestUnsaved = 1000;

}  // namespace

Follower::Follower(std::shared_ptr<grpc::Channel> channel, std::string source,
                   runtime::Writer* writer, React react)
    : channel_(std::move(channel)),
      source_(std::move(source)),
      writer_(writer),
      react_(std::move(react)),
      stub_(event::v1::EventLogService::NewStub(channel_)),
      taken_in_(Cursor()),
      thread_([this] { Run(); }) {}

Follower::~Follower() {
  Stop();
  thread_.join();
}

void Follower::Stop() {
  absl::MutexLock lock(&mutex_);
  stopped_ = true;
  if (call_ != nullptr) call_->TryCancel();
}

uint64_t Follower::Cursor() const {
  return runtime::CursorOf(writer_->store(), source_);
}

uint64_t Follower::TakenIn() {
  absl::MutexLock lock(&mutex_);
  return taken_in_;
}

bool Follower::Stopped() {
  absl::MutexLock lock(&mutex_);
  return stopped_;
}

void Follower::Run() {
  absl::Duration wait = kFirstWait;
  while (!Stopped()) {
    const uint64_t before = TakenIn();
    FollowOnce();
    wait = TakenIn() > before ? kFirstWait : std::min(wait * 2, kLongestWait);
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopped_), wait);
  }
}

void Follower::FollowOnce() {
  grpc::ClientContext context;
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_) return;
    call_ = &context;
  }
  event::v1::WatchEventsRequest request;
  request.set_source(source_);
  request.set_after_seq(TakenIn());
  const auto reader = stub_->WatchEvents(&context, request);
  std::vector<event::v1::Event> commit;
  event::v1::Event event;
  while (reader->Read(&event)) {
    const bool last = event.last();
    commit.push_back(std::move(event));
    if (!last) continue;
    const absl::Status status = TakeIn(std::exchange(commit, {}));
    if (!status.ok()) {
      if (!Stopped()) {
        LogWarning("follower.commit_failed",
                   {{"source", source_}, {"error", status.ToString()}});
      }
      context.TryCancel();
      break;
    }
  }
  const grpc::Status status = reader->Finish();
  absl::MutexLock lock(&mutex_);
  call_ = nullptr;
  // A source that has lost its end is a matter for people: say so each time.
  if (status.error_code() == grpc::StatusCode::OUT_OF_RANGE) {
    LogWarning("follower.cursor_ahead",
               {{"source", source_}, {"error", status.error_message()}});
  }
}

absl::Status Follower::TakeIn(std::vector<event::v1::Event> events) {
  const uint64_t seq = events.back().seq();
  const bool concerns_us =
      std::any_of(events.begin(), events.end(),
                  [](const auto& event) { return event.has_payload(); });
  if (concerns_us || seq >= Cursor() + kLongestUnsaved) {
    const absl::Status status = Commit(seq, events);
    if (!status.ok()) return status;
  }
  absl::MutexLock lock(&mutex_);
  taken_in_ = std::max(taken_in_, seq);
  return absl::OkStatus();
}

absl::Status Follower::Commit(uint64_t seq,
                              const std::vector<event::v1::Event>& events) {
  runtime::Command command;
  command.actor = "system";
  command.decide = [this, seq, &events](runtime::Transaction& txn) {
    if (seq <= txn.Cursor(source_)) return absl::OkStatus();
    for (const event::v1::Event& event : events) {
      if (!event.has_payload()) continue;
      const absl::Status status = react_(event, txn);
      if (!status.ok()) return status;
    }
    txn.MoveCursor(source_, seq);
    return absl::OkStatus();
  };
  return writer_->Run(std::move(command));
}

absl::Status Follower::CatchUp(absl::Time deadline) {
  const auto unreachable = [this] {
    return base::MakeError(base::Reason::kUnreachable,
                           {{"address", "service '" + source_ + "'"}});
  };
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(deadline));
  context.set_wait_for_ready(true);
  event::v1::GetHeadRequest request;
  request.set_source(source_);
  event::v1::Head head;
  if (!stub_->GetHead(&context, request, &head).ok()) return unreachable();
  absl::MutexLock lock(&mutex_);
  auto over = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopped_ || taken_in_ >= head.seq();
  };
  mutex_.AwaitWithDeadline(absl::Condition(&over), deadline);
  return taken_in_ >= head.seq() ? absl::OkStatus() : unreachable();
}

}  // namespace jiedui::rpc
