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

// What a feasible person costs in subsidiarity: the tiers climbed, or
// kBelowFloorDistance for one who scores below the floor. Where the action is
// about who comes, those it is about cost nothing, and all others as much as if
// they were below the floor.
int32_t PersonDistance(const Prepared& prepared, const DemandFacts& demand,
                       int32_t volunteer, int32_t score);
// The same of a team: nothing for the expert's own, which comes with him.
int32_t TeamDistance(const Prepared& prepared, const DemandFacts& demand,
                     int32_t team, int32_t score);

// Each fills its part in `drafts`, debits `remaining`, and returns the flow for
// explanation. Takes one step a demand (talents: a demand and seat), and
// returns CANCELLED when told to stop.
absl::StatusOr<Stage> AssignExperts(const Prepared& prepared, Steps& steps,
                                    std::vector<Draft>& drafts,
                                    Remaining& remaining);
absl::StatusOr<Stage> AssignProjects(const Prepared& prepared, Steps& steps,
                                     std::vector<Draft>& drafts,
                                     Remaining& remaining);
absl::StatusOr<Stage> AssignTeams(const Prepared& prepared, Steps& steps,
                                  std::vector<Draft>& drafts,
                                  Remaining& remaining);
// Seat by seat, for as many seats as the demand with most asks for; returns one
// stage a seat.
int64_t TalentsSeats(const std::vector<Draft>& drafts);
absl::StatusOr<std::vector<Stage>> AssignTalents(const Prepared& prepared,
                                                 Steps& steps,
                                                 std::vector<Draft>& drafts,
                                                 Remaining& remaining);

// Enterprises and specialties, best first, that may be chosen for a demand.
std::vector<Choice> EnterpriseChoices(const Prepared& prepared, int32_t demand);
std::vector<Choice> IndustryChoices(const Prepared& prepared, int32_t demand);

}  // namespace jiedui::matcher::engine
