// A server-streaming call answered by plain code that takes its time: it runs
// on a loop's thread and writes its messages one after another.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "common/base/error.h"
#include "common/rpc/status.h"
#include "common/runtime/loop.h"

namespace jiedui::rpc {

template <typename Response>
class StreamJob : public grpc::ServerWriteReactor<Response> {
 public:
  using Body = absl::AnyInvocable<absl::Status(StreamJob&)>;

  // Runs `body` on `loop`, unless the caller has gone by then; its status ends
  // the call. Owns itself.
  static StreamJob* Run(runtime::Loop& loop, Body body) {
    auto* job = new StreamJob(std::move(body));
    boost::asio::post(loop.context(), [job] {
      const absl::Status status =
          job->cancelled() ? base::MakeError(base::Reason::kCancelled)
                           : job->body_(*job);
      job->Finish(ToGrpcStatus(status));
    });
    return job;
  }

  // Sends one message and waits until it is on its way. False when the caller
  // has gone: the body should stop.
  bool Write(const Response& response) {
    absl::MutexLock lock(&mutex_);
    if (!open_) return false;
    writing_ = true;
    this->StartWrite(&response);
    auto written = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return !writing_;
    };
    mutex_.Await(absl::Condition(&written));
    return open_;
  }

  // The caller has gone or does not want to wait any longer.
  bool cancelled() const { return cancelled_; }

 private:
  explicit StreamJob(Body body) : body_(std::move(body)) {}

  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    writing_ = false;
    if (!ok) open_ = false;
  }
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  Body body_;
  std::atomic<bool> cancelled_{false};
  absl::Mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool open_ ABSL_GUARDED_BY(mutex_) = true;
};

}  // namespace jiedui::rpc
