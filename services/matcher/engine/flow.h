// Exact assignment of demands to capacity-bound resources, with an outside
// option, minimising an Objective tuple: sparse successive shortest paths with
// prices (Dijkstra on reduced costs). The prices prove the optimum.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/objective.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// One feasible pair, 8 bytes: a round holds tens of millions of them.
struct Edge {
  int32_t resource = 0;
  uint32_t tier_distance : 6 = 0;
  uint32_t quality : 26 = 0;  // micro-points, at most 2^26 − 1
};

inline Objective CostOf(const Edge& edge) {
  Objective cost;
  cost.tier_distance = static_cast<int32_t>(edge.tier_distance);
  cost.loss = -static_cast<int64_t>(edge.quality);
  return cost;
}

// Built demand by demand: AddDemand, then its edges.
class FlowProblem {
 public:
  // A resource without capacity may have edges; they are never used.
  // REQUIRES: capacities ≥ 0.
  explicit FlowProblem(std::vector<int32_t> capacity)
      : capacity_(std::move(capacity)) {}

  // `outside` is the cost of leaving the demand without a resource. `edges`
  // are of distinct resources; their order does not matter.
  void AddDemand(const Objective& outside, std::vector<Edge> edges);

  int32_t demands() const { return static_cast<int32_t>(outside_.size()); }
  int32_t resources() const { return static_cast<int32_t>(capacity_.size()); }
  int64_t edge_count() const { return static_cast<int64_t>(edges_.size()); }

  const Objective& outside(int32_t demand) const { return outside_[demand]; }
  int32_t capacity(int32_t resource) const { return capacity_[resource]; }
  // Edges of a demand lie in [EdgesBegin, EdgesEnd), by cost, then resource.
  int64_t EdgesBegin(int32_t demand) const { return first_[demand]; }
  int64_t EdgesEnd(int32_t demand) const { return first_[demand + 1]; }
  const Edge& edge(int64_t index) const { return edges_[index]; }

 private:
  std::vector<int32_t> capacity_;
  std::vector<Objective> outside_;
  std::vector<int64_t> first_ = {0};
  std::vector<Edge> edges_;
};

inline constexpr int32_t kOutside = -1;

struct FlowResult {
  std::vector<int32_t> resource;  // by demand; kOutside when left without
  std::vector<Objective> price;   // by resource; ≥ 0, and 0 unless it is full
  Objective value;                // of the assignment
  Objective bound;  // dual value of the prices; equals value, or it is a bug
};

// Deterministic: the same problem gives the same result; among equal optima
// the order of demands and resources decides, so callers sort both by id.
// CANCELLED when `progress` says so (demands done, demands in all).
absl::StatusOr<FlowResult> SolveFlow(const FlowProblem& problem,
                                     const Progress& progress);

}  // namespace jiedui::matcher::engine
