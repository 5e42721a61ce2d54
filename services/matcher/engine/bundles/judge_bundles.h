// An independent judge of bundle problems and their solutions. Shares the
// problem with the solver and not one line of how it is solved.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "services/matcher/engine/bundles/bundle_problem.h"

namespace jiedui::matcher::engine::bundles {

// All return OK, or PLAN_FAULT naming the first culprit ("demand 3",
// "person 7", "seat 2", "list 5") and what is wrong with it.

// The problem is sound: numbers within range, capacities and values not
// negative, no resource twice in a list, fixed parts with one option and only
// where they are allowed, no person fixed twice in a demand.
absl::Status JudgeProblem(const Problem& problem);

// The selection is one the problem allows, and worth `value`: choices from the
// lists, fixed parts taken, experts where they must be, nothing where a demand
// stays out, persons distinct, capacities kept, and those who must be full used
// as expert as often as in `start` (which may be the selection itself).
// REQUIRES: JudgeProblem is OK.
absl::Status JudgeSelection(const Problem& problem, const Selection& start,
                            const Selection& selection, int64_t value);

// The prices are allowed, and the bound that follows from them is `bound`.
// Time is that of the options, but for seats with different lists.
// REQUIRES: JudgeProblem, and JudgeSelection of `start`, are OK.
absl::Status JudgeBound(const Problem& problem, const Selection& start,
                        const Prices& prices, int64_t bound);

}  // namespace jiedui::matcher::engine::bundles
