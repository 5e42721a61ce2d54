#include "tools/corps/places.h"

#include <algorithm>
#include <string_view>

#include "tools/corps/weights.h"

namespace jiedui::corps {
namespace {

using codes::Region;
using codes::RegionLevel;
using codes::Tier;

// How flat the top of Zipf's law is among counties, and among towns.
constexpr uint64_t kCountyHead = 5;
constexpr uint64_t kTownHead = 3;

constexpr size_t kHanBytes = 3;  // Of one Chinese character in UTF-8.

bool EndsWith(std::string_view name, std::string_view ending) {
  return name.ends_with(ending);
}

}  // namespace

Places::Places(uint64_t seed, const Region* scope) {
  FindCounties(scope);
  for (const Tier tier :
       {Tier::kProvince, Tier::kCity, Tier::kCounty, Tier::kTownship}) {
    AddPlaces(tier, scope);
  }
  WeighCounties(seed);
  WeighTowns(seed);
  WeighUpperTiers();
}

// A township as scope brings its county along, for its industries.
void Places::FindCounties(const Region* scope) {
  for (const Region& region : codes::AllRegions()) {
    if (scope != nullptr && !region.IsWithin(*scope)) continue;
    const Region* county = region.AncestorAt(RegionLevel::kCounty);
    if (county == nullptr || county->is_placeholder()) continue;
    if (!counties_.empty() && counties_.back().region == county) continue;
    const bool urban =
        county->is_city_without_counties() || EndsWith(county->name(), "区");
    counties_.push_back({county, urban, {}, 0});
  }
}

void Places::AddPlaces(Tier tier, const Region* scope) {
  for (const Region& region : codes::AllRegions()) {
    if (scope != nullptr && !region.IsWithin(*scope)) continue;
    if (region.is_placeholder() || region.level() == RegionLevel::kVillage ||
        codes::TierOfRegion(region) != tier) {
      continue;
    }
    const Range served = CountiesIn(region);
    if (served.empty()) continue;
    if (tier == Tier::kTownship) {
      Range& towns = counties_[served.first].towns;
      const auto at = static_cast<uint32_t>(places_.size());
      if (towns.empty()) towns = {at, at};
      ++towns.last;
    }
    position_.emplace(&region, static_cast<uint32_t>(places_.size()));
    places_.push_back(
        {&region, tier, ParentOf(region), HomesOf(region, tier), served, 0});
  }
}

// Counties stand in the order of the table, so that a region's are together.
Range Places::CountiesIn(const Region& region) const {
  const Region* own = region.AncestorAt(RegionLevel::kCounty);
  const Region* first = own == nullptr ? &region : own;
  const auto begin = std::partition_point(
      counties_.begin(), counties_.end(),
      [first](const County& county) { return county.region < first; });
  const auto end = std::partition_point(
      begin, counties_.end(), [first](const County& county) {
        return county.region->IsWithin(*first);
      });
  return {static_cast<uint32_t>(begin - counties_.begin()),
          static_cast<uint32_t>(end - counties_.begin())};
}

Range Places::HomesOf(const Region& region, Tier tier) const {
  if (tier != Tier::kProvince) return CountiesIn(region);
  // The capital's code is the first of its province.
  return CountiesIn(*region.children().begin());
}

uint32_t Places::ParentOf(const Region& region) const {
  for (const Region* at = region.parent(); at != nullptr; at = at->parent()) {
    const auto found = position_.find(at);
    if (found != position_.end()) return found->second;
  }
  return kNowhere;
}

void Places::WeighCounties(uint64_t seed) {
  Random random(seed, kStreamCounties, 0);
  const std::vector<uint32_t> ranks = Shuffled(counties_.size(), random);
  for (size_t i = 0; i < counties_.size(); ++i) {
    counties_[i].weight = ZipfWeight(ranks[i], kCountyHead);
  }
}

void Places::WeighTowns(uint64_t seed) {
  for (const County& county : counties_) {
    Random random(seed, kStreamTowns, county.region->code());
    const uint32_t count = county.towns.size();
    const std::vector<uint32_t> ranks = Shuffled(count, random);
    uint64_t sum = 0;
    for (size_t rank = 0; rank < count; ++rank) {
      sum += ZipfWeight(rank, kTownHead);
    }
    for (uint32_t i = 0; i < count; ++i) {
      places_[county.towns.first + i].weight =
          county.weight * ZipfWeight(ranks[i], kTownHead) / sum;
    }
  }
}

void Places::WeighUpperTiers() {
  for (Place& place : places_) {
    if (place.tier == Tier::kTownship) continue;
    for (uint32_t i = place.served.first; i < place.served.last; ++i) {
      place.weight += counties_[i].weight;
    }
  }
}

const Region& Places::PickTown(const County& county, Random& random) const {
  if (county.towns.empty()) return *county.region;
  // Of two towns, the heavier the likelier: as skewed as it has to be, without
  // a table for every county.
  const Place& one = places_[county.towns.Pick(random)];
  const Place& other = places_[county.towns.Pick(random)];
  return random.Below(one.weight + other.weight) < one.weight ? *one.region
                                                              : *other.region;
}

const Region& Places::PickHome(const Place& place, Random& random) const {
  if (place.tier == Tier::kTownship) return *place.region;
  const County& county = counties_[place.homes.Pick(random)];
  return county.region->is_city_without_counties() ? PickTown(county, random)
                                                   : *county.region;
}

std::string FullName(const Region& region) {
  std::string name(region.name());
  if (region.level() < RegionLevel::kTownship ||
      name.starts_with(region.parent()->name())) {
    return name;
  }
  return name.insert(0, region.parent()->name());
}

std::string ShortName(const Region& region) {
  const std::string_view name = region.name();
  if (EndsWith(name, "自治区")) {
    const bool three = name.starts_with("内蒙古");
    return std::string(name.substr(0, (three ? 3 : 2) * kHanBytes));
  }
  for (const std::string_view ending : {"省", "市", "县", "区"}) {
    if (name.size() > 2 * kHanBytes && EndsWith(name, ending)) {
      return std::string(name.substr(0, name.size() - kHanBytes));
    }
  }
  return std::string(name);
}

}  // namespace jiedui::corps
