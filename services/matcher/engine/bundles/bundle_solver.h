// Solves bundle problems jointly over all parts: prices that prove a bound, and
// a selection near it. Certified every time, exact where little is contested.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/matcher/engine/bundles/bundle_problem.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine::bundles {

// How much work is done; never how long it takes.
struct Budget {
  int32_t price_rounds = 1500;  // of subgradient steps
  // Contests of up to so many demands are relaxed as a whole, up to so many
  // times, twice for the largest; larger ones in clusters of so many, once. No
  // rounds: neither.
  int32_t relaxed_demands = 2500;
  int32_t relaxation_rounds = 8;
  int32_t cluster = 300;
  // Neighbourhoods of `neighbours` demands that are relaxed and placed anew; at
  // most one for five demands of the contest.
  int32_t dives = 150;
  int32_t neighbours = 150;
  // Ruin and recreate of a few demands, for each demand of the contest.
  int64_t moves = 100;
  // Components of up to so many demands are searched to the end, unless that
  // takes more nodes than this.
  int32_t searched_demands = 8;
  int64_t search_nodes = 20'000'000;
  uint64_t seed = 1;
};

struct Solution {
  Selection selection;
  int64_t value = 0;
  // No selection is worth more; follows from `prices` alone.
  Prices prices;
  int64_t bound = 0;
  // The same, where components searched to the end count with their optimum:
  // value ≤ proven ≤ bound. Not to be seen from the prices.
  int64_t proven = 0;
  int32_t components = 0;    // groups of demands that compete for nothing
  int32_t searched = 0;      // of them searched to the end
  int64_t price_rounds = 0;  // spent
  int64_t moves = 0;         // tried

  // Share of the bound that may be missing.
  double gap() const {
    return bound == 0 ? 0.0 : static_cast<double>(bound - value) / bound;
  }
};

// Starts from `start`, whose experts are kept where nothing better is found and
// whose other parts may be empty. Never worse than `start`. Deterministic: the
// same problem, start and budget give the same solution; among equals the order
// of lists decides, so callers sort by id. CANCELLED when `progress` says so.
// Memory: about that of the problem again.
// REQUIRES: `problem` and `start` are sound (see bundle_problem.h; judged by
// judge_bundles.h).
absl::StatusOr<Solution> Solve(const Problem& problem, const Selection& start,
                               const Budget& budget, const Progress& progress);

}  // namespace jiedui::matcher::engine::bundles
