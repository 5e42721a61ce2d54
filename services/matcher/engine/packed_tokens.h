// Reading the tokens of a text as a FactsTable keeps them: their count, then
// the first and the differences of the following, each as a little-endian
// base-128 number.
#pragma once

#include <cstdint>

#include "services/matcher/engine/dictionary.h"

namespace jiedui::matcher::engine {

using PackedTokens = const uint8_t*;

inline uint32_t GetPackedNumber(PackedTokens& at) {
  uint32_t number = *at & 0x7f;
  for (int shift = 7; *at++ & 0x80; shift += 7) {
    number |= static_cast<uint32_t>(*at & 0x7f) << shift;
  }
  return number;
}

// Calls see(TokenId) for each, in ascending order. None when `at` is null.
template <typename See>
void ForEachToken(PackedTokens at, See see) {
  if (at == nullptr) return;
  TokenId token = 0;
  for (uint32_t left = GetPackedNumber(at); left > 0; --left) {
    token += GetPackedNumber(at);
    see(token);
  }
}

}  // namespace jiedui::matcher::engine
