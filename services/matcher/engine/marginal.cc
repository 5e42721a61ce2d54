#include "services/matcher/engine/marginal.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

Objective PricedCost(const Flow<LevelCosts>& flow, const LevelEdge& edge) {
  Objective cost = flow.Price(edge.resource);
  cost.tier_distance += static_cast<int32_t>(edge.tier_distance);
  cost.loss -= static_cast<int64_t>(edge.quality);
  return cost;
}

int32_t ExpertOf(const ExpertFlow& experts, const std::vector<Draft>& drafts,
                 int32_t row) {
  return drafts[static_cast<size_t>(experts.DemandOf(row))].at(Part::kExpert);
}

// For each resource the row, among those it does not serve, that comes nearest
// to being better served by it.
class Suitors {
 public:
  Suitors(const ExpertFlow& experts, const std::vector<Draft>& drafts)
      : row_(static_cast<size_t>(experts.flow().resources()), kNobody),
        distance_(row_.size()) {
    const Flow<LevelCosts>& flow = experts.flow();
    for (int32_t row = 0; row < flow.rows(); ++row) {
      if (!flow.IsIn(row)) continue;
      const int32_t expert = ExpertOf(experts, drafts, row);
      const Objective paid = flow.Paid(row);
      for (const LevelEdge& edge : flow.Edges(row)) {
        if (flow.Capacity(edge.resource) == 0 ||
            experts.VolunteerOf(edge.resource) == expert) {
          continue;
        }
        Offer(edge.resource, row, PricedCost(flow, edge) - paid);
      }
    }
  }

  int32_t Of(int32_t resource) const {
    return row_[static_cast<size_t>(resource)];
  }

 private:
  void Offer(int32_t resource, int32_t row, const Objective& distance) {
    const auto at = static_cast<size_t>(resource);
    if (row_[at] != kNobody && !(distance < distance_[at])) return;
    row_[at] = row;
    distance_[at] = distance;
  }

  std::vector<int32_t> row_;
  std::vector<Objective> distance_;
};

// All but `instead`. REQUIRES: the row is in, and its demand has an expert.
MarginalWorth WorthOf(const ExpertFlow& experts, int32_t row, int32_t expert) {
  const Flow<LevelCosts>& flow = experts.flow();
  MarginalWorth worth;
  Objective own;
  Objective next = flow.Outside(row);
  for (const LevelEdge& edge : flow.Edges(row)) {
    if (flow.Capacity(edge.resource) == 0) continue;
    const Objective cost = PricedCost(flow, edge);
    const int32_t volunteer = experts.VolunteerOf(edge.resource);
    if (volunteer == expert) {
      own = cost;
    } else if (cost < next) {
      next = cost;
      worth.next = volunteer;
    }
  }
  worth.loss = std::max(Objective(), next - own);
  return worth;
}

}  // namespace

std::vector<MarginalWorth> MarginalsOf(const ExpertFlow& experts,
                                       const std::vector<Draft>& drafts) {
  const Flow<LevelCosts>& flow = experts.flow();
  const Suitors suitors(experts, drafts);
  std::vector<MarginalWorth> worths(drafts.size());
  for (int32_t row = 0; row < flow.rows(); ++row) {
    const int32_t expert = ExpertOf(experts, drafts, row);
    if (!flow.IsIn(row) || expert == kNobody) continue;
    MarginalWorth worth = WorthOf(experts, row, expert);
    const int32_t suitor = suitors.Of(experts.ResourceOf(expert));
    if (suitor != kNobody) worth.instead = experts.DemandOf(suitor);
    worths[static_cast<size_t>(experts.DemandOf(row))] = worth;
  }
  return worths;
}

MarginalWorth MarginalOf(const ExpertFlow& experts,
                         const std::vector<Draft>& drafts, int32_t demand,
                         std::span<const int32_t> others) {
  const Flow<LevelCosts>& flow = experts.flow();
  const int32_t row = experts.RowOf(demand);
  const int32_t expert = drafts[static_cast<size_t>(demand)].at(Part::kExpert);
  if (row == ExpertFlow::kNoRow || !flow.IsIn(row) || expert == kNobody) {
    return {};
  }
  MarginalWorth worth = WorthOf(experts, row, expert);
  const int32_t resource = experts.ResourceOf(expert);
  Objective least;
  for (int32_t other : others) {
    const int32_t suitor = experts.RowOf(other);
    if (suitor == ExpertFlow::kNoRow || !flow.IsIn(suitor) ||
        ExpertOf(experts, drafts, suitor) == expert) {
      continue;
    }
    const auto edges = flow.Edges(suitor);
    const auto edge = std::find_if(
        edges.begin(), edges.end(),
        [&](const LevelEdge& edge) { return edge.resource == resource; });
    if (edge == edges.end()) continue;
    const Objective distance = PricedCost(flow, *edge) - flow.Paid(suitor);
    if (worth.instead != kNobody && !(distance < least)) continue;
    worth.instead = other;
    least = distance;
  }
  return worth;
}

}  // namespace jiedui::matcher::engine
