#include "tests/bench/engine/peer_avx2.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace jiedui::bench {
namespace {

constexpr size_t kBlock = 4096;  // rows sifted before they are scored

bool Passes(const SieveColumns& columns, const Sieve& sieve, size_t row) {
  const uint16_t served = columns.served[row];
  if (std::find(sieve.regions.begin(), sieve.regions.end(), served) ==
      sieve.regions.end()) {
    return false;
  }
  const uint16_t traits = columns.traits[row];
  if ((traits & sieve.all_traits) != sieve.all_traits) return false;
  if (sieve.any_trait != 0 && (traits & sieve.any_trait) == 0) return false;
  if (columns.free_from[row] >= sieve.end ||
      columns.free_to[row] <= sieve.start) {
    return false;
  }
  for (size_t word = 0; word < kDisciplineWords; ++word) {
    if (sieve.disciplines[word] != 0 &&
        (columns.disciplines[word][row] & sieve.disciplines[word]) != 0) {
      return true;
    }
  }
  return false;
}

// Writes the rows from `begin` to `end` that pass to `passed`; returns how
// many.
size_t SiftScalar(const SieveColumns& columns, const Sieve& sieve, size_t begin,
                  size_t end, int32_t* passed) {
  size_t count = 0;
  for (size_t row = begin; row < end; ++row) {
    if (Passes(columns, sieve, row)) {
      passed[count++] = static_cast<int32_t>(row);
    }
  }
  return count;
}

#if defined(__x86_64__)
#define JIEDUI_AVX2 __attribute__((target("avx2")))

constexpr size_t kLanes = 16;

JIEDUI_AVX2 inline __m256i Load(const void* from) {
  return _mm256_loadu_si256(static_cast<const __m256i*>(from));
}
JIEDUI_AVX2 inline __m256i All(uint16_t value) {
  return _mm256_set1_epi16(static_cast<int16_t>(value));
}

// All ones in the lanes of sixteen rows that pass.
JIEDUI_AVX2 inline __m256i Passing(const SieveColumns& columns,
                                   const Sieve& sieve, size_t row) {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i served = Load(&columns.served[row]);
  __m256i pass = zero;
  for (const uint16_t region : sieve.regions) {
    pass = _mm256_or_si256(pass, _mm256_cmpeq_epi16(served, All(region)));
  }
  if (_mm256_testz_si256(pass, pass)) return zero;

  const __m256i traits = Load(&columns.traits[row]);
  const __m256i all = All(sieve.all_traits);
  pass = _mm256_and_si256(
      pass, _mm256_cmpeq_epi16(_mm256_and_si256(traits, all), all));
  if (sieve.any_trait != 0) {
    const __m256i any = _mm256_and_si256(traits, All(sieve.any_trait));
    pass = _mm256_andnot_si256(_mm256_cmpeq_epi16(any, zero), pass);
  }

  const __m256i end = _mm256_set1_epi16(sieve.end);
  const __m256i start = _mm256_set1_epi16(sieve.start);
  pass = _mm256_and_si256(
      pass, _mm256_cmpgt_epi16(end, Load(&columns.free_from[row])));
  pass = _mm256_and_si256(
      pass, _mm256_cmpgt_epi16(Load(&columns.free_to[row]), start));
  if (_mm256_testz_si256(pass, pass)) return zero;

  __m256i shared = zero;
  for (size_t word = 0; word < kDisciplineWords; ++word) {
    if (sieve.disciplines[word] == 0) continue;
    shared = _mm256_or_si256(
        shared, _mm256_and_si256(Load(&columns.disciplines[word][row]),
                                 All(sieve.disciplines[word])));
  }
  return _mm256_andnot_si256(_mm256_cmpeq_epi16(shared, zero), pass);
}

JIEDUI_AVX2 size_t SiftAvx2(const SieveColumns& columns, const Sieve& sieve,
                            size_t begin, size_t end, int32_t* passed) {
  constexpr uint32_t kOneBitALane = 0x55555555;
  size_t count = 0;
  size_t row = begin;
  for (; row + kLanes <= end; row += kLanes) {
    const __m256i pass = Passing(columns, sieve, row);
    auto bits = static_cast<uint32_t>(_mm256_movemask_epi8(pass));
    for (bits &= kOneBitALane; bits != 0; bits &= bits - 1) {
      passed[count++] = static_cast<int32_t>(
          row + static_cast<size_t>(std::countr_zero(bits)) / 2);
    }
  }
  return count + SiftScalar(columns, sieve, row, end, passed + count);
}

#undef JIEDUI_AVX2
#endif

using Sift = size_t (*)(const SieveColumns&, const Sieve&, size_t, size_t,
                        int32_t*);

Sift SiftBy(Instructions instructions) {
#if defined(__x86_64__)
  if (instructions == Instructions::kBest && HasAvx2()) return SiftAvx2;
#endif
  return SiftScalar;
}

}  // namespace

bool HasAvx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

std::vector<Ranked> BestByBruteForce(const SieveColumns& columns,
                                     const Sieve& sieve, int k, Rank rank,
                                     Instructions instructions) {
  const Sift sift = SiftBy(instructions);
  const size_t rows = columns.served.size();
  const auto most = static_cast<size_t>(k);
  std::array<int32_t, kBlock> passed;
  std::vector<Ranked> best;  // a heap, the worst at the top
  best.reserve(most + 1);
  for (size_t begin = 0; begin < rows; begin += kBlock) {
    const size_t end = std::min(rows, begin + kBlock);
    const size_t count = sift(columns, sieve, begin, end, passed.data());
    for (const int32_t row : std::span(passed.data(), count)) {
      Ranked ranked = {.row = row};
      if (!rank(ranked)) continue;
      if (best.size() == most && !(ranked < best.front())) continue;
      best.push_back(ranked);
      std::push_heap(best.begin(), best.end());
      if (best.size() <= most) continue;
      std::pop_heap(best.begin(), best.end());
      best.pop_back();
    }
  }
  std::sort_heap(best.begin(), best.end());
  return best;
}

}  // namespace jiedui::bench
