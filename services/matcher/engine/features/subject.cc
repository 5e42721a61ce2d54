// Right specialism (专业对口): Σ weight · best (proficiency · code similarity)
// over the demand's subjects. A skill that has expired by the first day of the
// demand's window does not count.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue SubjectFeature(const Policy& policy, const DemandFacts& demand,
                            const Facts& candidate) {
  int64_t sum = 0;
  int64_t weights = 0;
  for (const DemandFacts::Asked& asked : demand.subjects) {
    int32_t best = 0;  // micro
    for (const SkillFact& skill : candidate.skills) {
      if (skill.expires <= demand.window.start) continue;
      const int32_t similarity = asked.similarity[skill.subject];
      best = std::max(best, similarity * skill.strength);
    }
    sum += int64_t{asked.weight} * best;
    weights += asked.weight;
  }
  if (weights == 0) return {};
  const int64_t f = sum / weights;
  return {f / 1000, static_cast<int32_t>(f)};
}

}  // namespace jiedui::matcher::engine
