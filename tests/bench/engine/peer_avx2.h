// The candidates of one demand by brute force: every row is looked at, sixteen
// at a time, and what passes is scored exactly. The strongest search without an
// index: the columns are as narrow as they can be, side by side, and most rows
// are thrown out without being scored.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"
#include "tests/bench/engine/ranked.h"

namespace jiedui::bench {

inline constexpr size_t kDisciplineWords = 4;

// One value a row in each; all of the same length, unaligned. A row is a
// volunteer; ties go to the smaller row.
struct SieveColumns {
  // A number of the region served.
  std::span<const uint16_t> served;
  // Bits with a meaning between the filler and the asker: capacity left, tier
  // at least t, will come, will work remotely, speaks d, is an academician.
  std::span<const uint16_t> traits;
  // The first and the last free day (the latter not included) from 1970, in all
  // windows: a row may pass and be free only before and after. An empty one
  // (32767, −32768) never passes.
  std::span<const int16_t> free_from;
  std::span<const int16_t> free_to;
  // Bit b of word w: a skill, expired or not, is of discipline 16·w + b.
  std::array<std::span<const uint16_t>, kDisciplineWords> disciplines;
};

// What a row must have to be scored.
struct Sieve {
  std::vector<uint16_t> regions;  // serves one of these
  uint16_t all_traits = 0;        // has all of these
  uint16_t any_trait = 0;         // and one of these; 0 asks for none
  int16_t start = 0;  // is free from before `end` till after `start`
  int16_t end = 0;
  std::array<uint16_t, kDisciplineWords> disciplines = {};  // has one of these
};

enum class Instructions { kBest, kScalar };

// Whether kBest means AVX2 on this machine.
bool HasAvx2();

// Given the row, sets distance and score; false when it is no candidate after
// all.
using Rank = absl::FunctionRef<bool(Ranked&)>;

// The best `k` of the rows that pass `sieve`, best first. `rank` is called once
// for each of them, in order. The same for all instructions. Linear in the
// rows; allocates for the answer only. Thread-safe as far as `rank` is.
// REQUIRES: k > 0.
std::vector<Ranked> BestByBruteForce(const SieveColumns& columns,
                                     const Sieve& sieve, int k, Rank rank,
                                     Instructions instructions);

}  // namespace jiedui::bench
