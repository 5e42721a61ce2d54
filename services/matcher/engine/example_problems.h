// Problems for tests: one small enough to reason about, and random ones.
#pragma once

#include <cstdint>

#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// Litchi rotting after harvest in Gaozhou 高州, wanted by a village: an expert
// of the county and a better one of the province, a team the first one leads, a
// project he owns, two talents, a cooperative, and the county's litchi
// industry. Everything is filled; points are easy to follow.
Problem LitchiProblem();

struct RandomSizes {
  int demands = 12;
  int volunteers = 30;
  int teams = 6;
  int projects = 8;
  int enterprises = 6;
  int specialties = 6;
  int exclusions = 4;
};

// A valid problem, the same for the same seed and sizes: Guangdong's regions, a
// few disciplines, scarce capacities, all kinds of wishes, no locks.
Problem RandomProblem(uint32_t seed, const RandomSizes& sizes = {});

}  // namespace jiedui::matcher::engine
