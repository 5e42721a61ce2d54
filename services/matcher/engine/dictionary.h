// Numbers for the words of texts and for the names that tell people and units
// apart, so that millions of them take little room and compare quickly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/text/tokens.h"

namespace jiedui::matcher::engine {

// A token of a text. Terms of the taxonomies are odd, all others even.
using TokenId = uint32_t;
inline bool IsTerm(TokenId token) { return token & 1; }

using NameId = int32_t;

// Grows as texts and names are added; not thread-safe while it does.
class Dictionary {
 public:
  // The tokens of a text with the terms of the taxonomies in it, each once, in
  // ascending order.
  std::vector<TokenId> Tokens(std::string_view text);

  // The number of a unit's name or credit code; equal when the normalised forms
  // are. Names and codes are never equal to one another. -1 when it is empty.
  NameId Name(std::string_view name) { return Number('n', name); }
  NameId CreditCode(std::string_view code) { return Number('c', code); }

 private:
  NameId Number(char kind, std::string_view text);

  absl::flat_hash_map<text::Token, TokenId> tokens_;
  absl::flat_hash_map<std::string, NameId> names_;
};

}  // namespace jiedui::matcher::engine
