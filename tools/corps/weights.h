// Shares by weight, in whole numbers. Everything here is thread-safe once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "tools/corps/random.h"

namespace jiedui::corps {

// A choice among things of different weight.
class Weights {
 public:
  Weights() = default;
  explicit Weights(std::span<const uint64_t> weights);
  Weights(std::initializer_list<uint64_t> weights)
      : Weights(std::span(weights.begin(), weights.size())) {}

  size_t size() const { return ends_.size(); }
  // REQUIRES: some weight is not 0.
  size_t Pick(Random& random) const;

 private:
  std::vector<uint64_t> ends_;  // Running sums.
};

// The weight of rank 0, 1, 2, … in Zipf's law as Mandelbrot has it: in
// proportion to 1 / (rank + head). The larger `head`, the flatter the top.
uint64_t ZipfWeight(size_t rank, uint64_t head);
Weights Zipf(size_t size, uint64_t head);

// A random order of 0 … size-1.
std::vector<uint32_t> Shuffled(size_t size, Random& random);

// Deals `total` things out by weight. Share i is [result[i], result[i+1]), and
// never more than its exact share rounded up; result.back() is `total`, or 0
// when every weight is 0.
std::vector<uint64_t> Deal(uint64_t total, std::span<const uint64_t> weights);

// The share of Deal() that holds `thing`. REQUIRES: thing < starts.back().
size_t ShareOf(std::span<const uint64_t> starts, uint64_t thing);

}  // namespace jiedui::corps
