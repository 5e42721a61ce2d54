// Reviewers for papers: the published form of many-to-many matching (MIDL,
// CVPR and others: I. Stelmakh, N. Shah and A. Singh, "PeerReview4All", 2019;
// A. Kobren, B. Saha and A. McCallum, "Paper Matching with Local Fairness
// Constraints", 2019). Every paper is to have so many different reviewers,
// every reviewer so many papers at most.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// The bytes of the files of an instance.
struct ReviewFiles {
  std::string scores;                // scores.npy: reviewers × papers
  std::string loads;                 // loads.npy: most papers, by reviewer
  std::optional<std::string> least;  // loads-lb.npy: least papers, by reviewer
  std::string covers;                // covs.npy: reviewers, by paper
};

// Scores are whole points, so that they add up and compare exactly.
struct ReviewInstance {
  int32_t reviewers = 0;
  int32_t papers = 0;
  int32_t points_per_unit = 1;  // a power of ten: points of a score of 1
  std::vector<int32_t> scores;  // reviewer after reviewer; at most ±2^30
  std::vector<int32_t> most;    // by reviewer, at most `papers`
  std::vector<int32_t> least;   // by reviewer, 0 … most
  std::vector<int32_t> cover;   // by paper, 0 … reviewers

  int32_t score(int32_t reviewer, int32_t paper) const {
    return scores[int64_t{reviewer} * papers + paper];
  }
};

// Points are 10^-9 where the scores allow (up to ±1), coarser where they are
// larger. Scores may be negative: such a pair is merely bad, and taken only
// when no better one is left. Errors name the file: ARRAY_MALFORMED for arrays
// and shapes, VALUE_OUT_OF_RANGE for values, TOO_LARGE.
absl::StatusOr<ReviewInstance> ParseReview(const ReviewFiles& files);

// An assignment, and what is proven about any.
struct ReviewResult {
  std::vector<std::vector<int32_t>> reviewers;  // by paper; sorted
  int64_t utility = 0;                          // Σ scores, in points
  int64_t bound = 0;        // no assignment has more (with a worst as good)
  int64_t worst = 0;        // the least sum of a paper that wants reviewers
  int64_t worst_bound = 0;  // no assignment has a better worst
  int32_t worst_paper = -1;
};

// The assignment of the greatest utility: bound equals utility, by prices.
// COVER_IMPOSSIBLE, LOAD_IMPOSSIBLE or CANCELLED.
absl::StatusOr<ReviewResult> SolveUtility(const ReviewInstance& instance,
                                          const Progress& progress = nullptr);

// The worst paper as well served as possible, then utility. Both bounds hold
// always; small instances are solved to the end, where they are equal to what
// is reached. Errors as above. Deterministic: budgets are steps, not time.
absl::StatusOr<ReviewResult> SolveFair(const ReviewInstance& instance,
                                       const Progress& progress = nullptr);

}  // namespace jiedui::matcher::engine
