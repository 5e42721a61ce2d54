// Knows the industry: the best of industry similarity (GB/T 4754 ancestry) and
// the crosswalk from the candidate's subjects, which counts for less than to
// have worked in the industry. A demand without industry asks
// nothing.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

int32_t IndustryBySubject(const Policy& policy, const DemandFacts& demand,
                          SubjectIndex subject) {
  return demand.crosswalk[subject] * policy.crosswalk_weight / 1000;
}

FeatureValue IndustryFeature(const Policy& policy, const DemandFacts& demand,
                             const Facts& candidate) {
  if (demand.industry == kNoIndustry) return {1000, kFullMarks};
  int32_t best = 0;  // ‰
  for (IndustryIndex industry : candidate.industries) {
    best = std::max<int32_t>(best, demand.industry_similarity[industry]);
  }
  for (const SkillFact& skill : candidate.skills) {
    best = std::max(best, IndustryBySubject(policy, demand, skill.subject));
  }
  return {best, best * (kFullMarks / 1000)};
}

}  // namespace jiedui::matcher::engine
