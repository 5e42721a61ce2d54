// Made-up expert parts: demands with candidates among volunteers of Zipfian
// skills, spread over counties and towns.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/flow/flow.h"

namespace jiedui::bench::engine {

enum class Candidates {
  kNearest,  // the best of those with the skill in the county: contended
  kAny,      // any of those with the skill
};

struct AssignmentShape {
  int32_t demands = 100'000;
  int32_t volunteers = 1'000'000;
  int32_t candidates = 32;  // of each demand
  int32_t skills = 1200;
  int32_t counties = 124;
  Candidates choice = Candidates::kAny;
  uint64_t seed = 1;
};

// Costs are positive and below the outside option.
struct Assignment {
  static constexpr int64_t kOutside = 20'000;

  std::vector<int32_t> capacity;                              // by volunteer
  std::vector<std::vector<matcher::engine::PlainEdge>> rows;  // by demand

  int64_t edge_count() const;
  // Demands over the capacity of the volunteers anyone is interested in.
  double Scarcity() const;
};

// The same shape gives the same assignment. Volunteers who are nobody's
// candidate are left out.
Assignment MakeAssignment(const AssignmentShape& shape);

matcher::engine::Flow<matcher::engine::PlainCosts> PlainFlowOf(
    const Assignment& assignment);

// The same with tuples: a tier of 0 … 3 by cost, the rest as quality; each
// demand in an urgency class, a tenth mandatory, leaving one out being worse
// than any pair.
matcher::engine::Flow<matcher::engine::LevelCosts> LevelFlowOf(
    const Assignment& assignment);

}  // namespace jiedui::bench::engine
