// Near enough to come: exp(−minutes / 120); full marks when remote will do.
#include <array>
#include <bit>

#include "services/matcher/engine/features/feature.h"

namespace jiedui::matcher::engine {
namespace {

// exp(−2^i / 120) in units of 2^−32, rounded: integers, so that every machine
// gets the same marks.
constexpr std::array<uint64_t, 11> kDecay = {
    4259324619u, 4223977731u, 4154161520u, 4017971906u,
    3758840784u, 3289637164u, 2519626327u, 1478129259u,
    508703782u,  60251806u,   845240u};

constexpr uint32_t kMinutesShown = 1u << kDecay.size();

// exp(−minutes / 120) in micro-units.
constexpr int32_t Decay(uint32_t minutes) {
  uint64_t product = uint64_t{1} << 32;
  for (size_t i = 0; i < kDecay.size(); ++i) {
    if (minutes >> i & 1) product = product * kDecay[i] >> 32;
  }
  return static_cast<int32_t>(product * kFullMarks >> 32);
}

// By minutes; far beyond a day's journey nothing is left.
constexpr std::array<int32_t, kMinutesShown> kMarks = [] {
  std::array<int32_t, kMinutesShown> marks = {};
  for (uint32_t i = 0; i < kMinutesShown; ++i) marks[i] = Decay(i);
  return marks;
}();

}  // namespace

int32_t GeoMarks(int32_t minutes) {
  const auto shown = static_cast<uint32_t>(minutes);
  return shown < kMinutesShown ? kMarks[shown] : 0;
}

FeatureValue GeoFeature(const Policy& policy, const DemandFacts& demand,
                        const Facts& candidate) {
  if (demand.mode != Mode::kOnSite) return {0, kFullMarks};
  const int32_t minutes = Minutes(demand.place, candidate.place);
  return {minutes, GeoMarks(minutes)};
}

}  // namespace jiedui::matcher::engine
