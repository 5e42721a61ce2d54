// A server stream that follows a journal: everything after a cursor, then each
// commit as it happens. It holds one commit at a time, so a slow reader costs
// nobody anything. It ends with kShuttingDown once the writer's feed is closed
// and everything is sent.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <boost/asio/post.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/base/error.h"
#include "common/journal/journal.h"
#include "common/rpc/status.h"
#include "common/runtime/loop.h"
#include "common/runtime/writer.h"

namespace jiedui::rpc {

// A record of the journal is missing or damaged.
inline absl::Status UnreadableRecord(const runtime::Writer& writer,
                                     uint64_t seq) {
  return base::MakeError(
      base::Reason::kDataDamaged,
      {{"path", std::string(writer.machine().source())},
       {"detail", absl::StrCat("journal record ", seq, " cannot be read")}});
}

// A stream that ends at once with an error. Owns itself.
template <typename Message>
class FailedStream : public grpc::ServerWriteReactor<Message> {
 public:
  explicit FailedStream(const grpc::Status& status) { this->Finish(status); }

 private:
  void OnDone() override { delete this; }
};

template <typename Message>
class JournalStream : public grpc::ServerWriteReactor<Message> {
 public:
  // What a commit looks like on this stream; may be nothing.
  using Convert =
      std::function<std::vector<Message>(const journal::v1::Record&)>;

  // Owns itself. `loop` and `writer` must outlive the call.
  static JournalStream* Start(runtime::Loop* loop, runtime::Writer* writer,
                              uint64_t after, Convert convert) {
    std::shared_ptr<JournalStream> stream(
        new JournalStream(loop, writer, after, std::move(convert)));
    stream->self_ = stream;
    stream->Wake();
    return stream.get();
  }

 private:
  JournalStream(runtime::Loop* loop, runtime::Writer* writer, uint64_t after,
                Convert convert)
      : loop_(loop),
        writer_(writer),
        convert_(std::move(convert)),
        cursor_(after) {}

  // From any thread: continues on the loop, if the stream still lives by then.
  void Wake() {
    boost::asio::post(loop_->context(),
                      [stream = self_] { stream->Continue(); });
  }

  // Sends the next message, or waits for the journal to grow. At most one
  // thread is between a wake-up and the StartWrite or NotifyPast it leads to.
  void Continue() {
    absl::MutexLock lock(&mutex_);
    ticket_ = 0;
    if (cancelled_) return FinishOnce(grpc::Status::CANCELLED);
    if (!ready_.empty()) return WriteNext();
    if (cursor_ < writer_->head()) return ReadCommit();
    if (writer_->feed().closed()) {
      return FinishOnce(
          ToGrpcStatus(base::MakeError(base::Reason::kShuttingDown)));
    }
    ticket_ = writer_->feed().NotifyPast(cursor_, [this] { Wake(); });
  }

  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    // No buffer hint, although more may follow: a first message with one waits
    // for a flush that nobody triggers.
    this->StartWrite(&ready_.front());
  }

  // Takes the next commit from the journal: one a turn, so that a long way
  // through commits without messages does not keep a thread from other streams.
  void ReadCommit() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const std::optional<journal::v1::Record> record =
        journal::Journal::Read(writer_->store(), cursor_ + 1);
    if (!record) {
      return FinishOnce(ToGrpcStatus(UnreadableRecord(*writer_, cursor_ + 1)));
    }
    ++cursor_;
    for (Message& message : convert_(*record)) {
      ready_.push_back(std::move(message));
    }
    ready_.empty() ? Wake() : WriteNext();
  }

  void FinishOnce(const grpc::Status& status)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (std::exchange(finished_, true)) return;
    this->Finish(status);
  }

  void OnWriteDone(bool ok) override {
    {
      absl::MutexLock lock(&mutex_);
      ready_.pop_front();
      if (!ok) return FinishOnce(grpc::Status::CANCELLED);
    }
    Continue();
  }

  void OnCancel() override {
    absl::MutexLock lock(&mutex_);
    cancelled_ = true;
    if (ticket_ != 0) {
      writer_->feed().Cancel(ticket_);
      FinishOnce(grpc::Status::CANCELLED);
    }
  }

  void OnDone() override {
    const std::shared_ptr<JournalStream> self = std::move(self_);
  }

  runtime::Loop* const loop_;
  runtime::Writer* const writer_;
  const Convert convert_;
  std::shared_ptr<JournalStream> self_;

  absl::Mutex mutex_;
  uint64_t cursor_ ABSL_GUARDED_BY(mutex_);
  std::deque<Message> ready_ ABSL_GUARDED_BY(mutex_);
  // Of the wake-up asked for; 0 between Continue and what it leads to.
  uint64_t ticket_ ABSL_GUARDED_BY(mutex_) = 0;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace jiedui::rpc
