// Small random problems with all there is in them, for tests.
#pragma once

#include <cstdint>

#include "services/matcher/engine/bundles/bundle_problem.h"

namespace jiedui::matcher::engine::bundles {

struct RandomProblem {
  Problem problem;
  Selection start;  // sound; experts only
};

// Up to `demands` of them, with experts, teams, projects and seats out of small
// pools; synergies, persons who must be full, demands that may stay out, fixed
// parts, unlimited projects, seats with lists of their own.
RandomProblem MakeRandomProblem(uint64_t seed, int32_t demands);

}  // namespace jiedui::matcher::engine::bundles
