// Knows the industry: the best of industry similarity (GB/T 4754 ancestry) and
// the crosswalk from the candidate's subjects, which counts for less than to
// have worked in the industry. A demand without industry asks
// nothing.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue IndustryFeature(const Context& context, const DemandFacts& demand,
                             const Facts& candidate) {
  int32_t best = 0;  // ‰
  if (demand.industry == kNoIndustry) {
    best = 1000;
  }
  for (IndustryIndex industry : candidate.industries) {
    best = std::max(
        best, context.tables.IndustrySimilarity(demand.industry, industry));
  }
  for (const Facts::SkillFact& skill : candidate.skills) {
    const int32_t strength =
        context.tables.Crosswalk(skill.subject, demand.industry);
    best = std::max(best, strength * context.policy.crosswalk_weight / 1000);
  }
  return {best, best * (kFullMarks / 1000)};
}

}  // namespace jiedui::matcher::engine
