#include "services/matcher/engine/solve/fair_node.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "services/matcher/engine/solve/review_common.h"
#include "services/matcher/engine/solve/sufficient_set.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kUnit = CoverFlow::kUnitWeight;
constexpr int64_t kFirstStep = kUnit / 16;
// Rounds of raising without fewer papers below.
constexpr int kMostIdle = 20;

// Division towards −∞: points are whole, so a bound may be rounded down.
int64_t FloorDivide(WidePoints a, WidePoints b) {
  const WidePoints quotient = a / b;
  return static_cast<int64_t>(quotient - (a % b < 0));
}

}  // namespace

bool FairNode::Tighten() {
  for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
    if (!Tighten(paper)) return false;
  }
  return true;
}

bool FairNode::Tighten(int32_t paper) {
  int32_t open = flow_.instance().cover[paper];
  if (open == 0) return true;
  int64_t sum = 0;
  const auto seats = flow_.Seats(paper);
  const auto is_kept = [&](int32_t reviewer) {
    for (size_t i = 0; i < seats.size(); ++i) {
      if (seats[i] == reviewer) return flow_.IsKept(paper, i);
    }
    return false;
  };
  for (size_t i = 0; i < seats.size(); ++i) {
    if (!flow_.IsKept(paper, i)) continue;
    --open;
    sum += flow_.instance().score(seats[i], paper);
  }
  if (open == 0) {  // its condition holds or not, and costs nothing
    flow_.SetWeight(paper, kUnit);
    return sum >= worst_;
  }
  // The best of those not kept: all but one of them, and the last one.
  int64_t companions = sum;
  int64_t last = 0;
  for (const CoverFlow::Candidate& candidate : flow_.Candidates(paper)) {
    if (is_kept(candidate.reviewer)) continue;
    if (--open > 0) {
      companions += candidate.score;
    } else {
      last = candidate.score;
      break;
    }
  }
  if (open > 0 || companions + last < worst_) return false;
  // Who is not enough beside the best companions is not enough at all.
  return flow_.ExcludeBelow(paper, std::min(last, worst_ - companions)) &&
         flow_.FirstBelowLeast() == CoverFlow::kNobody;
}

FairNode::Outcome FairNode::Raise(int64_t work) {
  const int64_t last = flow_.work() + work;
  int32_t least = flow_.instance().papers;  // papers below, so far
  for (int idle = 0; idle < kMostIdle && flow_.work() < last; ++idle) {
    int32_t below = 0;
    bool moved = false;
    for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
      if (!IsBelow(paper)) continue;
      ++below;
      moved |= RaisePaper(paper);
    }
    if (below == 0) return Outcome::kReached;
    if (WorstBound() < worst_) return Outcome::kImpossible;
    if (!moved) break;
    if (below < least) idle = 0;
    least = std::min(least, below);
  }
  return Below() == 0 ? Outcome::kReached : Outcome::kOpen;
}

// To where the paper's choice changes at the prices there are, or a step
// further. False when the weight is at its greatest already.
bool FairNode::RaisePaper(int32_t paper) {
  const int64_t weight = flow_.weight(paper);
  if (weight >= CoverFlow::kMostWeight) return false;
  const int64_t step = std::max(kFirstStep, (weight - kUnit) / 4);
  flow_.SetWeight(paper, std::min(CoverFlow::kMostWeight,
                                  std::max(weight + step, Turning(paper))));
  return true;
}

// The least weight at which somebody else is worth more than one on a seat.
int64_t FairNode::Turning(int32_t paper) const {
  const auto seats = flow_.Seats(paper);
  int64_t turning = CoverFlow::kMostWeight;
  for (size_t i = 0; i < seats.size(); ++i) {
    if (flow_.IsKept(paper, i)) continue;
    const int64_t score = flow_.instance().score(seats[i], paper);
    const int64_t price = flow_.price(seats[i]);
    for (const CoverFlow::Candidate& candidate : flow_.Candidates(paper)) {
      if (candidate.score <= score) break;
      if (flow_.Has(paper, candidate.reviewer)) continue;
      const int64_t dearer = flow_.price(candidate.reviewer) - price;
      turning = std::min(turning, dearer / (candidate.score - score) + 1);
    }
  }
  return turning;
}

void FairNode::Lower(int64_t work) {
  const int64_t last = flow_.work() + work;
  for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
    if (flow_.work() >= last) return;
    if (flow_.weight(paper) > kUnit) LowerPaper(paper);
  }
}

// The least weight, to some precision, with which nobody is below.
void FairNode::LowerPaper(int32_t paper) {
  int64_t high = flow_.weight(paper);
  int64_t low = kUnit;
  flow_.SetWeight(paper, low);
  if (Below() == 0) return;
  while (high - low > std::max<int64_t>(1, (high - kUnit) / 16)) {
    const int64_t middle = low + (high - low) / 2;
    flow_.SetWeight(paper, middle);
    (Below() == 0 ? high : low) = middle;
  }
  // Ties may be broken otherwise than before: then the paper stays below, or
  // another one does, and the assignment is merely not offered.
  flow_.SetWeight(paper, high);
}

int32_t FairNode::Below() const {
  int32_t count = 0;
  for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
    count += IsBelow(paper);
  }
  return count;
}

std::optional<int32_t> FairNode::Culprit() const {
  std::optional<int32_t> culprit;
  WidePoints most = 0;
  for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
    if (IsBelow(paper)) return paper;
    const WidePoints cost =
        WidePoints{flow_.weight(paper) - kUnit} * (flow_.Sum(paper) - worst_);
    if (cost > most) {
      most = cost;
      culprit = paper;
    }
  }
  return culprit;
}

int64_t FairNode::Bound() const {
  WidePoints bound = flow_.BoundOfReviewers();
  for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
    const std::optional<WidePoints> most = PaperBound(paper);
    if (!most) return std::numeric_limits<int64_t>::min();
    bound += *most;
  }
  return std::min(FloorDivide(bound, kUnit), QuickBound());
}

// What the paper's set, kept seats and all, is worth at most at the prices;
// nothing when there is no sufficient set.
std::optional<WidePoints> FairNode::PaperBound(int32_t paper) const {
  const ReviewInstance& instance = flow_.instance();
  const auto worth = [&](int64_t score, int32_t reviewer) {
    return kUnit * score - flow_.price(reviewer);
  };
  const auto seats = flow_.Seats(paper);
  // At the unit weight the set on the seats is the best of all.
  const bool best = flow_.weight(paper) == kUnit && !IsBelow(paper);
  WidePoints sum = 0;
  int64_t need = worst_;
  int32_t open = 0;
  for (size_t i = 0; i < seats.size(); ++i) {
    if (!best && !flow_.IsKept(paper, i)) {
      ++open;
      continue;
    }
    const int64_t score = instance.score(seats[i], paper);
    sum += worth(score, seats[i]);
    need -= score;
  }
  if (best || seats.empty()) return sum;
  std::vector<SetItem> items;
  for (const CoverFlow::Candidate& candidate : flow_.Candidates(paper)) {
    const auto seat = std::find(seats.begin(), seats.end(), candidate.reviewer);
    if (seat != seats.end() && flow_.IsKept(paper, seat - seats.begin())) {
      continue;
    }
    items.push_back(
        {worth(candidate.score, candidate.reviewer), candidate.score});
  }
  const int64_t most =
      BestSufficientSet(items, open, need, flow_.weight(paper) - kUnit);
  if (most == std::numeric_limits<int64_t>::min()) return std::nullopt;
  return sum + most;
}

int64_t FairNode::QuickBound() const {
  WidePoints bound = flow_.Value();
  for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
    bound -= WidePoints{flow_.weight(paper) - kUnit} * worst_;
  }
  return FloorDivide(bound, kUnit);
}

int64_t FairNode::WorstBound() const {
  WidePoints value = 0;
  WidePoints weights = 0;
  for (int32_t paper = 0; paper < flow_.instance().papers; ++paper) {
    if (!Counts(flow_.instance(), paper)) continue;
    value += WidePoints{flow_.weight(paper)} * flow_.Sum(paper);
    weights += flow_.weight(paper);
  }
  if (weights == 0) return std::numeric_limits<int64_t>::max();
  return FloorDivide(value, weights);
}

}  // namespace jiedui::matcher::engine
