// The enterprise helped (帮扶一个企业): the requester itself, else one near by
// that others follow.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue LocalityFeature(const Context& context, const DemandFacts& demand,
                             const Facts& candidate) {
  if (context.tables.SameCounty(demand.place, candidate.place)) {
    return {2, kFullMarks};
  }
  if (context.tables.SameCity(demand.place, candidate.place)) {
    return {1, kFullMarks / 2};
  }
  return {};
}

FeatureValue LeadingFeature(const Context& context, const DemandFacts& demand,
                            const Facts& candidate) {
  return {candidate.leading, candidate.leading ? kFullMarks : 0};
}

}  // namespace jiedui::matcher::engine
