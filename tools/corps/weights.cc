#include "tools/corps/weights.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace jiedui::corps {

Weights::Weights(std::span<const uint64_t> weights) {
  ends_.reserve(weights.size());
  uint64_t sum = 0;
  for (const uint64_t weight : weights) ends_.push_back(sum += weight);
}

size_t Weights::Pick(Random& random) const {
  const uint64_t at = random.Below(ends_.back());
  return static_cast<size_t>(std::upper_bound(ends_.begin(), ends_.end(), at) -
                             ends_.begin());
}

uint64_t ZipfWeight(size_t rank, uint64_t head) {
  constexpr uint64_t kScale = 1'000'000'000;
  return kScale / (rank + head);
}

Weights Zipf(size_t size, uint64_t head) {
  std::vector<uint64_t> weights(size);
  for (size_t rank = 0; rank < size; ++rank) {
    weights[rank] = ZipfWeight(rank, head);
  }
  return Weights(weights);
}

std::vector<uint32_t> Shuffled(size_t size, Random& random) {
  std::vector<uint32_t> order(size);
  std::iota(order.begin(), order.end(), 0);
  for (size_t left = size; left > 1; --left) {
    std::swap(order[left - 1], order[random.Below(left)]);
  }
  return order;
}

std::vector<uint64_t> Deal(uint64_t total, std::span<const uint64_t> weights) {
  __extension__ using Wide = unsigned __int128;
  Wide sum = 0;
  for (const uint64_t weight : weights) sum += weight;
  std::vector<uint64_t> starts = {0};
  starts.reserve(weights.size() + 1);
  Wide before = 0;
  for (const uint64_t weight : weights) {
    before += weight;
    starts.push_back(
        sum == 0 ? 0 : static_cast<uint64_t>(Wide{total} * before / sum));
  }
  return starts;
}

size_t ShareOf(std::span<const uint64_t> starts, uint64_t thing) {
  return static_cast<size_t>(
             std::upper_bound(starts.begin(), starts.end(), thing) -
             starts.begin()) -
         1;
}

}  // namespace jiedui::corps
