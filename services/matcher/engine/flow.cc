#include "services/matcher/engine/flow.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int32_t kNone = -1;
constexpr int64_t kProgressEvery = 256;  // demands

// Keeps the invariant of successive shortest paths after every inserted
// demand: prices and assignment satisfy complementary slackness for the
// demands inserted so far.
class Solver {
 public:
  explicit Solver(const FlowProblem& problem)
      : problem_(problem),
        assigned_(problem.demands(), kNoEdge),
        next_(problem.demands(), kNone),
        previous_(problem.demands(), kNone),
        head_(problem.resources(), kNone),
        load_(problem.resources(), 0),
        price_(problem.resources()),
        distance_(problem.resources()),
        stamp_(problem.resources(), 0),
        settled_(problem.resources(), 0),
        parent_demand_(problem.resources(), kNone),
        parent_edge_(problem.resources(), kNoEdge) {}

  // Assigns `root` along a cheapest augmenting path, which ends at a resource
  // with room or at a demand for which staying outside is now cheapest.
  void Insert(int32_t root) {
    ++epoch_;
    heap_.clear();
    tree_.clear();
    best_ = problem_.outside(root);
    end_resource_ = kNone;
    end_demand_ = root;
    Relax(root, Objective(), Objective());
    Search();
    for (int32_t resource : tree_) {
      if (distance_[resource] < best_) {
        price_[resource] += best_ - distance_[resource];
      }
    }
    Augment(root);
  }

  FlowResult Finish() {
    FlowResult result;
    for (int32_t demand = 0; demand < problem_.demands(); ++demand) {
      const int64_t edge = assigned_[demand];
      result.resource.push_back(edge == kNoEdge ? kOutside
                                                : problem_.edge(edge).resource);
      result.value += edge == kNoEdge ? problem_.outside(demand)
                                      : CostOf(problem_.edge(edge));
      result.bound += Cheapest(demand);
    }
    for (int32_t resource = 0; resource < problem_.resources(); ++resource) {
      result.bound -= problem_.capacity(resource) * price_[resource];
    }
    result.price = std::move(price_);
    return result;
  }

 private:
  static constexpr int64_t kNoEdge = -1;

  struct Entry {
    Objective distance;
    int32_t resource;
    friend bool operator<(const Entry& a, const Entry& b) {  // min-heap
      if (auto order = b.distance <=> a.distance; order != 0) return order < 0;
      return b.resource < a.resource;
    }
  };

  // What the demand pays now: its dual value.
  Objective Paid(int32_t demand) const {
    const Edge& edge = problem_.edge(assigned_[demand]);
    return CostOf(edge) + price_[edge.resource];
  }

  Objective Cheapest(int32_t demand) const {
    Objective cheapest = problem_.outside(demand);
    for (int64_t i = problem_.EdgesBegin(demand),
                 end = problem_.EdgesEnd(demand);
         i < end; ++i) {
      const Edge& edge = problem_.edge(i);
      const Objective cost = CostOf(edge);
      if (cost >= cheapest) break;  // sorted by cost, prices are ≥ 0
      if (problem_.capacity(edge.resource) == 0) continue;
      cheapest = std::min(cheapest, cost + price_[edge.resource]);
    }
    return cheapest;
  }

  // Looks along the demand's edges from distance `base`; `paid` is its dual.
  void Relax(int32_t demand, const Objective& base, const Objective& paid) {
    const Objective offset = base - paid;
    for (int64_t i = problem_.EdgesBegin(demand),
                 end = problem_.EdgesEnd(demand);
         i < end; ++i) {
      const Edge& edge = problem_.edge(i);
      const Objective unpriced = offset + CostOf(edge);
      if (unpriced >= best_) break;  // sorted by cost, prices are ≥ 0
      const int32_t resource = edge.resource;
      if (problem_.capacity(resource) == 0) continue;
      const Objective distance = unpriced + price_[resource];
      if (distance >= best_) continue;
      if (stamp_[resource] == epoch_ && distance >= distance_[resource]) {
        continue;
      }
      stamp_[resource] = epoch_;
      settled_[resource] = 0;
      distance_[resource] = distance;
      parent_demand_[resource] = demand;
      parent_edge_[resource] = i;
      if (load_[resource] < problem_.capacity(resource)) {
        best_ = distance;
        end_resource_ = resource;
        continue;
      }
      heap_.push_back({distance, resource});
      std::push_heap(heap_.begin(), heap_.end());
    }
  }

  // Dijkstra over full resources, by way of those they are assigned to.
  void Search() {
    while (!heap_.empty() && heap_.front().distance < best_) {
      const Entry top = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end());
      heap_.pop_back();
      if (settled_[top.resource] || top.distance != distance_[top.resource]) {
        continue;
      }
      settled_[top.resource] = 1;
      tree_.push_back(top.resource);
      for (int32_t demand = head_[top.resource]; demand != kNone;
           demand = next_[demand]) {
        const Objective paid = Paid(demand);
        const Objective leaving =
            top.distance + problem_.outside(demand) - paid;
        if (leaving < best_) {
          best_ = leaving;
          end_resource_ = kNone;
          end_demand_ = demand;
        }
        Relax(demand, top.distance, paid);
      }
    }
  }

  void Augment(int32_t root) {
    int32_t resource = end_resource_;
    if (resource == kNone) {
      if (end_demand_ == root) return;  // the root itself stays outside
      resource = problem_.edge(assigned_[end_demand_]).resource;
      Release(end_demand_);
    }
    while (true) {
      const int32_t demand = parent_demand_[resource];
      const int64_t edge = parent_edge_[resource];
      if (demand == root) {
        Assign(demand, edge);
        return;
      }
      const int32_t left = problem_.edge(assigned_[demand]).resource;
      Release(demand);
      Assign(demand, edge);
      resource = left;
    }
  }

  void Assign(int32_t demand, int64_t edge) {
    const int32_t resource = problem_.edge(edge).resource;
    assigned_[demand] = edge;
    previous_[demand] = kNone;
    next_[demand] = head_[resource];
    if (next_[demand] != kNone) previous_[next_[demand]] = demand;
    head_[resource] = demand;
    ++load_[resource];
  }

  void Release(int32_t demand) {
    const int32_t resource = problem_.edge(assigned_[demand]).resource;
    if (previous_[demand] == kNone) {
      head_[resource] = next_[demand];
    } else {
      next_[previous_[demand]] = next_[demand];
    }
    if (next_[demand] != kNone) previous_[next_[demand]] = previous_[demand];
    assigned_[demand] = kNoEdge;
    --load_[resource];
  }

  const FlowProblem& problem_;

  // By demand: its edge, and its neighbours in its resource's list.
  std::vector<int64_t> assigned_;
  std::vector<int32_t> next_;
  std::vector<int32_t> previous_;

  // By resource.
  std::vector<int32_t> head_;
  std::vector<int32_t> load_;
  std::vector<Objective> price_;

  // The search in progress, by resource; valid where stamp_ equals epoch_.
  uint32_t epoch_ = 0;
  std::vector<Objective> distance_;
  std::vector<uint32_t> stamp_;
  std::vector<uint8_t> settled_;
  std::vector<int32_t> parent_demand_;
  std::vector<int64_t> parent_edge_;
  std::vector<Entry> heap_;
  std::vector<int32_t> tree_;
  Objective best_;
  int32_t end_resource_ = kNone;
  int32_t end_demand_ = kNone;
};

}  // namespace

void FlowProblem::AddDemand(const Objective& outside, std::vector<Edge> edges) {
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
    if (a.tier_distance != b.tier_distance) {
      return a.tier_distance < b.tier_distance;
    }
    if (a.quality != b.quality) return a.quality > b.quality;
    return a.resource < b.resource;
  });
  outside_.push_back(outside);
  edges_.insert(edges_.end(), edges.begin(), edges.end());
  first_.push_back(static_cast<int64_t>(edges_.size()));
}

absl::StatusOr<FlowResult> SolveFlow(const FlowProblem& problem,
                                     const Progress& progress) {
  Solver solver(problem);
  for (int32_t demand = 0; demand < problem.demands(); ++demand) {
    if (progress && demand % kProgressEvery == 0 &&
        !progress(demand, problem.demands())) {
      return base::MakeError(base::Reason::kCancelled);
    }
    solver.Insert(demand);
  }
  return solver.Finish();
}

}  // namespace jiedui::matcher::engine
