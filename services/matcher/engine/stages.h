// The stages of a round, in order: experts first, since they anchor a bundle;
// then, given the expert, the projects, teams and talents that fit best (each
// exact given what was chosen before), and the parts nobody competes for.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// A demand with its expert, once chosen: what the later stages score by.
DemandFacts FactsWithExpert(const Prepared& prepared, int32_t demand,
                            const Draft& draft);

// What a feasible pair costs: the tiers climbed, or kBelowFloorDistance for one
// whose score is below the floor.
int32_t DistanceOf(const Prepared& prepared, const DemandFacts& demand,
                   codes::Tier tier, int32_t score);

// Each fills its part in `drafts`, debits `remaining`, and returns the flow for
// explanation. CANCELLED as SolveFlow.
absl::StatusOr<Stage> AssignExperts(const Prepared& prepared,
                                    const Progress& progress,
                                    std::vector<Draft>& drafts,
                                    Remaining& remaining);
absl::StatusOr<Stage> AssignProjects(const Prepared& prepared,
                                     const Progress& progress,
                                     std::vector<Draft>& drafts,
                                     Remaining& remaining);
absl::StatusOr<Stage> AssignTeams(const Prepared& prepared,
                                  const Progress& progress,
                                  std::vector<Draft>& drafts,
                                  Remaining& remaining);
// Seat by seat; returns one stage a seat.
absl::StatusOr<std::vector<Stage>> AssignTalents(const Prepared& prepared,
                                                 const Progress& progress,
                                                 std::vector<Draft>& drafts,
                                                 Remaining& remaining);

// Enterprises and specialties, best first, that may be chosen for a demand.
std::vector<Choice> EnterpriseChoices(const Prepared& prepared, int32_t demand);
std::vector<Choice> IndustryChoices(const Prepared& prepared, int32_t demand);

}  // namespace jiedui::matcher::engine
