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

// The same without tier, region and subject, for those found through the index
// by these.
ConstraintSet OtherVolunteerConstraints(const Prepared& prepared,
                                        const DemandFacts& demand,
                                        int32_t volunteer, const Facts& facts);
ConstraintSet OtherTeamConstraints(const Prepared& prepared,
                                   const DemandFacts& demand, int32_t team);

// Whether the candidate has an unexpired skill of a discipline asked for.
bool SharesDiscipline(const DemandFacts& demand, const Facts& candidate);

}  // namespace jiedui::matcher::engine
