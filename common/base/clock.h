// Time as a parameter: nothing above this folder reads a clock by itself.
#pragma once

#include <algorithm>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace jiedui::base {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;

  // The machine's clock; lives for ever.
  static const Clock& System();
};

// A clock that stands still until told otherwise. Thread-safe.
class ManualClock : public Clock {
 public:
  explicit ManualClock(absl::Time start) : now_(start) {}

  absl::Time Now() const override {
    absl::MutexLock lock(&mutex_);
    return now_;
  }
  void Advance(absl::Duration by) {
    absl::MutexLock lock(&mutex_);
    now_ += by;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
};

// Another clock, ahead of it by as much as it takes not to be before a given
// time. Reading is thread-safe.
class AheadClock : public Clock {
 public:
  // `clock` must outlive it.
  explicit AheadClock(const Clock* clock) : clock_(clock) {}

  absl::Time Now() const override { return clock_->Now() + ahead_; }

  // Goes on from `time` when the clock is not there yet. REQUIRES: called
  // before other threads read it.
  void NotBefore(absl::Time time) {
    ahead_ = std::max(ahead_, time - clock_->Now());
  }

 private:
  const Clock* const clock_;
  absl::Duration ahead_;
};

// Days are counted in China's one civil time, UTC+8 the year round.
absl::CivilDay ChinaDay(absl::Time time);
absl::Time StartOfChinaDay(absl::CivilDay day);

}  // namespace jiedui::base
