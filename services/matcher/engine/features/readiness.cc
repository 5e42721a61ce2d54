// 成熟度: technology readiness level 1 … 9.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue ReadinessFeature(const Policy& policy, const DemandFacts& demand,
                              const Facts& candidate) {
  return {candidate.readiness, candidate.readiness * kFullMarks / 9};
}

}  // namespace jiedui::matcher::engine
