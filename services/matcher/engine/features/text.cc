// Speaks of the same things: weight of the shared taxonomy terms, Han bigrams
// and words, saturating at an anchor frozen in the policy.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

namespace {

// Most tokens of a candidate are none of the demand's: a bit tells.
bool MayAsk(const DemandFacts& demand, TokenId token) {
  const size_t bit = DemandFacts::BloomBit(token);
  return demand.bloom[bit / 64] >> bit % 64 & 1;
}

}  // namespace

int32_t TextMarks(const Policy& policy, int64_t matched) {
  return static_cast<int32_t>(matched * kFullMarks /
                              (matched + policy.text_anchor));
}

int32_t TextWeight(const Policy& policy, TokenId token) {
  return IsTerm(token) ? policy.text_term_weight : policy.text_bigram_weight;
}

int32_t MostText(const Policy& policy, const DemandFacts& demand) {
  int64_t all = 0;
  for (TokenId token : demand.tokens) all += TextWeight(policy, token);
  return TextMarks(policy, all);
}

FeatureValue TextFeature(const Policy& policy, const DemandFacts& demand,
                         const Facts& candidate) {
  int64_t matched = 0;
  ForEachToken(candidate.tokens, [&](TokenId token) {
    if (!MayAsk(demand, token)) return;
    if (std::binary_search(demand.tokens.begin(), demand.tokens.end(), token)) {
      matched += TextWeight(policy, token);
    }
  });
  return {matched, TextMarks(policy, matched)};
}

}  // namespace jiedui::matcher::engine
