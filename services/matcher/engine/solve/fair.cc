// SolveFair: first the greatest worst sum, by bisection, then utility at it.
// Each step solves a relaxation (fair_node.h); small instances are branched on
// until it is exact.
#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/solve/cover_flow.h"
#include "services/matcher/engine/solve/exchange.h"
#include "services/matcher/engine/solve/fair_node.h"
#include "services/matcher/engine/solve/review.h"
#include "services/matcher/engine/solve/review_common.h"

namespace jiedui::matcher::engine {
namespace {

using Outcome = FairNode::Outcome;

// Budgets in pairs looked at or copied (CoverFlow::work): of raising weights in
// one relaxation, of one search by branching.
constexpr int64_t kRaiseWork = 150'000'000;
constexpr int64_t kBranchWork = 200'000'000;
constexpr int64_t kExchangeWork = 200'000'000;
// Deeper branches would keep too many copies.
constexpr int64_t kMostDepth = 200;
constexpr int64_t kMostCopied = 40'000'000;  // pairs, on one way down
// With more papers below the worst than this, branching is hopeless.
constexpr int32_t kMostBelow = 8;
// Once an attempt has been left undecided, the bisection stops at this part of
// the distance it began with.
constexpr int64_t kPrecision = 64;

class FairSearch {
 public:
  // `start` is an optimum of utility.
  FairSearch(CoverFlow start, const Progress& progress)
      : start_(std::move(start)),
        progress_(progress),
        pairs_(static_cast<int64_t>(start_.instance().scores.size())) {
    Offer(start_);
    utility_bound_ = best_.utility;
  }

  absl::StatusOr<ReviewResult> Run() {
    if (best_.worst_paper < 0) {  // no paper wants anybody
      best_.bound = best_.utility;
      return best_;
    }
    worst_bound_ = LeastOfBestSums(start_);
    RETURN_IF_ERROR(FindWorst());
    RETURN_IF_ERROR(FindUtility());
    best_.worst_bound = worst_bound_;
    best_.bound = utility_bound_;
    return best_;
  }

 private:
  enum class Answer { kYes, kNo, kUnknown };

  // Keeps the assignment if it is the best so far.
  void Offer(const CoverFlow& flow) { Offer(ReadOff(flow)); }
  void Offer(ReviewResult result) {
    if (best_.reviewers.empty() || result.worst > best_.worst ||
        (result.worst == best_.worst && result.utility > best_.utility)) {
      best_ = std::move(result);
    }
    most_seen_ = std::max(most_seen_, best_.utility);
  }

  // Offers what local search makes of an assignment.
  void OfferImproved(const std::vector<std::vector<int32_t>>& reviewers,
                     int64_t worst) {
    Exchange exchange(start_, reviewers, worst);
    exchange.Improve(kExchangeWork);
    Offer(Describe(start_.instance(), exchange.Reviewers()));
  }

  absl::Status FindWorst();
  absl::StatusOr<Answer> Try(int64_t worst);
  absl::Status FindUtility();

  // Branching: Begin, then Branch from a root; complete_ says whether nothing
  // had to be left out.
  void Begin() {
    complete_ = true;
    work_left_ = kBranchWork;
    most_seen_ = best_.utility;
  }
  absl::Status Branch(const FairNode& node, bool decide, int64_t depth);
  absl::Status BranchOn(const FairNode& node, int32_t paper, bool decide,
                        int64_t depth);
  bool Visit(FairNode& child, bool decide);

  absl::Status Step(int64_t done, int64_t total) const {
    if (!progress_ || progress_(done, total)) return absl::OkStatus();
    return base::MakeError(base::Reason::kCancelled);
  }

  const CoverFlow start_;
  const Progress& progress_;
  const int64_t pairs_;
  std::optional<FairNode> reached_;  // the last relaxation that reached a worst
  ReviewResult best_;
  int64_t worst_bound_ = 0;
  int64_t utility_bound_ = 0;

  int64_t most_seen_ = 0;  // greatest utility that branches were cut off for
  int64_t work_left_ = 0;
  int64_t nodes_ = 0;
  bool complete_ = true;
};

absl::Status FairSearch::FindWorst() {
  const int64_t distance = worst_bound_ - best_.worst;
  int64_t near = 0;
  int64_t high = worst_bound_;  // not proven where it is below worst_bound_
  int64_t worst = high;         // the bound is often reached: it comes first
  while (high - best_.worst > near) {
    RETURN_IF_ERROR(Step(distance - (high - best_.worst), distance));
    ASSIGN_OR_RETURN(const Answer answer, Try(worst));
    if (answer == Answer::kNo) worst_bound_ = std::min(worst_bound_, worst - 1);
    if (answer == Answer::kUnknown) near = distance / kPrecision;
    if (answer != Answer::kYes) high = worst - 1;
    high = std::min(high, worst_bound_);
    worst = best_.worst + (high - best_.worst + 1) / 2;
  }
  return absl::OkStatus();
}

// Whether every paper can have `worst`; the assignment is offered when so.
absl::StatusOr<FairSearch::Answer> FairSearch::Try(int64_t worst) {
  OfferImproved(best_.reviewers, worst);
  if (best_.worst >= worst) return Answer::kYes;
  FairNode node = reached_ ? *reached_ : FairNode(start_, worst);
  node.SetWorst(worst);
  if (!node.Tighten()) return Answer::kNo;
  const Outcome outcome = node.Raise(kRaiseWork);
  // What has been excluded may still serve where the worst is below `worst`.
  worst_bound_ = std::min(worst_bound_, std::max(worst - 1, node.WorstBound()));
  Offer(node.flow());
  if (outcome == Outcome::kReached) {
    reached_ = std::move(node);
    return Answer::kYes;
  }
  if (outcome == Outcome::kImpossible) return Answer::kNo;
  OfferImproved(ReadOff(node.flow()).reviewers, worst);
  if (best_.worst >= worst) return Answer::kYes;
  if (node.Below() > kMostBelow) return Answer::kUnknown;
  Begin();
  RETURN_IF_ERROR(Branch(node, /*decide=*/true, 0));
  if (best_.worst >= worst) return Answer::kYes;
  return complete_ ? Answer::kNo : Answer::kUnknown;
}

absl::Status FairSearch::FindUtility() {
  if (reached_) utility_bound_ = std::min(utility_bound_, reached_->Bound());
  FairNode node(start_, best_.worst);
  node.Tighten();
  utility_bound_ = std::min(utility_bound_, node.Bound());
  const Outcome outcome = node.Raise(kRaiseWork);
  utility_bound_ = std::min(utility_bound_, node.Bound());
  Offer(node.flow());
  if (outcome == Outcome::kReached) {
    node.Lower(kRaiseWork);
    Offer(node.flow());
    utility_bound_ = std::min(utility_bound_, node.Bound());
  }
  if (utility_bound_ <= best_.utility) return absl::OkStatus();
  OfferImproved(ReadOff(node.flow()).reviewers, best_.worst);
  OfferImproved(best_.reviewers, best_.worst);
  if (utility_bound_ <= best_.utility) return absl::OkStatus();
  Begin();
  RETURN_IF_ERROR(Branch(node, /*decide=*/false, 0));
  if (complete_) utility_bound_ = std::min(utility_bound_, most_seen_);
  return absl::OkStatus();
}

// Depth first. `decide`: ends as soon as the node's worst is reached;
// otherwise looks for the greatest utility at it.
absl::Status FairSearch::Branch(const FairNode& node, bool decide,
                                int64_t depth) {
  if (work_left_ <= 0 || depth >= kMostDepth || depth * pairs_ >= kMostCopied) {
    complete_ = false;
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Step(++nodes_, 0));
  const int64_t bound = node.Bound();
  work_left_ -= pairs_;
  if (bound == std::numeric_limits<int64_t>::min()) return absl::OkStatus();
  if (!decide && bound <= best_.utility) return absl::OkStatus();
  const std::optional<int32_t> culprit = node.Culprit();
  if (!culprit) return absl::OkStatus();
  return BranchOn(node, *culprit, decide, depth);
}

// The paper goes without its first reviewer; or keeps the first and goes
// without the second; and so on; or keeps all of them.
absl::Status FairSearch::BranchOn(const FairNode& node, int32_t paper,
                                  bool decide, int64_t depth) {
  const auto seats = node.flow().Seats(paper);
  const std::vector<int32_t> reviewers(seats.begin(), seats.end());
  FairNode rest = node;
  for (size_t i = 0; i <= reviewers.size(); ++i) {
    FairNode child = rest;
    if (i < reviewers.size()) {
      if (rest.flow().IsKept(paper, static_cast<int32_t>(i))) continue;
      rest.Keep(paper, reviewers[i]);
      if (!child.Exclude(paper, reviewers[i])) continue;
    }
    if (!child.Tighten(paper)) continue;
    const bool open = Visit(child, decide);
    work_left_ -= pairs_ + child.flow().work() - node.flow().work();
    if (decide && best_.worst >= node.worst()) return absl::OkStatus();
    if (open) RETURN_IF_ERROR(Branch(child, decide, depth + 1));
    if (decide && best_.worst >= node.worst()) return absl::OkStatus();
  }
  return absl::OkStatus();
}

// Solves a relaxation; false when nothing can come of its branches.
bool FairSearch::Visit(FairNode& child, bool decide) {
  const Outcome outcome = child.Raise(work_left_);
  if (outcome == Outcome::kReached) {
    Offer(child.flow());
    if (decide) return false;
    if (child.QuickBound() <= best_.utility) return false;
    child.Lower(work_left_);
    Offer(child.flow());
  }
  return outcome != Outcome::kImpossible;
}

}  // namespace

absl::StatusOr<ReviewResult> SolveFair(const ReviewInstance& instance,
                                       const Progress& progress) {
  CoverFlow flow(instance);
  RETURN_IF_ERROR(FillAll(flow, progress));
  return FairSearch(std::move(flow), progress).Run();
}

}  // namespace jiedui::matcher::engine
