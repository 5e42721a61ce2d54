// 职称: full marks at what is asked or above, less for every level below.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue TitleFeature(const Policy& policy, const DemandFacts& demand,
                          const Facts& candidate) {
  const int below = std::max(0, static_cast<int>(demand.title_min) -
                                    static_cast<int>(candidate.title));
  const int64_t f = kFullMarks - int64_t{below} * policy.title_step;
  return {below, static_cast<int32_t>(std::max<int64_t>(f, 0))};
}

}  // namespace jiedui::matcher::engine
