// How services were evaluated: mean stars, smoothed towards the usual so that
// one evaluation makes nobody best or worst. One star is 0, five are 1.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

int32_t SmoothedRating(const Policy& policy, const Rating& rating) {
  const int64_t sum =
      int64_t{100} * rating.sum +
      int64_t{policy.rating_prior_stars} * policy.rating_prior_count;
  const int64_t count = int64_t{rating.count} + policy.rating_prior_count;
  return static_cast<int32_t>((sum - 100 * count) * (kFullMarks / 400) / count);
}

FeatureValue RatingFeature(const Policy&, const DemandFacts&,
                           const Facts& candidate) {
  const int32_t f = candidate.rating_f;
  return {100 + f / (kFullMarks / 400), f};
}

}  // namespace jiedui::matcher::engine
