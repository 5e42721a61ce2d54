// Turns features into points. The only place where points are made.
#pragma once

#include <array>
#include <cstdint>

#include "services/matcher/engine/facts.h"
#include "services/matcher/engine/features/feature.h"
#include "services/matcher/engine/plan.h"

namespace jiedui::matcher::engine {

// The part's own score, Σ ⌊weight · f / 1000⌋, 0 … kFullMarks, for many
// candidates of one demand. Texts are long, so that they can be left to the
// last and to those who still matter: Score = WithoutText + TextOf.
class Scorer {
 public:
  // Keeps references; both must outlive it.
  Scorer(const Policy& policy, Part part, const DemandFacts& demand);

  int32_t Score(const Facts& candidate) const {
    return WithoutText(candidate, 0) + TextOf(candidate);
  }
  // When that is at least `least`; otherwise some number below, found by
  // looking at no more features than need be.
  int32_t WithoutText(const Facts& candidate, int32_t least) const;
  int32_t TextOf(const Facts& candidate) const;
  // TextOf anybody at most.
  int32_t most_text() const { return most_text_; }
  // WithoutText of anybody at most, whose subjects cover the demand by
  // `subject_f`.
  int32_t MostWithoutText(int32_t subject_f) const;

 private:
  static constexpr size_t kMostFeatures = 24;
  struct Term {
    FeatureFunction function = nullptr;
    int32_t weight = 0;
    int32_t rest = 0;  // what the terms after it can add at most
  };

  const Policy& policy_;
  const DemandFacts& demand_;
  std::array<Term, kMostFeatures> terms_;  // all but the text
  size_t count_ = 0;
  int32_t subject_weight_ = 0;
  int32_t text_weight_ = 0;
  int32_t most_text_ = 0;
};

// The candidate with every entry, and points inside a bundle; `seats` divides
// them (talents). `resource` and `tier_distance` are left empty.
Choice Assess(const Policy& policy, Part part, const DemandFacts& demand,
              const Facts& candidate, int32_t seats = 1);

// Points that a part's score of one seat earns in a bundle: what Assess adds
// up, without the entries.
int64_t PointsOf(const Policy& policy, Part part, const DemandFacts& demand,
                 const Facts& candidate, int32_t seats = 1);

// The enterprise part when the requester is the enterprise helped.
Choice AssessRequester(const Policy& policy);

// A synergy of `weight` ‰ of the bundle.
Entry AssessSynergy(const Policy& policy, Feature feature, int32_t weight,
                    const DemandFacts& demand, const Facts& candidate);

}  // namespace jiedui::matcher::engine
