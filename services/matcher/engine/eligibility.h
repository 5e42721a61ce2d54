// The hard constraints between a demand and a resource, as the set of those
// violated; empty when the pair is feasible. Scores are not looked at here:
// kBelowFloor is added by whoever scores.
#pragma once

#include <cstdint>

#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// `demand` is the demand, or one talents seat of it (Prepared::Seat).
ConstraintSet VolunteerConstraints(const Prepared& prepared,
                                   const DemandFacts& demand,
                                   int32_t volunteer);
ConstraintSet TeamConstraints(const Prepared& prepared,
                              const DemandFacts& demand, int32_t team);
ConstraintSet ProjectConstraints(const Prepared& prepared,
                                 const DemandFacts& demand, int32_t project);

// Tiers climbed above the demand's own to reach a resource of `tier`.
inline int32_t TierDistance(codes::Tier demand, codes::Tier resource) {
  const int32_t climbed =
      static_cast<int32_t>(demand) - static_cast<int32_t>(resource);
  return climbed > 0 ? climbed : 0;
}

}  // namespace jiedui::matcher::engine
