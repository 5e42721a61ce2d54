// How often offers were accepted, smoothed towards the usual.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue AcceptanceFeature(const Context& context,
                               const DemandFacts& demand,
                               const Facts& candidate) {
  const Policy& policy = context.policy;
  const int64_t accepted =
      int64_t{1000} * candidate.accepted +
      int64_t{policy.acceptance_prior} * policy.acceptance_prior_count;
  const int64_t offered =
      int64_t{candidate.offered} + policy.acceptance_prior_count;
  const int64_t rate = accepted / offered;
  return {rate, static_cast<int32_t>(accepted * 1000 / offered)};
}

}  // namespace jiedui::matcher::engine
