// Time in a simulation: what has really passed, and what the machine's clock
// says of it.
#pragma once

#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/base/guarded_clock.h"

namespace jiedui::simulation {

// Stands still until told otherwise. One thread only.
class VirtualTime : public base::Clock, public base::Stopwatch {
 public:
  explicit VirtualTime(absl::Time start) : start_(start) {}

  // The wall clock, right or wrong.
  absl::Time Now() const override { return True() + offset_; }
  absl::Duration Elapsed() const override { return passed_; }
  absl::Time True() const { return start_ + passed_; }

  void Advance(absl::Duration by) { passed_ += by; }

  // Somebody sets the wall clock; nothing has passed.
  void Jump(absl::Duration by) {
    went_back_ = went_back_ || by < absl::ZeroDuration();
    offset_ += by;
  }
  void SetRight() { Jump(-offset_); }
  // Whether it was ever set back.
  bool went_back() const { return went_back_; }

 private:
  const absl::Time start_;
  absl::Duration passed_;
  absl::Duration offset_;
  bool went_back_ = false;
};

}  // namespace jiedui::simulation
