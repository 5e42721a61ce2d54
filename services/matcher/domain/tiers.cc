#include "services/matcher/domain/tiers.h"

#include "common/codes/corps.h"
#include "common/codes/regions.h"
#include "services/matcher/domain/recipients.h"

namespace jiedui::matcher {

using type::v1::Tier;

Tier TierOf(std::string_view region) {
  const codes::Region* found = codes::FindRegion(region);
  return found == nullptr ? type::v1::TIER_COUNTY
                          : static_cast<Tier>(codes::TierOfRegion(*found));
}

Tier TierAbove(std::string_view region, Tier tier) {
  if (tier == type::v1::TIER_TOWNSHIP) {
    const codes::Region* found = codes::FindRegion(region);
    const codes::Region* county =
        found == nullptr ? nullptr
                         : found->AncestorAt(codes::RegionLevel::kCounty);
    const bool skips = county != nullptr && county->is_city_without_counties();
    return skips ? type::v1::TIER_CITY : type::v1::TIER_COUNTY;
  }
  return static_cast<Tier>(static_cast<int>(tier) - 1);
}

std::vector<std::string> AskedAt(std::string_view region, Tier tier) {
  std::vector<std::string> asked = {CoordinatorsOf(region, tier)};
  if (tier != type::v1::TIER_PROVINCE) {
    asked.push_back(SocietiesOf(region, tier));
  }
  return asked;
}

}  // namespace jiedui::matcher
