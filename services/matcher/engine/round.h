// A round: problem in, plan with its certificate and explanations out.
// Deterministic: equal problems and policies give equal plans, on every
// machine, whatever the order of the problem's lists. No I/O, no clock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// INVALID_FIELDS when the problem or the policy is not valid; CANCELLED when
// `progress` says so (steps of work, which take about the same time each).
absl::StatusOr<Plan> Solve(const Problem& problem, const Policy& policy,
                           const Progress& progress = nullptr);

// What the judge needs to know of scores and must not compute with the solver's
// code path: the expert part's score of demand i and volunteer j, positions in
// `problem` as given. Thread-safe. REQUIRES: Validate of both is OK.
std::function<int32_t(size_t, size_t)> ExpertScores(const Problem& problem,
                                                    const Policy& policy);

}  // namespace jiedui::matcher::engine
