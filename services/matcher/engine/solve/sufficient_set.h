// The best set of reviewers for one paper, by itself, whose scores add up to at
// least so much.
#pragma once

#include <cstdint>
#include <vector>

namespace jiedui::matcher::engine {

struct SetItem {
  int64_t worth = 0;  // what is maximised
  int64_t score = 0;  // what must add up
};

// An upper bound on Σ worth over all sets of `size` items with Σ score ≥
// `need`; exact unless the search would visit too many sets. INT64_MIN when
// there is no such set. `multiplier` ≥ 0 is a guess of what a point of score
// is worth where scores are short: the better it is, the faster the search.
// Reorders the items.
int64_t BestSufficientSet(std::vector<SetItem>& items, int32_t size,
                          int64_t need, int64_t multiplier);

}  // namespace jiedui::matcher::engine
