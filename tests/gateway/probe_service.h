// The service of probe.proto.
#pragma once

#include <grpcpp/server_context.h>

#include <functional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "tests/gateway/probe.grpc.pb.h"

namespace jiedui::gateway {

// Thread-safe.
class ProbeServiceImpl : public probe::v1::ProbeService::CallbackService {
 public:
  // `cut` cuts the connection of the peer it is given ("ipv4:127.0.0.1:PORT"),
  // for plans that say `die`.
  explicit ProbeServiceImpl(std::function<void(const std::string& peer)> cut)
      : cut_(std::move(cut)) {}

  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                  const probe::v1::ProbeRequest* request,
                                  probe::v1::ProbeResponse* response) override;
  grpc::ServerWriteReactor<probe::v1::ProbeResponse>* Stream(
      grpc::CallbackServerContext* context,
      const probe::v1::ProbeRequest* request) override;

  // Calls under way.
  int active() const {
    absl::MutexLock lock(&mutex_);
    return active_;
  }
  // Waits until `count` calls are under way; false: not by `deadline`.
  bool WaitForActive(int count, absl::Duration patience);
  // Calls that ended because their client wanted no more.
  int cancelled() const {
    absl::MutexLock lock(&mutex_);
    return cancelled_;
  }

  // For the calls themselves.
  void Begin();
  void End(bool cancelled);
  void Cut(const std::string& peer) { cut_(peer); }

 private:
  const std::function<void(const std::string& peer)> cut_;
  mutable absl::Mutex mutex_;
  int active_ ABSL_GUARDED_BY(mutex_) = 0;
  int cancelled_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace jiedui::gateway
