// How long each of many things took.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace jiedui::bench {

using Clock = std::chrono::steady_clock;

inline double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Latencies {
 public:
  void Add(Clock::duration took) {
    nanos_.push_back(
        std::chrono::duration_cast<std::chrono::nanoseconds>(took).count());
  }
  size_t count() const { return nanos_.size(); }

  // `part` 0.5 is the median. Microseconds; 0 when there are none.
  double Micros(double part) {
    if (nanos_.empty()) return 0;
    const auto nth =
        nanos_.begin() + static_cast<int64_t>(part * (nanos_.size() - 1));
    std::nth_element(nanos_.begin(), nth, nanos_.end());
    return *nth / 1e3;
  }

 private:
  std::vector<int64_t> nanos_;
};

}  // namespace jiedui::bench
