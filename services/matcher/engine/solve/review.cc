#include "services/matcher/engine/solve/review.h"

#include <algorithm>
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
  const ReviewInstance& instance = flow.instance();
  for (int32_t reviewer = 0; reviewer < instance.reviewers; ++reviewer) {
    if (flow.load(reviewer) < instance.least[reviewer]) {
      return base::MakeError(Reason::kLoadImpossible,
                             {{"reviewer", absl::StrCat(reviewer + 1)},
                              {"min", absl::StrCat(instance.least[reviewer])},
                              {"found", absl::StrCat(flow.load(reviewer))}});
    }
  }
  return absl::OkStatus();
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
                            {"paper", absl::StrCat(short_paper + 1)},
                            {"missing", absl::StrCat(missing)}});
  }
  return CheckLeastLoads(flow);
}

ReviewResult ReadOff(const CoverFlow& flow) {
  ReviewResult result;
  for (int32_t paper = 0; paper < flow.instance().papers; ++paper) {
    const auto seats = flow.Seats(paper);
    result.reviewers.emplace_back(seats.begin(), seats.end());
    std::sort(result.reviewers.back().begin(), result.reviewers.back().end());
    const int64_t sum = flow.Sum(paper);
    result.utility += sum;
    if (Counts(flow.instance(), paper) &&
        (result.worst_paper < 0 || sum < result.worst)) {
      result.worst = sum;
      result.worst_paper = paper;
    }
  }
  return result;
}

absl::StatusOr<ReviewResult> SolveUtility(const ReviewInstance& instance,
                                          const Progress& progress) {
  CoverFlow flow(instance);
  RETURN_IF_ERROR(FillAll(flow, progress));
  ReviewResult result = ReadOff(flow);
  result.bound = static_cast<int64_t>(flow.Bound() / CoverFlow::kUnitWeight);
  result.worst_bound = result.worst;
  return result;
}

}  // namespace jiedui::matcher::engine
