// An industry worth driving (带动发展一个产业): how much of the local economy
// rests on it, times the square of how near it is to the
// demand's industry or subjects.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue SpecialtyFeature(const Policy& policy, const DemandFacts& demand,
                              const Facts& candidate) {
  int32_t nearness = 0;  // ‰
  for (IndustryIndex industry : candidate.industries) {
    if (demand.industry != kNoIndustry) {
      nearness =
          std::max<int32_t>(nearness, demand.industry_similarity[industry]);
    }
    const uint16_t* crosswalk = CrosswalkRow(industry);
    for (const DemandFacts::Asked& asked : demand.subjects) {
      const int32_t strength = crosswalk[asked.subject];
      nearness = std::max(nearness, strength * policy.crosswalk_weight / 1000);
    }
  }
  if (nearness < policy.specialty_nearness) nearness = 0;
  // Nearness counts twice over: a large industry beside the demand's own must
  // not come before a smaller one that is its own.
  constexpr int32_t kPerSquarePercent = 1000 * 1000 * 100 / kFullMarks;
  return {nearness,
          nearness * nearness / kPerSquarePercent * candidate.specialty_weight};
}

}  // namespace jiedui::matcher::engine
