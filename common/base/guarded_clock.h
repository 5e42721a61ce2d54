// A clock that does not jump: what people are promised in hours must not end
// early because somebody, or NTP, set the machine's clock.
#pragma once

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace jiedui::base {

// Time that has passed since some moment before; never goes back, and runs on
// whatever happens to the wall clock. Thread-safe.
class Stopwatch {
 public:
  virtual ~Stopwatch() = default;
  virtual absl::Duration Elapsed() const = 0;

  // The machine's monotonic clock; lives for ever. It stands still while the
  // machine sleeps.
  static const Stopwatch& System();
};

// Reads the wall clock once, and from then on adds what has passed by the
// stopwatch, drawn towards the wall clock by at most 1/100 of the time passed.
// So it never goes back, follows the slow corrections of NTP, and spreads a
// jump of an hour over four days. Thread-safe.
class GuardedClock : public Clock {
 public:
  // Both must outlive it.
  GuardedClock(const Clock* wall, const Stopwatch* stopwatch);

  // The machine's, guarded from the first call on; lives for ever.
  static const GuardedClock& System();

  absl::Time Now() const override;

  // How far the wall clock is ahead of this one now.
  absl::Duration Drift() const;

 private:
  const Clock* const wall_;
  const Stopwatch* const stopwatch_;
  mutable absl::Mutex mutex_;
  mutable absl::Time now_ ABSL_GUARDED_BY(mutex_);
  mutable absl::Duration elapsed_ ABSL_GUARDED_BY(mutex_);
  mutable absl::Time last_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiedui::base
