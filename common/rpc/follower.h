// Follows another service's events: list from the cursor, then tail, each
// commit that has events for others taken in together with its cursor in one
// commit of our own.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/runtime/consumer.h"
#include "common/runtime/writer.h"
#include "jiedui/event/v1/event.grpc.pb.h"

namespace jiedui::rpc {

// Reconnects for ever, waiting .05 s to 2 s between attempts. Thread-safe.
class Follower {
 public:
  using React = runtime::Consumer::React;

  // `source` is followed over `channel` for `writer`, which must outlive it.
  Follower(std::shared_ptr<grpc::Channel> channel, std::string source,
           runtime::Writer* writer, React react);
  ~Follower();  // as Stop()

  // Takes in nothing more, ends every CatchUp with kUnreachable, and waits
  // until no call of the follower's is under way: gRPC 1.51 crashes on a call
  // that begins on an in-process channel while its server goes. Not to be
  // called from two threads at once.
  void Stop();

  // Waits until everything the source had committed when this was called has
  // been taken in. Errors: kUnreachable when the source does not answer or it
  // takes past `deadline`.
  absl::Status CatchUp(absl::Time deadline);

  const std::string& source() const { return consumer_.source(); }

 private:
  void Run();
  void FollowOnce();
  absl::Status TakeIn(const std::vector<event::v1::Event>& commit);
  uint64_t TakenIn();
  bool Stopped();
  // Around each call to the source. False: there must not be one any more.
  bool Begin(grpc::ClientContext& call);
  void End(grpc::ClientContext& call);

  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<event::v1::EventLogService::Stub> stub_;

  runtime::Consumer consumer_;  // the thread's; its source never changes

  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t taken_in_ ABSL_GUARDED_BY(mutex_) = 0;
  std::set<grpc::ClientContext*> calls_ ABSL_GUARDED_BY(mutex_);  // under way
  std::thread thread_;
};

}  // namespace jiedui::rpc
