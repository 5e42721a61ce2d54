#include "services/matcher/engine/solve/review.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/solve/cover_flow.h"
#include "services/matcher/engine/solve/review_common.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

absl::Status CheckLeastLoads(const CoverFlow& flow) {
  const int32_t reviewer = flow.FirstBelowLeast();
  if (reviewer == CoverFlow::kNobody) return absl::OkStatus();
  return base::MakeError(
      Reason::kLoadImpossible,
      {{"reviewer", absl::StrCat(reviewer)},
       {"min", absl::StrCat(flow.instance().least[reviewer])},
       {"found", absl::StrCat(flow.load(reviewer))}});
}

}  // namespace

absl::Status FillAll(CoverFlow& flow, const Progress& progress) {
  const ReviewInstance& instance = flow.instance();
  int64_t seats = 0;
  int64_t empty = 0;
  int32_t short_paper = -1;
  int32_t missing = 0;
  Steps steps(progress, instance.papers);
  for (int32_t paper = 0; paper < instance.papers; ++paper) {
    if (!steps.Next()) return base::MakeError(Reason::kCancelled);
    const int32_t lacks = flow.Fill(paper);
    seats += instance.cover[paper];
    empty += lacks;
    if (lacks > 0 && short_paper < 0) {
      short_paper = paper;
      missing = lacks;
    }
  }
  if (short_paper >= 0) {
    return base::MakeError(Reason::kCoverImpossible,
                           {{"expected", absl::StrCat(seats)},
                            {"found", absl::StrCat(seats - empty)},
                            {"paper", absl::StrCat(short_paper)},
                            {"missing", absl::StrCat(missing)}});
  }
  return CheckLeastLoads(flow);
}

ReviewResult Describe(const ReviewInstance& instance,
                      std::vector<std::vector<int32_t>> reviewers) {
  ReviewResult result;
  for (int32_t paper = 0; paper < instance.papers; ++paper) {
    int64_t sum = 0;
    for (int32_t reviewer : reviewers[paper]) {
      sum += instance.score(reviewer, paper);
    }
    result.utility += sum;
    if (Counts(instance, paper) &&
        (result.worst_paper < 0 || sum < result.worst)) {
      result.worst = sum;
      result.worst_paper = paper;
    }
  }
  result.reviewers = std::move(reviewers);
  return result;
}

ReviewResult ReadOff(const CoverFlow& flow) {
  std::vector<std::vector<int32_t>> reviewers;
  for (int32_t paper = 0; paper < flow.instance().papers; ++paper) {
    const auto seats = flow.Seats(paper);
    reviewers.emplace_back(seats.begin(), seats.end());
    std::sort(reviewers.back().begin(), reviewers.back().end());
  }
  return Describe(flow.instance(), std::move(reviewers));
}

int64_t LeastOfBestSums(const CoverFlow& flow) {
  const ReviewInstance& instance = flow.instance();
  std::optional<int64_t> least;
  for (int32_t paper = 0; paper < instance.papers; ++paper) {
    if (!Counts(instance, paper)) continue;
    const auto candidates = flow.Candidates(paper);
    int64_t sum = 0;
    for (int32_t i = 0; i < instance.cover[paper]; ++i) {
      sum += candidates[i].score;
    }
    least = std::min(least.value_or(sum), sum);
  }
  return least.value_or(0);
}

absl::StatusOr<ReviewResult> SolveUtility(const ReviewInstance& instance,
                                          const Progress& progress) {
  CoverFlow flow(instance);
  RETURN_IF_ERROR(FillAll(flow, progress));
  ReviewResult result = ReadOff(flow);
  result.bound = static_cast<int64_t>(flow.Bound() / CoverFlow::kUnitWeight);
  result.worst_bound = LeastOfBestSums(flow);
  return result;
}

}  // namespace jiedui::matcher::engine
