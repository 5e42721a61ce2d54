#include "common/codes/corps.h"

#include "absl/strings/match.h"
#include "common/codes/embedded.h"
#include "common/codes/regions.h"

namespace jiedui::codes {
namespace {

bool EqualsIgnoreCase(std::string_view a, std::string_view b) {
  return absl::EqualsIgnoreCase(absl::string_view(a.data(), a.size()),
                                absl::string_view(b.data(), b.size()));
}

}  // namespace

bool IsCalled(std::string_view text, std::string_view zh, std::string_view en,
              std::string_view aliases) {
  if (text.empty()) return false;
  if (text == zh || EqualsIgnoreCase(text, en)) return true;
  while (!aliases.empty()) {
    if (EqualsIgnoreCase(text, TakeField(aliases, '|'))) return true;
  }
  return false;
}

Tier TierOfRegion(const Region& region) {
  switch (region.level()) {
    case RegionLevel::kProvince:
      return Tier::kProvince;
    case RegionLevel::kCity:
      return Tier::kCity;
    case RegionLevel::kCounty:
      return Tier::kCounty;
    case RegionLevel::kTownship:
    case RegionLevel::kVillage:
      return Tier::kTownship;
  }
  return Tier::kTownship;
}

}  // namespace jiedui::codes
