// Subsidiarity of the supporting parts: full marks at the demand's own tier or
// below, a quarter less for every tier climbed. The expert's is a level of the
// objective of its own, above all points.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue NearTierFeature(const Policy&, const DemandFacts& demand,
                             const Facts& candidate) {
  const int32_t climbed = TierDistance(demand.tier, candidate.tier);
  return {climbed, kFullMarks - climbed * (kFullMarks / 4)};
}

}  // namespace jiedui::matcher::engine
