// How long work tells how far it is, and how it is told to stop.
#pragma once

#include <cstdint>
#include <functional>

namespace jiedui::matcher::engine {

// Called now and then with what is done of how much; false stops the work,
// which then returns CANCELLED and leaves nothing behind. May be empty.
using Progress = std::function<bool(int64_t done, int64_t total)>;

// Counts the steps of work of known length and tells of them now and then.
class Steps {
 public:
  // Keeps a reference; `progress` must outlive it.
  Steps(const Progress& progress, int64_t total)
      : progress_(progress), total_(total) {}

  // One step done. False when the work is to stop.
  bool Next() { return ++done_ % kTellEvery != 0 || Tell(); }
  // Between steps: false when the work is to stop.
  bool Tell() const { return !progress_ || progress_(done_, total_); }

 private:
  static constexpr int64_t kTellEvery = 64;

  const Progress& progress_;
  int64_t total_;
  int64_t done_ = 0;
};

}  // namespace jiedui::matcher::engine
