// What a text is searched and compared by. ICU's dictionary segmentation cuts
// technical words apart (罗|非|鱼), so Chinese is indexed by overlapping pairs
// of Han characters, and known terms are found by longest match.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace jiedui::text {

enum class TokenKind : uint8_t {
  kHan = 1,     // a Han character with no Han neighbour
  kBigram = 2,  // two neighbouring Han characters
  kWord = 3,    // a run of other letters and digits; 2.5 is one word
  kTerm = 4,    // the meaning of a term of a Lexicon
};

// One token in 64 bits: the kind in the top 4; below, the Han characters
// themselves (exact), or 60 bits of the FNV-1a hash of a word or term. The same
// on every machine and for ever, so that it may be stored. Orders by kind, then
// by value.
class Token {
 public:
  static Token Han(char32_t c) { return Token(TokenKind::kHan, c); }
  static Token Bigram(char32_t first, char32_t second) {
    return Token(TokenKind::kBigram, uint64_t{first} << 21 | second);
  }
  // REQUIRES: `word` is normalised (normalize.h).
  static Token Word(std::string_view word);
  static Token Term(std::string_view meaning);

  TokenKind kind() const { return static_cast<TokenKind>(bits_ >> 60); }
  uint64_t bits() const { return bits_; }

  // The characters of a bigram. REQUIRES: kind() == kBigram.
  char32_t first() const { return (bits_ >> 21) & kRuneMask; }
  char32_t second() const { return bits_ & kRuneMask; }
  // The character of a lone Han. REQUIRES: kind() == kHan.
  char32_t han() const { return bits_ & kRuneMask; }

  friend auto operator<=>(Token, Token) = default;
  template <typename H>
  friend H AbslHashValue(H h, Token token) {
    return H::combine(std::move(h), token.bits_);
  }

 private:
  static constexpr uint64_t kRuneMask = (1u << 21) - 1;

  Token(TokenKind kind, uint64_t value)
      : bits_(static_cast<uint64_t>(kind) << 60 | value) {}

  uint64_t bits_;
};

// Terms to be found in texts. Immutable, thread-safe.
class Lexicon {
 public:
  // Several words may have one meaning: {"果树", "果树学"}. Of two entries for
  // one word the first holds.
  struct Entry {
    std::string word;
    std::string meaning;
  };

  // Words that do not begin with two Han characters are left out: a shorter
  // one says too little, and others are found as words.
  explicit Lexicon(const std::vector<Entry>& entries);

  // The terms of a normalised text, from left to right, the longest at each
  // place, without overlap; a term that occurs twice is there twice.
  std::vector<Token> Find(std::string_view normalized) const;

 private:
  struct Word {
    std::string text;  // normalised
    Token meaning;
  };
  // By the first two characters; the longest word first.
  absl::flat_hash_map<Token, std::vector<Word>> words_;
};

// Every token of `text` once, in order. With a lexicon also its terms.
std::vector<Token> Tokenize(std::string_view text,
                            const Lexicon* lexicon = nullptr);

}  // namespace jiedui::text
