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

// For each resource the row, among those it does not serve, that comes nearest
// to being better served by it.
class Suitors {
 public:
  Suitors(const ExpertFlow& experts, const std::vector<Draft>& drafts)
      : row_(static_cast<size_t>(experts.flow().resources()), kNobody),
        distance_(row_.size()) {
    const Flow<LevelCosts>& flow = experts.flow();
    for (int32_t row = 0; row < flow.rows(); ++row) {
      const int32_t expert =
          drafts[static_cast<size_t>(experts.DemandOf(row))].at(Part::kExpert);
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

}  // namespace

std::vector<MarginalWorth> MarginalsOf(const ExpertFlow& experts,
                                       const std::vector<Draft>& drafts) {
  const Flow<LevelCosts>& flow = experts.flow();
  const Suitors suitors(experts, drafts);
  std::vector<MarginalWorth> worths(drafts.size());
  for (int32_t row = 0; row < flow.rows(); ++row) {
    const auto demand = static_cast<size_t>(experts.DemandOf(row));
    const int32_t expert = drafts[demand].at(Part::kExpert);
    if (expert == kNobody) continue;
    MarginalWorth& worth = worths[demand];
    Objective own;
    Objective next = flow.Outside(row);
    for (const LevelEdge& edge : flow.Edges(row)) {
      if (flow.Capacity(edge.resource) == 0) continue;
      const Objective cost = PricedCost(flow, edge);
      const int32_t volunteer = experts.VolunteerOf(edge.resource);
      if (volunteer == expert) {
        own = cost;
        const int32_t suitor = suitors.Of(edge.resource);
        if (suitor != kNobody) worth.instead = experts.DemandOf(suitor);
      } else if (cost < next) {
        next = cost;
        worth.next = volunteer;
      }
    }
    worth.loss = std::max(Objective(), next - own);
  }
  return worths;
}

}  // namespace jiedui::matcher::engine
