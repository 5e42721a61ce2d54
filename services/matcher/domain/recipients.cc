#include "services/matcher/domain/recipients.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/codes/regions.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

constexpr std::string_view kDemands = "demands/";
constexpr size_t kRegionDigits = 12;
constexpr size_t kLongestId = 64;

codes::RegionLevel LevelOf(type::v1::Tier tier) {
  switch (tier) {
    case type::v1::TIER_PROVINCE:
      return codes::RegionLevel::kProvince;
    case type::v1::TIER_CITY:
      return codes::RegionLevel::kCity;
    case type::v1::TIER_TOWNSHIP:
      return codes::RegionLevel::kTownship;
    default:
      return codes::RegionLevel::kCounty;
  }
}

bool IsId(std::string_view id) {
  return !id.empty() && id.size() <= kLongestId &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return absl::ascii_isalnum(c) || c == '-' || c == '_';
         });
}

bool IsRegion(std::string_view code) {
  return code.size() == kRegionDigits &&
         std::all_of(code.begin(), code.end(), absl::ascii_isdigit);
}

}  // namespace

std::string RegionAtTier(std::string_view region, type::v1::Tier tier) {
  const codes::Region* const found = codes::FindRegion(region);
  if (found == nullptr) return std::string(region);
  const codes::Region* const above = found->AncestorAt(LevelOf(tier));
  return (above == nullptr ? found : above)->CodeText();
}

std::string CoordinatorsOf(std::string_view region, type::v1::Tier tier) {
  return absl::StrCat(kCoordinators.data(), RegionAtTier(region, tier));
}

std::string SocietiesOf(std::string_view region, type::v1::Tier tier) {
  return absl::StrCat(kSocieties.data(), RegionAtTier(region, tier));
}

type::v1::Tier ReviewTierOf(const event::v1::Pairing& pairing) {
  return pairing.review_tier() == type::v1::TIER_UNSPECIFIED
             ? type::v1::TIER_COUNTY
             : pairing.review_tier();
}

std::string RequesterOf(std::string_view demand) {
  if (demand.starts_with(kDemands)) demand.remove_prefix(kDemands.size());
  return std::string(kRequesters).append(demand);
}

bool IsRecipient(std::string_view name) {
  for (std::string_view collection : {kVolunteers, kRequesters}) {
    if (name.starts_with(collection)) {
      return IsId(name.substr(collection.size()));
    }
  }
  for (std::string_view collection : {kCoordinators, kSocieties}) {
    if (name.starts_with(collection)) {
      return IsRegion(name.substr(collection.size()));
    }
  }
  return false;
}

}  // namespace jiedui::matcher
