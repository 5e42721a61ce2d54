// Candidates by looking at everybody: what candidates.h must answer. For tests.
#pragma once

#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/pool.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// All who break no constraint and reach the admission score, in order; complete
// always. `part` is kExpert, kTalents (then `demand` is a seat), kTeam or
// kProject. Linear in all there are.
CandidateList FindExhaustively(const Prepared& prepared, Part part,
                               const DemandFacts& demand);

// FindExperts, FindTalents, FindTeams or FindProjects.
CandidateList FindByIndex(const Prepared& prepared, Part part,
                          const DemandFacts& demand, int32_t most);

}  // namespace jiedui::matcher::engine
