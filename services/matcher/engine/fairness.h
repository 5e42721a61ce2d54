// Fairness between counties: of plans equally good on all levels above quality,
// one that leaves no county further behind than need be. Leximin of the served
// ratio over the last 90 days, this round included: the county served least
// gains, as long as the one that gives way stays ahead of where the first was.
#pragma once

#include "absl/status/status.h"
#include "services/matcher/engine/experts.h"

namespace jiedui::matcher::engine {

// Exchanges demands that are served for demands that are not, one for one,
// while that improves leximin and quality stays within Policy::fairness_band of
// what it was. Each exchange is the cheapest there is for the demand that
// gains. The number of tries is limited by the size of the problem, not by
// time. Certify the optimum before: after, quality may be below it. CANCELLED
// when `progress` says so.
absl::Status ShareBetweenCounties(const Prepared& prepared, ExpertFlow& experts,
                                  const Progress& progress);

}  // namespace jiedui::matcher::engine
