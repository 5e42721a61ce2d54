#include "services/matcher/engine/flow/guide.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kApart = 16;  // times what one edge's lower levels differ

// Rounds to the nearest.
int64_t DivideNearest(int64_t value, int64_t by) {
  const int64_t half = by / 2;
  return value >= 0 ? (value + half) / by : -((half - value) / by);
}

}  // namespace

Guide<PlainCosts>::Guide(const Network<PlainCosts>& network) {
  int64_t least = INT64_MAX;
  int64_t most = INT64_MIN;
  for (int32_t row = 0; row < network.rows(); ++row) {
    const auto edges = network.edges(row);
    if (edges.empty()) continue;
    least = std::min<int64_t>(least, edges.front().cost);
    most = std::max<int64_t>(most, edges.back().cost);
  }
  if (most > least) spread_ = most - least;
}

Guide<LevelCosts>::Guide(const Network<LevelCosts>& network) {
  int64_t least = INT64_MAX;
  int64_t most = 0;
  int64_t tiers = 0;
  for (int32_t row = 0; row < network.rows(); ++row) {
    for (const LevelEdge& edge : network.edges(row)) {
      least = std::min<int64_t>(least, edge.quality);
      most = std::max<int64_t>(most, edge.quality);
      tiers = std::max<int64_t>(tiers, edge.tier_distance);
    }
  }
  if (most > least) spread_ = most - least;
  units_[kTier] = kApart * std::max(spread_, most);
  units_[kTier - 1] = kApart / 4 * (tiers + 1) * units_[kTier];
  for (int i = kTier - 2; i >= 0; --i) units_[i] = kApart / 4 * units_[i + 1];
}

int64_t Guide<LevelCosts>::Of(__int128 key) const {
  const Objective cost = LevelCosts::CostOf(key);
  int64_t guide = cost.mandatory_unmet * units_[0] +
                  cost.tier_distance * units_[kTier] + cost.loss;
  for (int i = 0; i < kUrgencyClasses; ++i) {
    guide += cost.unmet[i] * units_[1 + i];
  }
  return guide;
}

__int128 Guide<LevelCosts>::KeyOf(int64_t guide) const {
  std::array<int64_t, 2 + kUrgencyClasses> digits;
  for (int i = 0; i <= kTier; ++i) {
    digits[i] = DivideNearest(guide, units_[i]);
    guide -= digits[i] * units_[i];
  }
  Objective cost;
  cost.mandatory_unmet = static_cast<int32_t>(digits[0]);
  for (int i = 0; i < kUrgencyClasses; ++i) {
    cost.unmet[i] = static_cast<int32_t>(digits[1 + i]);
  }
  cost.tier_distance = static_cast<int32_t>(digits[kTier]);
  cost.loss = guide;
  return LevelCosts::KeyOf(cost);
}

}  // namespace jiedui::matcher::engine
