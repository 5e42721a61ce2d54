// What is assigned to what, and the prices: the state that searches change.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "services/matcher/engine/flow/costs.h"
#include "services/matcher/engine/flow/growing_lists.h"

namespace jiedui::matcher::engine {

inline constexpr int32_t kNone = -1;

enum class RowState : uint8_t { kWaiting, kIn, kOut };

// Between operations, for rows that are in (complementary slackness):
//   paid = min(outside, cost + price over the edges), attained by where the
//   row is assigned; of each resource, the marginal cost of the last unit used
//   ≤ price ≤ that of the next unit, which is infinite when it is full.
// A resource without capacity has an infinite price, and a row that is not in
// pays −infinity: searches need not ask about either.
template <typename Model>
class Network {
 public:
  using Key = typename Model::Key;
  using Edge = typename Model::Edge;

  struct Row {
    Key outside;
    Key paid = -Model::kInfinite;
    int32_t resource = kNone;
    int32_t next = kNone;  // of those assigned to the same resource
    int32_t previous = kNone;
    RowState state = RowState::kWaiting;
  };
  struct Resource {
    int32_t capacity;
    int32_t load = 0;
    int32_t first = kNone;  // row assigned to it
  };

  // REQUIRES of all: arguments are valid.
  void AddResource(int32_t capacity, std::vector<Key> marginal);
  void AddRow(Key outside, absl::Span<const Edge> edges);
  void Reserve(int64_t rows, int64_t edges);
  void ReplaceEdges(int32_t row, absl::Span<const Edge> edges);
  void AppendEdges(int32_t row, absl::Span<const Edge> edges);

  int32_t rows() const { return static_cast<int32_t>(rows_.size()); }
  int32_t resources() const { return static_cast<int32_t>(resources_.size()); }
  int64_t edge_count() const { return edge_count_; }
  Row& row(int32_t row) { return rows_[row]; }
  const Row& row(int32_t row) const { return rows_[row]; }
  Resource& resource(int32_t resource) { return resources_[resource]; }
  const Resource& resource(int32_t resource) const {
    return resources_[resource];
  }
  Key& price(int32_t resource) { return prices_[resource]; }
  const Key& price(int32_t resource) const { return prices_[resource]; }

  // By cost, then resource.
  absl::Span<const Edge> edges(int32_t row) const { return edges_[row]; }
  // The edges into a resource, with the row in place of the resource, in no
  // particular order. The first call takes O(edges); later ones are kept up.
  absl::Span<const Edge> EdgesInto(int32_t resource);

  bool HasMarginalCosts() const { return !marginal_.empty(); }
  // Of the unit-th unit of load, from 1. REQUIRES: unit ≥ 1.
  Key Marginal(int32_t resource, int32_t unit) const {
    if (marginal_.empty() || marginal_[resource].empty()) return 0;
    const std::vector<Key>& costs = marginal_[resource];
    return costs[std::min<size_t>(unit, costs.size()) - 1];
  }
  bool HasRoom(int32_t resource) const {
    return resources_[resource].load < resources_[resource].capacity;
  }
  // What one more unit costs: infinite when there is no room.
  Key NextUnit(int32_t resource) const {
    return HasRoom(resource) ? Marginal(resource, resources_[resource].load + 1)
                             : Model::kInfinite;
  }
  // What the last unit in use cost, or would cost were there one.
  Key LastUnit(int32_t resource) const {
    return Marginal(resource, std::max(resources_[resource].load, 1));
  }

  // The least of outside option and cost + price over the edges.
  Key Cheapest(int32_t row) const;

  // Enters and leaves a resource's list; paid and prices stay as they are.
  void Assign(int32_t row, int32_t resource);
  void Release(int32_t row);

  // Forgets assignment and prices: rows that are in are waiting again.
  void Reset();

 private:
  void SortByCost(absl::Span<const Edge> edges);  // into sorted_
  void BuildEdgesInto();
  void AppendInto(int32_t row, absl::Span<const Edge> edges);

  std::vector<Row> rows_;
  std::vector<Resource> resources_;
  std::vector<Key> prices_;                 // by resource
  std::vector<std::vector<Key>> marginal_;  // by resource; empty: none has any
  GrowingLists<Edge> edges_;                // by row
  int64_t edge_count_ = 0;

  bool into_built_ = false;
  GrowingLists<Edge> into_;  // by resource

  std::vector<uint64_t> ranks_;  // reused by SortByCost
  std::vector<Edge> sorted_;
};

// The assignment's cost and the prices' bound.
template <typename Model>
typename Model::Cost PrimalValue(const Network<Model>& network);
template <typename Model>
typename Model::Cost DualValue(const Network<Model>& network);

// INTERNAL naming the first culprit against what Network states.
template <typename Model>
absl::Status CheckSlackness(const Network<Model>& network);

}  // namespace jiedui::matcher::engine
