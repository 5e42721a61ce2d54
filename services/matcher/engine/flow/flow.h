// Exact assignment of rows to capacity-bound resources at least cost, each row
// with an outside option: all at once, or kept optimal while rows, edges and
// capacities come, change and go. Prices prove the optimum.
//
// The method is successive shortest paths with prices (Dijkstra on reduced
// costs); where a bulk solve is contested, an ε-scaling auction goes before it
// (Bertsekas, "Auction algorithms for network flow problems", 1992).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/matcher/engine/flow/costs.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

template <typename Model>
class Network;
template <typename Model>
class Search;

// Rows and resources are numbered from 0 in the order they are added. A row is
// WAITING when added; Solve and Insert bring it IN; Remove puts it OUT, where
// only Insert brings it in again. At any time the rows that are IN are assigned
// optimally. Only these rows have a dual, count in Value and Bound, and use
// capacity.
//
// Deterministic: the same calls give the same results, on every machine; among
// equal optima the order of rows and resources decides, so callers add both
// sorted by id. Errors of malformed input are VALUE_OUT_OF_RANGE, name the row
// and the resource, and leave all as it was. Not thread-safe; nothing throws.
//
// Model is PlainCosts or LevelCosts (costs.h states the ranges).
template <typename Model>
class Flow {
 public:
  using Cost = typename Model::Cost;
  using Edge = typename Model::Edge;

  // What Assigned says of a row that is left without a resource.
  static constexpr int32_t kOutside = -1;

  Flow();
  Flow(Flow&&) noexcept;
  Flow& operator=(Flow&&) noexcept;
  ~Flow();

  // Only saves time: makes room for so many rows and edges.
  void Reserve(int64_t rows, int64_t edges);

  // ----- Building. Each returns the number of what it added.

  // `marginal` may be empty: units cost nothing. Otherwise the n-th unit of
  // load costs marginal[n − 1], and beyond its end the last of them; it must
  // not fall. Capacity 0 is allowed: nothing is assigned to it, yet.
  absl::StatusOr<int32_t> AddResource(int32_t capacity,
                                      absl::Span<const Cost> marginal = {});

  // `outside` is the cost of leaving the row without a resource. `edges` may
  // be in any order; of two to one resource the cheaper counts.
  absl::StatusOr<int32_t> AddRow(const Cost& outside,
                                 absl::Span<const Edge> edges);

  // ----- Solving

  // Brings in all waiting rows. CANCELLED when `progress` says so (rows done,
  // rows in all): then all rows that are in, old ones too, are WAITING again.
  absl::Status Solve(const Progress& progress = nullptr);

  // Before a life of changes; optional. Builds what they need and would build
  // when first needed, and raises prices to what one unit less would cost,
  // which shortens insertions where little is free. O(edges).
  void PrepareForChanges();

  // Brings in a row that is waiting or out; nothing when it is in. Dijkstra
  // over what the row contends for: microseconds when plentiful.
  void Insert(int32_t row);

  // Puts a row out; its place goes to whom it is worth most.
  void Remove(int32_t row);

  // Replaces a row's outside option and edges, re-inserting it if it is in.
  absl::Status ReplaceRow(int32_t row, const Cost& outside,
                          absl::Span<const Edge> edges);

  // Adds edges to a row, repairing its assignment if it is in. With a list cut
  // off at its cheapest edges, the optimum is that of the whole list if no edge
  // left out costs less than Paid(row), prices being ≥ 0.
  absl::Status ExtendRow(int32_t row, absl::Span<const Edge> edges);

  // Rows that lose their place are re-inserted; freed or new places go to whom
  // they are worth most.
  absl::Status SetCapacity(int32_t resource, int32_t capacity);

  // ----- Reading

  int32_t rows() const;
  int32_t resources() const;
  int64_t edge_count() const;  // of all rows

  bool IsIn(int32_t row) const;
  // By cost, then resource. Valid until an edge or row is added or replaced.
  absl::Span<const Edge> Edges(int32_t row) const;
  Cost Outside(int32_t row) const;

  // The resource, or kOutside: also for rows that are not in.
  int32_t Assigned(int32_t row) const;
  // The row's dual: the least of its outside option and cost + price over its
  // edges, which its assignment attains. REQUIRES: IsIn(row).
  Cost Paid(int32_t row) const;
  // The resource's dual: at least what one unit more of it would save, at most
  // what one unit less would cost (with PrepareForChanges, just that, until
  // something changes). ≥ 0, and without marginal costs 0 unless it is full.
  // REQUIRES: capacity > 0.
  Cost Price(int32_t resource) const;
  int32_t Load(int32_t resource) const;
  int32_t Capacity(int32_t resource) const;

  // The assignment's cost, and the prices' lower bound for any assignment:
  // equal, or it is a bug. Each O(edges).
  Cost Value() const;
  Cost Bound() const;
  // Loads, tightness and complementary slackness, from the edges anew: INTERNAL
  // naming the first culprit. O(edges).
  absl::Status Check() const;

 private:
  std::unique_ptr<Network<Model>> network_;
  std::unique_ptr<Search<Model>> search_;
};

extern template class Flow<PlainCosts>;
extern template class Flow<LevelCosts>;

}  // namespace jiedui::matcher::engine
