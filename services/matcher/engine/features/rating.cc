// How services were evaluated: mean stars, smoothed towards the usual so that
// one evaluation makes nobody best or worst. One star is 0, five are 1.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue RatingFeature(const Context& context, const DemandFacts& demand,
                           const Facts& candidate) {
  const Policy& policy = context.policy;
  const int64_t sum =
      int64_t{100} * candidate.rating.sum +
      int64_t{policy.rating_prior_stars} * policy.rating_prior_count;
  const int64_t count =
      int64_t{candidate.rating.count} + policy.rating_prior_count;
  const int64_t f = (sum - 100 * count) * (kFullMarks / 400) / count;
  return {sum / count, static_cast<int32_t>(f)};
}

}  // namespace jiedui::matcher::engine
