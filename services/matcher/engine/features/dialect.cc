// 方言: a shared dialect, or Mandarin to get by; nothing asked, nothing missed.
#include <bit>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue DialectFeature(const Policy& policy, const DemandFacts& demand,
                            const Facts& candidate) {
  if (demand.dialects == 0) return {0, kFullMarks};
  const int shared = std::popcount(demand.dialects & candidate.dialects);
  if (shared > 0) return {shared, kFullMarks};
  const uint32_t mandarin = 1u << static_cast<int>(codes::Dialect::kMandarin);
  return {0, candidate.dialects & mandarin ? policy.mandarin_f : 0};
}

}  // namespace jiedui::matcher::engine
