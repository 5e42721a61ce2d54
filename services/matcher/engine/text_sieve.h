// The words a demand shares with each of many texts, at most: by the texts'
// signatures only, 32 at a time where the processor can.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "services/matcher/engine/dictionary.h"

namespace jiedui::matcher::engine {

class TextSieve {
 public:
  static constexpr uint32_t kMost = 255;
  enum class Instructions { kBest, kScalar };

  // The demand has this token, which counts `weight`.
  void Add(TokenId token, int32_t weight);

  // For each signature the weights of all tokens that may be in its text, up to
  // kMost. The same for all instructions. REQUIRES: as long a `matched`.
  void Match(std::span<const uint64_t> signatures, uint8_t* matched,
             Instructions instructions = Instructions::kBest) const;

 private:
  static constexpr size_t kPlanes = 8;

  void MatchByBits(std::span<const uint64_t> signatures,
                   uint8_t* matched) const;
  // How many it did: all but the last few.
  size_t MatchByAvx2(std::span<const uint64_t> signatures,
                     uint8_t* matched) const;

  std::array<uint8_t, 64> weights_ = {};       // by bit of a signature
  std::array<uint64_t, kPlanes> planes_ = {};  // the same, by bit of the weight
  size_t used_ = 0;                            // planes
};

}  // namespace jiedui::matcher::engine
