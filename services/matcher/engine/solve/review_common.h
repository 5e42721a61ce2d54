// What both objectives of reviewing need.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "services/matcher/engine/progress.h"
#include "services/matcher/engine/solve/cover_flow.h"
#include "services/matcher/engine/solve/review.h"

namespace jiedui::matcher::engine {

// Fills all seats of an empty flow. COVER_IMPOSSIBLE with the first paper left
// short, LOAD_IMPOSSIBLE with the first reviewer below his least load,
// CANCELLED when a step says so.
absl::Status FillAll(CoverFlow& flow, const Progress& progress);

// The assignment with its utility and worst paper; the bounds are left at 0.
// `reviewers` by paper, each list sorted.
ReviewResult Describe(const ReviewInstance& instance,
                      std::vector<std::vector<int32_t>> reviewers);
ReviewResult ReadOff(const CoverFlow& flow);

// What no assignment's worst can exceed: the least, over papers, of the sum of
// the best reviewers, all of them free. 0 when no paper wants anybody.
int64_t LeastOfBestSums(const CoverFlow& flow);

// Whether the paper counts when the worst is looked for.
inline bool Counts(const ReviewInstance& instance, int32_t paper) {
  return instance.cover[paper] > 0;
}

}  // namespace jiedui::matcher::engine
