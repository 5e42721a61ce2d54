// Runs partial rounds by itself, on the loop for long work.
#pragma once

#include <memory>

#include "absl/synchronization/mutex.h"
#include "common/runtime/loop.h"
#include "common/runtime/writer.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// Woken by the writer's feed. It keeps nothing: what waits is in the state, and
// a plan that is lost with the process is found again. It ends with the feed or
// the loop, whichever is first. Thread-safe.
class SearchWorker : public std::enable_shared_from_this<SearchWorker> {
 public:
  // All must outlive the loop's threads. While somebody else has `turn`, a
  // round by hand is under way: what that leaves is looked at after its commit.
  // REQUIRES: the writer has started.
  static void Start(runtime::Loop* jobs, runtime::Writer* writer,
                    const engine::Policy* policy, absl::Mutex* turn);

 private:
  SearchWorker(runtime::Loop* jobs, runtime::Writer* writer,
               const engine::Policy* policy, absl::Mutex* turn);

  void Wake();
  void Look();

  runtime::Loop* const jobs_;
  runtime::Writer* const writer_;
  const engine::Policy* const policy_;
  absl::Mutex* const turn_;
};

}  // namespace jiedui::matcher
