// Made-up bundle problems: demands, experts, teams, projects and talents with
// subjects in a hierarchy, crowded towards the first ones, spread over
// counties; each demand may stay out.
#pragma once

#include <cstdint>

#include "services/matcher/engine/bundles/bundle_problem.h"

namespace jiedui::bench::engine {

struct BundleShape {
  int32_t demands = 500;
  // Capacity of each kind over what the demands ask for. Below 1 not all can be
  // served.
  double supply = 0.8;
  uint64_t seed = 1;
};

// Experts .4 a demand, teams 1/8, projects 1/3, talents 2 for three seats; 24
// experts, 8 teams, 8 projects and 12 talents a demand to choose from, the
// teams' leaders besides. The same shape gives the same problem.
matcher::engine::bundles::Problem MakeBundleProblem(const BundleShape& shape);

}  // namespace jiedui::bench::engine
