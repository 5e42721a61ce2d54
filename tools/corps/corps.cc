#include "tools/corps/corps.h"

#include <algorithm>

#include "common/base/status_macros.h"

namespace jiedui::corps {
namespace {

using codes::Tier;

// Of 100 volunteers, by tier from the province down.
constexpr uint64_t kTierShares[] = {5, 10, 23, 62};
constexpr Tier kTiersDown[] = {Tier::kProvince, Tier::kCity, Tier::kCounty,
                               Tier::kTownship};

std::vector<uint64_t> WeightsOfTier(const Places& places, Tier tier) {
  std::vector<uint64_t> weights;
  for (const Place& place : places.places()) {
    if (place.tier == tier) weights.push_back(place.weight);
  }
  return weights;
}

// First by tier, then by place.
std::vector<uint64_t> DealVolunteers(uint64_t total, const Places& places) {
  std::vector<std::vector<uint64_t>> weights;
  std::vector<uint64_t> shares;
  for (size_t i = 0; i < std::size(kTiersDown); ++i) {
    weights.push_back(WeightsOfTier(places, kTiersDown[i]));
    shares.push_back(weights.back().empty() ? 0 : kTierShares[i]);
  }
  const std::vector<uint64_t> of_tier = Deal(total, shares);
  std::vector<uint64_t> starts;
  for (size_t i = 0; i < weights.size(); ++i) {
    const std::vector<uint64_t> within =
        Deal(of_tier[i + 1] - of_tier[i], weights[i]);
    for (size_t j = 0; j + 1 < within.size(); ++j) {
      starts.push_back(of_tier[i] + within[j]);
    }
  }
  starts.push_back(total);
  return starts;
}

std::vector<uint64_t> SizesOf(const std::vector<uint64_t>& starts) {
  std::vector<uint64_t> sizes;
  for (size_t i = 0; i + 1 < starts.size(); ++i) {
    sizes.push_back(starts[i + 1] - starts[i]);
  }
  return sizes;
}

std::vector<uint64_t> WeightsOfCounties(const Places& places) {
  std::vector<uint64_t> weights;
  for (const County& county : places.counties()) {
    weights.push_back(county.weight);
  }
  return weights;
}

}  // namespace

absl::StatusOr<Corps> Corps::Create(const Options& options) {
  RETURN_IF_ERROR(Validate(options));
  return Corps(options);
}

Corps::Corps(const Options& options)
    : options_(options),
      places_(std::make_shared<Places>(
          options.seed, options.region.empty()
                            ? nullptr
                            : codes::FindRegion(options.region))),
      economy_(std::make_shared<Economy>(options.seed, *places_)),
      county_weights_(WeightsOfCounties(*places_)),
      volunteers_(DealVolunteers(options.volunteers, *places_)),
      teams_(Deal(options.teams, SizesOf(volunteers_))),
      enterprises_(Deal(options.enterprises, WeightsOfCounties(*places_))) {
  const std::span<const Place> all = places_->places();
  const auto townships = std::find_if(
      all.begin(), all.end(),
      [](const Place& place) { return place.tier == Tier::kTownship; });
  above_township_ = volunteers_[static_cast<size_t>(townships - all.begin())];
}

uint64_t Corps::specialties() const {
  return kSpecialtiesOfCounty * places_->counties().size();
}

std::optional<size_t> Corps::PlaceWithTeamsAbove(size_t place) const {
  for (uint32_t at = places_->places()[place].parent; at != kNowhere;
       at = places_->places()[at].parent) {
    if (TeamsAt(at) > 0) return at;
  }
  return std::nullopt;
}

Subjects Corps::PickSubjects(const IndustryWords& words, size_t count,
                             Subjects taken, Random& random) const {
  // A few draws more than needed: one that is there already is left out.
  for (size_t draws = 0; taken.size() < count && draws < 2 * count; ++draws) {
    const codes::Subject* subject = &economy_->PickSubject(words, random);
    if (std::find(taken.begin(), taken.end(), subject) == taken.end()) {
      taken.push_back(subject);
    }
  }
  return taken;
}

}  // namespace jiedui::corps
