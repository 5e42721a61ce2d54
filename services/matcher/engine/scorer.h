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
  static constexpr size_t kMostFeatures = 24;  // beyond any Feature

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
  // ‰ of the part that a feature makes up; 0 when it is not looked at.
  int32_t WeightOf(Feature feature) const {
    return weights_[static_cast<size_t>(feature)];
  }
  // Points for one feature, and for a weight of ‰ and an f.
  int32_t PointsFor(Feature feature, const Facts& candidate) const;
  int32_t MostOf(Feature feature) const {
    return Points(WeightOf(feature), kFullMarks);
  }
  static int32_t Points(int32_t weight, int32_t f) {
    return static_cast<int32_t>(int64_t{weight} * f / 1000);
  }

 private:
  struct Term {
    FeatureFunction function = nullptr;
    int32_t weight = 0;
    int32_t rest = 0;  // what the terms after it can add at most
  };

  const Policy& policy_;
  const DemandFacts& demand_;
  std::array<Term, kMostFeatures> terms_;  // all but the text
  size_t count_ = 0;
  std::array<int32_t, kMostFeatures> weights_ = {};  // by Feature
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
