// Speaks of the same things: weight of the shared taxonomy terms, Han bigrams
// and words, saturating at an anchor frozen in the policy.
#include <algorithm>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {

namespace {

uint32_t GetNumber(PackedTokens& at) {
  uint32_t number = *at & 0x7f;
  for (int shift = 7; *at++ & 0x80; shift += 7) {
    number |= static_cast<uint32_t>(*at & 0x7f) << shift;
  }
  return number;
}

// Most tokens of a candidate are none of the demand's: a bit tells.
bool MayAsk(const DemandFacts& demand, TokenId token) {
  const size_t bit = DemandFacts::BloomBit(token);
  return demand.bloom[bit / 64] >> bit % 64 & 1;
}

int32_t Saturate(const Policy& policy, int64_t matched) {
  return static_cast<int32_t>(matched * kFullMarks /
                              (matched + policy.text_anchor));
}

int32_t WeightOf(const Policy& policy, TokenId token) {
  return IsTerm(token) ? policy.text_term_weight : policy.text_bigram_weight;
}

}  // namespace

int32_t MostText(const Policy& policy, const DemandFacts& demand) {
  int64_t all = 0;
  for (TokenId token : demand.tokens) all += WeightOf(policy, token);
  return Saturate(policy, all);
}

FeatureValue TextFeature(const Policy& policy, const DemandFacts& demand,
                         const Facts& candidate) {
  if (candidate.tokens == nullptr) return {};
  int64_t matched = 0;
  PackedTokens at = candidate.tokens;
  TokenId token = 0;
  for (uint32_t left = GetNumber(at); left > 0; --left) {
    token += GetNumber(at);
    if (!MayAsk(demand, token)) continue;
    if (!std::binary_search(demand.tokens.begin(), demand.tokens.end(),
                            token)) {
      continue;
    }
    matched += WeightOf(policy, token);
  }
  return {matched, Saturate(policy, matched)};
}

}  // namespace jiedui::matcher::engine
