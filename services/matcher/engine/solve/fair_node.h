// One relaxation of the fair objective: utility with every paper's sum at least
// a given worst. The condition on a paper is priced into its weight (Lagrange),
// so that the exact flow at the weights gives assignments and, with any
// weights, a valid bound.
#pragma once

#include <cstdint>
#include <optional>

#include "services/matcher/engine/solve/cover_flow.h"
#include "services/matcher/engine/solve/review.h"

namespace jiedui::matcher::engine {

class FairNode {
 public:
  // `flow` has all seats filled and weights of at least kUnitWeight.
  FairNode(CoverFlow flow, int64_t worst) : flow_(std::move(flow)) {
    SetWorst(worst);
  }

  void SetWorst(int64_t worst) { worst_ = worst; }
  int64_t worst() const { return worst_; }
  const CoverFlow& flow() const { return flow_; }

  // Excludes what cannot be part of a paper's set of sufficient sum. False when
  // that shows there is no assignment.
  bool Tighten();
  bool Tighten(int32_t paper);

  enum class Outcome { kReached, kImpossible, kOpen };

  // Raises weights of papers below the worst until none is (kReached), until
  // the bound shows that there is no such assignment (kImpossible), or while
  // that gets on and looks at no more than so many pairs.
  Outcome Raise(int64_t work);

  // Lowers weights as far as all papers stay at the worst, which brings utility
  // back; looks at about so many pairs. REQUIRES: Raise has just reached it.
  void Lower(int64_t work);

  // So many papers are below.
  int32_t Below() const;

  // The first of the papers that keep this relaxation from being exact: one
  // below the worst, else the one whose condition costs the bound most.
  // Nothing when the assignment is an optimum.
  std::optional<int32_t> Culprit() const;

  // No assignment with this worst has a greater utility, by the weights and
  // prices, each paper's condition taken exactly. O(pairs).
  int64_t Bound() const;
  // The same by the weights alone, in O(papers).
  int64_t QuickBound() const;
  // No assignment at all has a better worst, by the weights.
  int64_t WorstBound() const;

  // For branching: as CoverFlow's.
  bool Exclude(int32_t paper, int32_t reviewer) {
    return flow_.Exclude(paper, reviewer);
  }
  void Keep(int32_t paper, int32_t reviewer) { flow_.Keep(paper, reviewer); }

 private:
  bool RaisePaper(int32_t paper);
  int64_t Turning(int32_t paper) const;
  void LowerPaper(int32_t paper);
  bool IsBelow(int32_t paper) const {
    return flow_.instance().cover[paper] > 0 && flow_.Sum(paper) < worst_;
  }
  std::optional<WidePoints> PaperBound(int32_t paper) const;

  CoverFlow flow_;
  int64_t worst_ = 0;
};

}  // namespace jiedui::matcher::engine
