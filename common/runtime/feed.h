// Who waits for new commits. A subscriber keeps only a cursor; the feed tells
// it once that there is something past it, and it reads the journal by itself:
// a slow one delays nobody.
#pragma once

#include <cstdint>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/synchronization/mutex.h"

namespace jiedui::runtime {

// Thread-safe.
class Feed {
 public:
  using Wake = absl::AnyInvocable<void()>;

  // Calls `wake` once as soon as the head is past `after` or the feed closed:
  // at once, on this thread, when it is already; else on the thread that
  // publishes, under the feed's lock, so it must be quick and call nothing
  // here. Returns a ticket for Cancel; 0 when `wake` has been called.
  uint64_t NotifyPast(uint64_t after, Wake wake);

  // After it returns, `wake` is neither running nor called any more.
  void Cancel(uint64_t ticket);

  // The head has moved.
  void Publish(uint64_t head);

  // No use to wait any longer: wakes all, and from now on everybody at once.
  void Close();
  bool closed() const;

 private:
  struct Waiter {
    uint64_t after;
    Wake wake;
  };

  void WakeAllBehind(uint64_t head) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t head_ ABSL_GUARDED_BY(mutex_) = 0;
  uint64_t last_ticket_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<uint64_t, Waiter> waiters_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiedui::runtime
