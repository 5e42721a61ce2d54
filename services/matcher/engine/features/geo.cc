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

// exp(−minutes / 120) in micro-units; 0 from 2^11 minutes on.
int32_t Decay(uint32_t minutes) {
  if (minutes >= 1u << kDecay.size()) return 0;
  uint64_t product = uint64_t{1} << 32;
  for (size_t i = 0; i < kDecay.size(); ++i) {
    if (minutes >> i & 1) product = product * kDecay[i] >> 32;
  }
  return static_cast<int32_t>(product * kFullMarks >> 32);
}

}  // namespace

FeatureValue GeoFeature(const Context& context, const DemandFacts& demand,
                        const Facts& candidate) {
  if (demand.mode != Mode::kOnSite) return {0, kFullMarks};
  const int32_t minutes = context.tables.Minutes(demand.place, candidate.place);
  return {minutes, Decay(static_cast<uint32_t>(minutes))};
}

}  // namespace jiedui::matcher::engine
