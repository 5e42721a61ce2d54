// Costs in 64 bits for the auction to work with. It only has to come near the
// optimum, so that a level may here be worth a finite number of units of the
// next; what is exact uses keys.
#pragma once

#include <array>
#include <cstdint>

#include "services/matcher/engine/flow/costs.h"
#include "services/matcher/engine/flow/network.h"

namespace jiedui::matcher::engine {

template <typename Model>
class Guide;

template <>
class Guide<PlainCosts> {
 public:
  explicit Guide(const Network<PlainCosts>& network);

  int64_t Of(PlainEdge edge) const { return edge.cost; }
  int64_t Of(int64_t key) const { return key; }
  int64_t KeyOf(int64_t guide) const { return guide; }
  // How far the finest level's costs of edges lie apart.
  int64_t spread() const { return spread_; }

 private:
  int64_t spread_ = 1;
};

// Every level is worth some times what the levels below it can differ by in
// one edge, so that few prices, which are sums of several, are misread.
template <>
class Guide<LevelCosts> {
 public:
  explicit Guide(const Network<LevelCosts>& network);

  int64_t Of(LevelEdge edge) const {
    return edge.tier_distance * units_[kTier] - edge.quality;
  }
  int64_t Of(__int128 key) const;
  // Digit by digit, each the nearest.
  __int128 KeyOf(int64_t guide) const;
  int64_t spread() const { return spread_; }

 private:
  static constexpr int kTier = 1 + kUrgencyClasses;

  // In the order of importance: mandatory, by urgency, tier distance.
  std::array<int64_t, 2 + kUrgencyClasses> units_;
  int64_t spread_ = 1;
};

}  // namespace jiedui::matcher::engine
