// What the assignment may minimise: plain integers, or the tuples of
// objective.h. A model names what callers see (Cost, Edge) and the integer the
// solver computes with (Key), which is ordered and adds up as the costs do.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "services/matcher/engine/objective.h"

namespace jiedui::matcher::engine {

// So many rows at most, which keeps every path's cost within a Key.
inline constexpr int64_t kMaxFlowRows = 1 << 20;

// One feasible pair, 8 bytes: a round holds tens of millions of them.
struct PlainEdge {
  int32_t resource = 0;
  int32_t cost = 0;

  friend bool operator==(const PlainEdge&, const PlainEdge&) = default;
};

struct LevelEdge {
  int32_t resource = 0;
  uint32_t tier_distance : 6 = 0;
  uint32_t quality : 26 = 0;  // micro-points

  friend bool operator==(const LevelEdge&, const LevelEdge&) = default;
};

// Ranges: an edge's cost ±2^26; the outside option ±2^40; a slot's marginal
// cost 0 … 2^40.
struct PlainCosts {
  using Cost = int64_t;
  using Edge = PlainEdge;
  using Key = int64_t;

  // Larger than any path's cost, small enough to be added to one.
  static constexpr Key kInfinite = int64_t{1} << 61;

  static Key KeyOf(Edge edge) { return edge.cost; }
  static Key KeyOf(Cost cost) { return cost; }
  static Cost CostOf(Key key) { return key; }
  // Sorts as the cost does.
  static uint32_t Rank(Edge edge) {
    return static_cast<uint32_t>(edge.cost) ^ 0x80000000u;
  }
  static Edge FromRank(uint32_t rank, int32_t resource) {
    return {resource, static_cast<int32_t>(rank ^ 0x80000000u)};
  }

  static absl::Status CheckEdge(int64_t row, Edge edge);
  static absl::Status CheckCost(const std::string& field, Cost cost,
                                bool negative_too);

  // A sum of many keys; only what it is in the end must fit a Cost.
  class Sum {
   public:
    void Add(Key key) { sum_ += key; }
    void Subtract(Key key, int64_t times) { sum_ -= __int128{key} * times; }
    Cost Total() const { return static_cast<Cost>(sum_); }

   private:
    __int128 sum_ = 0;
  };
};

// Ranges: of outside options and slots, mandatory_unmet and each of unmet
// 0 … 3, tier_distance 0 … 63, loss ±2^26 (of a slot 0 … 2^26).
//
// A key is the tuple written with a digit of its own for each level: loss has
// 64 bits, tier_distance 29, each of unmet 7, mandatory_unmet 7. A path visits
// a row at most once and ends in at most two options or slots, so that with
// kMaxFlowRows no level's digit of a path's cost leaves its place (|loss| <
// 2^48, |tier_distance| < 2^28, |unmet| < 2^6): keys compare as tuples do.
struct LevelCosts {
  using Cost = Objective;
  using Edge = LevelEdge;
  using Key = __int128;

  static constexpr Key kInfinite = Key{1} << 125;

  static Key KeyOf(Edge edge) {
    return (Key{edge.tier_distance} << 64) - Key{edge.quality};
  }
  static Key KeyOf(const Cost& cost);
  static Cost CostOf(Key key);
  static uint32_t Rank(Edge edge) {
    return (edge.tier_distance << 26) | (kMaxQuality - edge.quality);
  }
  static Edge FromRank(uint32_t rank, int32_t resource) {
    Edge edge;
    edge.resource = resource;
    edge.tier_distance = rank >> 26;
    edge.quality = kMaxQuality - (rank & kMaxQuality);
    return edge;
  }

  static absl::Status CheckEdge(int64_t row, Edge edge);
  static absl::Status CheckCost(const std::string& field, const Cost& cost,
                                bool negative_too);

  // Level by level, in 64 bits each.
  class Sum {
   public:
    void Add(Key key) { Subtract(key, -1); }
    void Subtract(Key key, int64_t times);
    Cost Total() const;

   private:
    static constexpr int kLevels = 3 + kUrgencyClasses;
    int64_t levels_[kLevels] = {};
  };

 private:
  static constexpr uint32_t kMaxQuality = (1u << 26) - 1;
};

}  // namespace jiedui::matcher::engine
