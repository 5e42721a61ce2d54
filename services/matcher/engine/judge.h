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
// - the certificate: level values are those of the plan; prices are ≥ 0, and 0
//   unless the volunteer is full; no feasible pair would be cheaper than what
//   its demand pays (all pairs are tried); value equals bound.
// Time is that of scoring all pairs that share a discipline.
// REQUIRES: Validate(problem) and Validate(policy) are OK.
absl::Status Judge(const Problem& problem, const Policy& policy,
                   const Plan& plan, const PairScore& score);

}  // namespace jiedui::matcher::engine
