// Speaks of the same things: weight of the shared taxonomy terms, Han bigrams
// and words, saturating at an anchor frozen in the policy.
#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

FeatureValue TextFeature(const Context& context, const DemandFacts& demand,
                         const Facts& candidate) {
  const Policy& policy = context.policy;
  int64_t matched = 0;
  auto a = demand.tokens.begin();
  auto b = candidate.tokens.begin();
  while (a != demand.tokens.end() && b != candidate.tokens.end()) {
    if (*a < *b) {
      ++a;
    } else if (*b < *a) {
      ++b;
    } else {
      matched += a->kind() == text::TokenKind::kTerm
                     ? policy.text_term_weight
                     : policy.text_bigram_weight;
      ++a;
      ++b;
    }
  }
  const int64_t f = matched * kFullMarks / (matched + policy.text_anchor);
  return {matched, static_cast<int32_t>(f)};
}

}  // namespace jiedui::matcher::engine
