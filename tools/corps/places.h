// Where the corps lives: the associations' places of the four tiers, and the
// counties, each with a weight, so that a few hold much and many hold little.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/codes/corps.h"
#include "common/codes/regions.h"
#include "tools/corps/random.h"

namespace jiedui::corps {

// Positions from `first` up to, not including, `last`.
struct Range {
  uint32_t first = 0;
  uint32_t last = 0;

  uint32_t size() const { return last - first; }
  bool empty() const { return first == last; }
  // REQUIRES: not empty.
  uint32_t Pick(Random& random) const {
    return first + static_cast<uint32_t>(random.Below(size()));
  }
};

// A county, or a city without counties, which is its own.
struct County {
  const codes::Region* region;
  // A district 区 of a city, or a city without counties.
  bool is_urban;
  Range towns;  // Places of the township tier.
  uint64_t weight;
};

// Where an association keeps volunteers and teams: one for every province,
// city, county and township of the scope.
struct Place {
  const codes::Region* region;
  codes::Tier tier;
  // The nearest place it lies in; kNowhere at the top of the scope.
  uint32_t parent;
  // The counties its people live in (those of the capital for a province), and
  // those they work for (all of the province).
  Range homes;
  Range served;
  // Its share of the people of its tier.
  uint64_t weight;
};

inline constexpr uint32_t kNowhere = UINT32_MAX;

// Immutable and thread-safe.
class Places {
 public:
  // Everything within `scope` (a province to a township); all of China when
  // null. Weights follow Zipf's law over the counties, and again over the towns
  // of each, in an order that `seed` decides.
  Places(uint64_t seed, const codes::Region* scope);

  // By tier from the province down, then by code.
  std::span<const Place> places() const { return places_; }
  // By code.
  std::span<const County> counties() const { return counties_; }

  // A town of the county by weight; the county itself when it has none.
  const codes::Region& PickTown(const County& county, Random& random) const;
  // Where people of the place may live: a county or a township.
  const codes::Region& PickHome(const Place& place, Random& random) const;

 private:
  void FindCounties(const codes::Region* scope);
  void AddPlaces(codes::Tier tier, const codes::Region* scope);
  void WeighCounties(uint64_t seed);
  void WeighTowns(uint64_t seed);
  void WeighUpperTiers();
  Range CountiesIn(const codes::Region& region) const;
  Range HomesOf(const codes::Region& region, codes::Tier tier) const;
  uint32_t ParentOf(const codes::Region& region) const;

  std::vector<Place> places_;
  std::vector<County> counties_;
  absl::flat_hash_map<const codes::Region*, uint32_t> position_;  // in places_
};

// "高州市根子镇" for a township, with the region it hangs on before it, unless
// its own name begins with that; of others the name.
std::string FullName(const codes::Region& region);

// "茂名" for 茂名市, "高州" for 高州市, "广西" for 广西壮族自治区; names of two
// characters stay.
std::string ShortName(const codes::Region& region);

}  // namespace jiedui::corps
