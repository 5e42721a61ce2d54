// An industry worth driving (带动发展一个产业): how much of the local economy
// rests on it, times how near it is to the demand's industry or subjects.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue SpecialtyFeature(const Context& context, const DemandFacts& demand,
                              const Facts& candidate) {
  int32_t nearness = 0;  // ‰
  for (IndustryIndex industry : candidate.industries) {
    nearness = std::max(
        nearness, context.tables.IndustrySimilarity(demand.industry, industry));
    for (const auto& [subject, weight] : demand.subjects) {
      const int32_t strength = context.tables.Crosswalk(subject, industry);
      nearness =
          std::max(nearness, strength * context.policy.crosswalk_weight / 1000);
    }
  }
  if (nearness < context.policy.specialty_nearness) nearness = 0;
  constexpr int32_t kPerMillePercent = kFullMarks / (1000 * 100);
  return {nearness, nearness * candidate.specialty_weight * kPerMillePercent};
}

}  // namespace jiedui::matcher::engine
