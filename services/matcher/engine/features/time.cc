// Free when needed: days available inside the demand's window against the days
// a service takes. A wider window never takes marks from anybody, so that it
// can only help.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue TimeFeature(const Policy& policy, const DemandFacts& demand,
                         const Facts& candidate) {
  int64_t days = 0;
  for (const Window& window : candidate.availability) {
    days += std::max(0, std::min(window.end, demand.window.end) -
                            std::max(window.start, demand.window.start));
  }
  const int64_t needed = policy.days_needed;
  const int64_t f = std::min(days, needed) * kFullMarks / needed;
  return {days, static_cast<int32_t>(f)};
}

}  // namespace jiedui::matcher::engine
