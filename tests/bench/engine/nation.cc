#include "tests/bench/engine/nation.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "tests/bench/engine/nation_words.h"
#include "tools/corps/credit_codes.h"
#include "tools/corps/names.h"
#include "tools/corps/troubles.h"

namespace jiedui::bench {
namespace {

using codes::Tier;
using corps::Random;

// Of 100 volunteers, by tier from the province down.
constexpr uint64_t kTierShares[] = {5, 15, 50, 30};
constexpr Tier kTiersDown[] = {Tier::kProvince, Tier::kCity, Tier::kCounty,
                               Tier::kTownship};

const codes::Region* ScopeOf(int32_t province) {
  if (province == kAllProvinces) return nullptr;
  return codes::FindRegion(std::to_string(province));
}

std::vector<uint64_t> WeightsOfTier(const corps::Places& places, Tier tier) {
  std::vector<uint64_t> weights;
  for (const corps::Place& place : places.places()) {
    if (place.tier == tier) weights.push_back(place.weight);
  }
  return weights;
}

std::vector<uint64_t> WeightsOfCounties(const corps::Places& places) {
  std::vector<uint64_t> weights;
  for (const corps::County& county : places.counties()) {
    weights.push_back(county.weight);
  }
  return weights;
}

// First by tier, then by place: the order of places.
std::vector<uint64_t> DealVolunteers(uint64_t total,
                                     const corps::Places& places) {
  const std::vector<uint64_t> of_tier = corps::Deal(total, kTierShares);
  std::vector<uint64_t> starts;
  for (size_t i = 0; i < std::size(kTiersDown); ++i) {
    const std::vector<uint64_t> within = corps::Deal(
        of_tier[i + 1] - of_tier[i], WeightsOfTier(places, kTiersDown[i]));
    for (size_t j = 0; j + 1 < within.size(); ++j) {
      starts.push_back(of_tier[i] + within[j]);
    }
  }
  starts.push_back(total);
  return starts;
}

std::vector<uint64_t> SizesOf(const std::vector<uint64_t>& starts) {
  std::vector<uint64_t> sizes(starts.size());
  std::adjacent_difference(starts.begin(), starts.end(), sizes.begin());
  sizes.erase(sizes.begin());
  return sizes;
}

// Near the golden section of `count`, and without a divisor in common: the
// positions of consecutive indices lie far apart.
uint64_t StrideFor(uint64_t count) {
  uint64_t stride = std::max<uint64_t>(1, count * 618 / 1000);
  while (std::gcd(stride, count) != 1) ++stride;
  return stride;
}

// Modulo `count`, by Euclid's algorithm. REQUIRES: no divisor in common.
uint64_t InverseOf(uint64_t stride, uint64_t count) {
  const auto modulus = static_cast<int64_t>(count);
  int64_t a = static_cast<int64_t>(stride), b = modulus;
  int64_t x = 1, next_x = 0;
  while (b != 0) {
    const int64_t quotient = a / b;
    std::swap(a -= quotient * b, b);
    std::swap(x -= quotient * next_x, next_x);
  }
  return static_cast<uint64_t>(((x % modulus) + modulus) % modulus);
}

}  // namespace

NationOptions ProvinceSize() {
  return {.demands = 10'000,
          .volunteers = 100'000,
          .teams = 2'000,
          .projects = 3'000,
          .enterprises = 1'000};
}

NationOptions MillionSize() {
  return {.demands = 100'000,
          .volunteers = 1'000'000,
          .teams = 20'000,
          .projects = 20'000,
          .enterprises = 10'000};
}

NationOptions CountrySize() {
  return {.province = kAllProvinces,
          .demands = 500'000,
          .volunteers = 5'200'000,
          .teams = 110'000,
          .projects = 100'000,
          .enterprises = 50'000};
}

Nation::Nation(const NationOptions& options)
    : options_(options),
      places_(options.seed, ScopeOf(options.province)),
      economy_(options.seed, places_),
      county_weights_(WeightsOfCounties(places_)),
      volunteers_(
          DealVolunteers(static_cast<uint64_t>(options.volunteers), places_)),
      teams_(corps::Deal(static_cast<uint64_t>(options.teams),
                         SizesOf(volunteers_))),
      firms_at_(corps::Deal(static_cast<uint64_t>(options.enterprises),
                            WeightsOfCounties(places_))),
      stride_(StrideFor(static_cast<uint64_t>(options.volunteers))),
      inverse_(InverseOf(stride_, static_cast<uint64_t>(options.volunteers))) {
  const auto township = std::find_if(
      places_.places().begin(), places_.places().end(),
      [](const corps::Place& place) { return place.tier == Tier::kTownship; });
  above_township_ =
      volunteers_[static_cast<size_t>(township - places_.places().begin())];
  FoundFirms();
}

int32_t Nation::specialties() const {
  return kSpecialtiesOfCounty * static_cast<int32_t>(places_.counties().size());
}

void Nation::FoundFirms() {
  firms_.reserve(static_cast<size_t>(options_.enterprises));
  for (uint32_t at = 0; at < places_.counties().size(); ++at) {
    const corps::County& county = places_.counties()[at];
    for (uint64_t i = firms_at_[at]; i < firms_at_[at + 1]; ++i) {
      Random random(options_.seed, kStreamFirms, i);
      Firm firm;
      firm.business = &economy_.PickBusiness(at, random);
      firm.region = &places_.PickTown(county, random);
      firm.name = corps::ShortName(*county.region);
      firm.name += corps::BrandName(random);
      firm.name += firm.business->product;
      firm.name += corps::WordsOf(firm.business->words->trade).body;
      firm.credit_code =
          corps::MakeCreditCode(corps::BodyKind::kCompany, *county.region, i);
      firm.leading = random.Percent(8);
      firms_.push_back(std::move(firm));
    }
  }
}

const Nation::Firm* Nation::PickFirm(uint32_t county, Random& random) const {
  const uint64_t count = firms_at_[county + 1] - firms_at_[county];
  if (count == 0) return nullptr;
  return &firms_[firms_at_[county] + random.Below(count)];
}

uint64_t Nation::PositionOf(int32_t index) const {
  return static_cast<uint64_t>(index) * stride_ %
         static_cast<uint64_t>(options_.volunteers);
}

int32_t Nation::VolunteerAt(uint64_t position) const {
  return static_cast<int32_t>(position * inverse_ %
                              static_cast<uint64_t>(options_.volunteers));
}

int32_t Nation::CapacityOf(uint64_t index, int32_t count,
                           Random& random) const {
  static const corps::Weights kCapacities = {50, 35, 15};
  const auto natural = static_cast<int32_t>(kCapacities.Pick(random)) + 1;
  if (options_.tightness == 0) return natural;
  const uint64_t all = static_cast<uint64_t>(options_.demands) * 1000 /
                       static_cast<uint64_t>(options_.tightness);
  const auto before = [&](uint64_t i) {
    return all * i / static_cast<uint64_t>(count);
  };
  return static_cast<int32_t>(before(index + 1) - before(index));
}

match::Problem Nation::Whole() const {
  match::Problem problem;
  const auto fill_all = [this](int32_t count, auto& list) {
    list.resize(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; ++i) Fill(i, list[static_cast<size_t>(i)]);
  };
  fill_all(options_.demands, problem.demands);
  fill_all(options_.volunteers, problem.volunteers);
  fill_all(options_.teams, problem.teams);
  fill_all(options_.projects, problem.projects);
  fill_all(options_.enterprises, problem.enterprises);
  fill_all(specialties(), problem.specialties);
  return problem;
}

}  // namespace jiedui::bench
