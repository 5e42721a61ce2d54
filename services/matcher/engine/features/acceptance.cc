// How often offers were accepted, smoothed towards the usual.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

int32_t SmoothedAcceptance(const Policy& policy, int32_t accepted,
                           int32_t offered) {
  const int64_t smoothed =
      int64_t{1000} * accepted +
      int64_t{policy.acceptance_prior} * policy.acceptance_prior_count;
  return static_cast<int32_t>(
      smoothed * 1000 / (int64_t{offered} + policy.acceptance_prior_count));
}

FeatureValue AcceptanceFeature(const Policy&, const DemandFacts&,
                               const Facts& candidate) {
  return {candidate.acceptance_f / 1000, candidate.acceptance_f};
}

}  // namespace jiedui::matcher::engine
