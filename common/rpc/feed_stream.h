// A server stream of what commits bring: what there is now, then more with each
// commit. It holds one batch at a time, so a slow reader costs nobody anything.
// It ends with kShuttingDown once the writer's feed is closed and everything is
// sent.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <boost/asio/post.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "common/base/error.h"
#include "common/rpc/status.h"
#include "common/runtime/loop.h"
#include "common/runtime/writer.h"

namespace jiedui::rpc {

// A stream that ends at once with an error. Owns itself.
template <typename Message>
class FailedStream : public grpc::ServerWriteReactor<Message> {
 public:
  explicit FailedStream(const grpc::Status& status) { this->Finish(status); }

 private:
  void OnDone() override { delete this; }
};

template <typename Message>
class FeedStream : public grpc::ServerWriteReactor<Message> {
 public:
  struct Batch {
    std::vector<Message> messages;
    // There may be more behind them, so that it is worth asking at once.
    bool more = false;
  };

  // The next messages of what was committed up to `head` at least. Keeps its
  // own place; called by one thread at a time. An error ends the stream.
  using Pull = std::function<absl::StatusOr<Batch>(uint64_t head)>;

  // Owns itself. `loop` and `writer` must outlive the call.
  static FeedStream* Start(runtime::Loop* loop, runtime::Writer* writer,
                           Pull pull) {
    std::shared_ptr<FeedStream> stream(
        new FeedStream(loop, writer, std::move(pull)));
    stream->self_ = stream;
    stream->Wake();
    return stream.get();
  }

 private:
  FeedStream(runtime::Loop* loop, runtime::Writer* writer, Pull pull)
      : loop_(loop), writer_(writer), pull_(std::move(pull)) {}

  // From any thread: continues on the loop, if the stream still lives by then.
  void Wake() {
    boost::asio::post(loop_->context(),
                      [stream = self_] { stream->Continue(); });
  }

  // Sends the next message, or waits for the next commit. At most one thread is
  // between a wake-up and the StartWrite or NotifyPast it leads to.
  void Continue() {
    absl::MutexLock lock(&mutex_);
    ticket_ = 0;
    if (cancelled_) return FinishOnce(grpc::Status::CANCELLED);
    if (!ready_.empty()) return WriteNext();
    const uint64_t head = writer_->head();
    absl::StatusOr<Batch> batch = pull_(head);
    if (!batch.ok()) return FinishOnce(ToGrpcStatus(batch.status()));
    for (Message& message : batch->messages) {
      ready_.push_back(std::move(message));
    }
    if (!ready_.empty()) return WriteNext();
    // One batch a turn, so that a long way through what is not for this stream
    // does not keep a thread from others.
    if (batch->more) return Wake();
    if (writer_->feed().closed()) {
      return FinishOnce(
          ToGrpcStatus(base::MakeError(base::Reason::kShuttingDown)));
    }
    ticket_ = writer_->feed().NotifyPast(head, [this] { Wake(); });
  }

  void WriteNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    // No buffer hint, although more may follow: a first message with one waits
    // for a flush that nobody triggers.
    this->StartWrite(&ready_.front());
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
    const std::shared_ptr<FeedStream> self = std::move(self_);
  }

  runtime::Loop* const loop_;
  runtime::Writer* const writer_;
  std::shared_ptr<FeedStream> self_;

  absl::Mutex mutex_;
  const Pull pull_ ABSL_GUARDED_BY(mutex_);
  std::deque<Message> ready_ ABSL_GUARDED_BY(mutex_);
  // Of the wake-up asked for; 0 between Continue and what it leads to.
  uint64_t ticket_ ABSL_GUARDED_BY(mutex_) = 0;
  bool cancelled_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace jiedui::rpc
