// Numbers that look random and follow from a seed and a counter alone.
#pragma once

#include <cstdint>

namespace jiedui::matcher::engine::bundles {

// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
// generators, 2014), whose n-th number is a function of the seed and n.
class CounterRandom {
 public:
  explicit CounterRandom(uint64_t seed) : seed_(seed) {}

  uint64_t Next() {
    uint64_t z = seed_ + ++count_ * 0x9E3779B97F4A7C15ull;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }

  // In [0, n). REQUIRES: 0 < n < 2^32.
  uint32_t Below(uint32_t n) {
    return static_cast<uint32_t>((Next() >> 32) * n >> 32);
  }

 private:
  uint64_t seed_;
  uint64_t count_ = 0;
};

}  // namespace jiedui::matcher::engine::bundles
