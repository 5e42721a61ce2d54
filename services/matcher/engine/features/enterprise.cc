// The enterprise helped (帮扶一个企业): the requester itself, else one near by
// that others follow.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue LocalityFeature(const Policy& policy, const DemandFacts& demand,
                             const Facts& candidate) {
  if (SameCounty(demand.place, candidate.place)) {
    return {2, kFullMarks};
  }
  if (SameCity(demand.place, candidate.place)) {
    return {1, kFullMarks / 2};
  }
  return {};
}

FeatureValue LeadingFeature(const Policy& policy, const DemandFacts& demand,
                            const Facts& candidate) {
  return {candidate.leading, candidate.leading ? kFullMarks : 0};
}

}  // namespace jiedui::matcher::engine
