// The team is the expert's own (带领一个团队): he leads it or is one of it.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue TogetherFeature(const Policy& policy, const DemandFacts& demand,
                             const Facts& candidate) {
  if (demand.expert == kNobody) return {};
  if (candidate.leader == demand.expert) return {2, kFullMarks};
  const bool member = std::binary_search(
      candidate.members.begin(), candidate.members.end(), demand.expert);
  return member ? FeatureValue{1, kFullMarks} : FeatureValue{};
}

FeatureValue OwnerFeature(const Policy& policy, const DemandFacts& demand,
                          const Facts& candidate) {
  if (demand.expert == kNobody || candidate.leader != demand.expert) return {};
  return {1, kFullMarks};
}

}  // namespace jiedui::matcher::engine
