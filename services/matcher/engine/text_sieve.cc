#include "services/matcher/engine/text_sieve.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "services/matcher/engine/digest.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace jiedui::matcher::engine {
namespace {

// Bytes hold the sums of so many planes: 8 bits · (2^5 − 1).
constexpr size_t kPlanesInBytes = 5;

bool HasAvx2() {
#if defined(__x86_64__)
  static const bool has = __builtin_cpu_supports("avx2");
  return has;
#else
  return false;
#endif
}

}  // namespace

void TextSieve::Add(TokenId token, int32_t weight) {
  const uint32_t bit = SignatureBit(token);
  const int64_t sum = int64_t{weights_[bit]} + weight;
  weights_[bit] = static_cast<uint8_t>(std::min<int64_t>(sum, kMost));
  for (size_t i = 0; i < kPlanes; ++i) {
    const uint64_t one = weights_[bit] >> i & 1;
    planes_[i] = (planes_[i] & ~(uint64_t{1} << bit)) | one << bit;
    if (one != 0) used_ = std::max(used_, i + 1);
  }
}

void TextSieve::Match(std::span<const uint64_t> signatures, uint8_t* matched,
                      Instructions instructions) const {
  if (used_ == 0) {
    std::memset(matched, 0, signatures.size());
    return;
  }
  size_t done = 0;
  if (instructions == Instructions::kBest && used_ <= kPlanesInBytes &&
      HasAvx2()) {
    done = MatchByAvx2(signatures, matched);
  }
  MatchByBits(signatures.subspan(done), matched + done);
}

void TextSieve::MatchByBits(std::span<const uint64_t> signatures,
                            uint8_t* matched) const {
  for (size_t i = 0; i < signatures.size(); ++i) {
    uint32_t sum = 0;
    for (size_t plane = 0; plane < used_; ++plane) {
      sum +=
          static_cast<uint32_t>(std::popcount(signatures[i] & planes_[plane]))
          << plane;
    }
    matched[i] = static_cast<uint8_t>(std::min(sum, kMost));
  }
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) size_t TextSieve::MatchByAvx2(
    std::span<const uint64_t> signatures, uint8_t* matched) const {
  constexpr size_t kAtOnce = 4;
  // Bits set in a number of four bits, times the weight of the plane.
  const __m256i ones =
      _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1,
                       2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
  const __m256i low = _mm256_set1_epi8(0xf);
  const __m256i first_halves = _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6);
  size_t i = 0;
  for (; i + kAtOnce <= signatures.size(); i += kAtOnce) {
    const __m256i signature = _mm256_loadu_si256(
        reinterpret_cast<const __m256i*>(signatures.data() + i));
    __m256i sums = _mm256_setzero_si256();
    __m256i counts = ones;
    for (size_t plane = 0; plane < used_; ++plane) {
      const __m256i bits = _mm256_and_si256(
          signature, _mm256_set1_epi64x(static_cast<int64_t>(planes_[plane])));
      const __m256i high = _mm256_and_si256(_mm256_srli_epi32(bits, 4), low);
      sums = _mm256_add_epi8(
          sums, _mm256_shuffle_epi8(counts, _mm256_and_si256(bits, low)));
      sums = _mm256_add_epi8(sums, _mm256_shuffle_epi8(counts, high));
      counts = _mm256_add_epi8(counts, counts);
    }
    const __m256i wide = _mm256_sad_epu8(sums, _mm256_setzero_si256());
    const __m128i narrow =
        _mm256_castsi256_si128(_mm256_permutevar8x32_epi32(wide, first_halves));
    const __m128i words = _mm_packs_epi32(narrow, narrow);
    const int32_t four = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
    std::memcpy(matched + i, &four, kAtOnce);
  }
  return i;
}
#else
size_t TextSieve::MatchByAvx2(std::span<const uint64_t>, uint8_t*) const {
  return 0;
}
#endif

}  // namespace jiedui::matcher::engine
