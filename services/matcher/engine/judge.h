// An independent judge of plans: it shares the data (problem, policy, plan)
// with the solver and not one line of how a plan is made. Called before a plan
// is committed, by tests and by fuzzing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/status/status.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// The expert part's own score of problem.demands[i] and problem.volunteers[j].
// Scores are facts to the judge: it checks what is made of them.
using PairScore = std::function<int32_t(size_t demand, size_t volunteer)>;

// OK, or PLAN_FAULT naming the first culprit and what is wrong with it:
// - one bundle a demand; parts open, filled or not wanted as the demand says;
// - resources exist, no person twice in a bundle, capacities kept over experts
//   and talents together, teams and exclusive projects;
// - hard constraints, recomputed from the raw fields, and admission floors, for
//   all that is not locked; locks held;
// - every entry's weight is the policy's and its points follow from it; points
//   add up to choices, bundles and the plan;
// - the certificate: the prices are ≥ 0, the bound follows from them (every
//   feasible pair is tried), value equals bound, and the plan's experts reach
//   it on every level above quality;
// - the evidence of the bundles: see bundles/judge_bundles.h; its points are
//   those of the plan, and the bound of the total follows from it.
// Time is that of scoring all pairs of one region and discipline.
// REQUIRES: Validate(problem) and Validate(policy) are OK.
absl::Status Judge(const Problem& problem, const Policy& policy,
                   const Plan& plan, const PairScore& score);

}  // namespace jiedui::matcher::engine
