#include "tests/bench/engine/sieve_table.h"

#include <algorithm>
#include <limits>
#include <string>

#include "common/codes/regions.h"
#include "services/matcher/engine/corps.h"
#include "services/matcher/engine/tables.h"

namespace jiedui::bench {
namespace {

namespace match = matcher::engine;
using matcher::engine::Demand;
using matcher::engine::Mode;
using matcher::engine::Volunteer;
using matcher::engine::Window;

constexpr int kWordBits = 16;

// Bits of a row's traits. Tiers are a thermometer: a bit for each that the
// row's is at or below.
constexpr int kTierBits = 0;     // 4
constexpr int kDialectBits = 4;  // 4
constexpr uint16_t kOnSite = 1 << 8;
constexpr uint16_t kRemote = 1 << 9;
constexpr uint16_t kAcademician = 1 << 10;
constexpr uint16_t kFree = 1 << 11;

uint16_t Bit(int bit) { return static_cast<uint16_t>(1u << bit); }
uint16_t TierBit(codes::Tier tier) {
  return Bit(kTierBits + static_cast<int>(tier) - 1);
}
uint16_t DialectMask(const std::vector<codes::Dialect>& dialects) {
  uint16_t mask = 0;
  for (const codes::Dialect dialect : dialects) {
    mask |= Bit(kDialectBits + static_cast<int>(dialect) - 1);
  }
  return mask;
}

uint16_t TraitsOf(const Volunteer& volunteer) {
  uint16_t traits = DialectMask(volunteer.dialects);
  for (const codes::Tier tier :
       {codes::Tier::kProvince, codes::Tier::kCity, codes::Tier::kCounty,
        codes::Tier::kTownship}) {
    if (volunteer.tier >= tier) traits |= TierBit(tier);
  }
  if (volunteer.mode != Mode::kRemote) traits |= kOnSite;
  if (volunteer.mode != Mode::kOnSite) traits |= kRemote;
  if (volunteer.title == codes::Title::kAcademician) traits |= kAcademician;
  if (volunteer.capacity > 0) traits |= kFree;
  return traits;
}

// The standard has 62 disciplines.
template <typename Words>
void SetDiscipline(const std::string& subject, Words& words) {
  const int discipline = match::DisciplineOf(match::IndexOfSubject(subject));
  words[static_cast<size_t>(discipline / kWordBits)] |=
      Bit(discipline % kWordBits);
}

}  // namespace

void SieveTable::Add(const Volunteer& volunteer) {
  using Day = std::numeric_limits<int16_t>;
  const match::PlaceIndex served = match::RegionServed(
      match::IndexOfPlace(volunteer.region), volunteer.tier, volunteer.line);
  const auto number = static_cast<uint16_t>(region_numbers_.size());
  served_.push_back(region_numbers_.try_emplace(served, number).first->second);
  traits_.push_back(TraitsOf(volunteer));
  free_from_.push_back(Day::max());
  free_to_.push_back(Day::min());
  for (const Window& window : volunteer.availability) {
    free_from_.back() =
        std::min(free_from_.back(), static_cast<int16_t>(window.start));
    free_to_.back() =
        std::max(free_to_.back(), static_cast<int16_t>(window.end));
  }
  std::array<uint16_t, kDisciplineWords> words = {};
  for (const auto& skill : volunteer.skills) {
    SetDiscipline(skill.subject, words);
  }
  for (size_t i = 0; i < kDisciplineWords; ++i) {
    disciplines_[i].push_back(words[i]);
  }
}

SieveColumns SieveTable::columns() const {
  return {served_,
          traits_,
          free_from_,
          free_to_,
          {disciplines_[0], disciplines_[1], disciplines_[2], disciplines_[3]}};
}

Sieve SieveTable::SieveFor(const Demand& demand) const {
  Sieve sieve;
  for (const codes::Region* at = codes::FindRegion(demand.region);
       at != nullptr; at = at->parent()) {
    const auto found = region_numbers_.find(match::IndexOf(*at));
    if (found != region_numbers_.end()) sieve.regions.push_back(found->second);
  }
  sieve.all_traits = kFree | TierBit(demand.opened);
  if (demand.mode == Mode::kOnSite) sieve.all_traits |= kOnSite;
  if (demand.mode == Mode::kRemote) sieve.all_traits |= kRemote;
  if (demand.title_min == codes::Title::kAcademician) {
    sieve.all_traits |= kAcademician;
  }
  if (demand.dialect_required) sieve.any_trait = DialectMask(demand.dialects);
  sieve.start = static_cast<int16_t>(demand.window.start);
  sieve.end = static_cast<int16_t>(demand.window.end);
  for (const std::string& subject : demand.subjects) {
    SetDiscipline(subject, sieve.disciplines);
  }
  return sieve;
}

}  // namespace jiedui::bench
