#include "common/base/guarded_clock.h"

#include <algorithm>
#include <chrono>

namespace jiedui::base {
namespace {

constexpr int kSlew = 100;  // of the time passed, one part

class SystemStopwatch : public Stopwatch {
 public:
  absl::Duration Elapsed() const override {
    return absl::FromChrono(std::chrono::steady_clock::now() - start_);
  }

 private:
  const std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
};

}  // namespace

const Stopwatch& Stopwatch::System() {
  static const SystemStopwatch* const stopwatch = new SystemStopwatch;
  return *stopwatch;
}

GuardedClock::GuardedClock(const Clock* wall, const Stopwatch* stopwatch)
    : wall_(wall),
      stopwatch_(stopwatch),
      now_(wall->Now()),
      elapsed_(stopwatch->Elapsed()),
      last_(now_) {}

const GuardedClock& GuardedClock::System() {
  static const auto* const clock =
      new GuardedClock(&Clock::System(), &Stopwatch::System());
  return *clock;
}

absl::Time GuardedClock::Now() const {
  absl::MutexLock lock(&mutex_);
  const absl::Duration elapsed = stopwatch_->Elapsed();
  const absl::Duration passed = elapsed - elapsed_;
  // Rounded down to nothing, slewing by it would be for nothing.
  if (passed >= absl::Milliseconds(1)) {
    const absl::Duration most = passed / kSlew;
    const absl::Duration drift = wall_->Now() - (now_ + passed);
    now_ += passed + std::clamp(drift, -most, most);
    elapsed_ = elapsed;
  }
  last_ = std::max(last_, now_ + (elapsed - elapsed_));
  return last_;
}

absl::Duration GuardedClock::Drift() const { return wall_->Now() - Now(); }

}  // namespace jiedui::base
