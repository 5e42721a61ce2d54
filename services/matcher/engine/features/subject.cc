// Right specialism (专业对口): Σ weight · best (proficiency · code similarity)
// over the demand's subjects. A skill that has expired by the first day of the
// demand's window does not count.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue SubjectFeature(const Context& context, const DemandFacts& demand,
                            const Facts& candidate) {
  int64_t sum = 0;
  int64_t weights = 0;
  for (const auto& [subject, weight] : demand.subjects) {
    int64_t best = 0;  // micro
    for (const Facts::SkillFact& skill : candidate.skills) {
      if (skill.expires <= demand.window.start) continue;
      const int64_t similarity =
          context.tables.SubjectSimilarity(subject, skill.subject);
      best = std::max(best, similarity * skill.strength);
    }
    sum += weight * best;
    weights += weight;
  }
  if (weights == 0) return {};
  const int64_t f = sum / weights;
  return {f / 1000, static_cast<int32_t>(f)};
}

}  // namespace jiedui::matcher::engine
