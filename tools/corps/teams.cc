#include <string_view>

#include "absl/strings/str_cat.h"
#include "tools/corps/calendar.h"
#include "tools/corps/corps.h"
#include "tools/corps/names.h"
#include "tools/corps/places.h"

namespace jiedui::corps {
namespace {

using codes::Line;
using codes::Tier;

// The first team of a place is its association's own.
std::string_view FirstTeamName(Tier tier) {
  switch (tier) {
    case Tier::kProvince:
      return "科技志愿者总队";
    case Tier::kCity:
      return "科技志愿者支队";
    case Tier::kCounty:
      return "科技志愿者服务队";
    case Tier::kTownship:
      return "科技志愿者分队";
  }
  return "科技志愿者队";
}

Line PickLine(Tier tier, Random& random) {
  static const Weights kUpper = {35, 35, 20, 10};
  static const Weights kLower = {60, 25, 0, 15};
  const bool upper = tier == Tier::kProvince || tier == Tier::kCity;
  return static_cast<Line>((upper ? kUpper : kLower).Pick(random) + 1);
}

const codes::Subject& FirstLevel(const codes::Subject& subject) {
  constexpr size_t kFirstLevelDigits = 3;
  const codes::Subject* at = &subject;
  while (at->code.size() > kFirstLevelDigits) at = at->parent;
  return *at;
}

std::string TeamName(const Place& place, Line line, uint64_t position,
                     const Volunteer& leader, const Business& business) {
  std::string name = FullName(*place.region);
  if (position == 0) return name.append(FirstTeamName(place.tier));
  switch (line) {
    case Line::kRegional:
      name.append(business.product);
      break;
    case Line::kSociety:
      name.append(FirstLevel(*leader.skills.front().subject).name);
      name += "学会";
      break;
    case Line::kUniversity:
      name += "高校科协";
      break;
    case Line::kEnterprise:
      name += "企业科协";
      break;
  }
  return absl::StrCat(name, "科技志愿服务第", position, "队");
}

}  // namespace

Team Corps::MakeTeam(uint64_t index) const {
  Random random(options_.seed, kStreamTeams, index);
  const size_t at = ShareOf(teams_, index);
  const Place& place = places_->places()[at];
  const uint64_t position = index - teams_[at];
  const Business& business =
      economy_->PickBusiness(place.served.Pick(random), random);

  Team team;
  team.index = index;
  team.tier = place.tier;
  team.region = place.region;
  team.line = position == 0 ? Line::kRegional : PickLine(place.tier, random);
  if (position > 0) {
    team.parent = teams_[at];
  } else if (const auto above = PlaceWithTeamsAbove(at)) {
    team.parent = teams_[*above];
  }
  team.leader = volunteers_[at] + LeaderAt(at, position);
  const Volunteer leader = MakeVolunteer(team.leader);
  team.name = TeamName(place, team.line, position, leader, business);
  team.subjects =
      PickSubjects(*business.words, static_cast<size_t>(random.Between(1, 4)),
                   {leader.skills.front().subject}, random);
  team.summary =
      absl::StrCat("以", std::string(team.subjects.front()->name),
                   "人员为主，常年服务", std::string(business.product),
                   "等产业，每年下乡入企", random.Between(6, 48), "次");
  team.capacity = random.Between(1, 4);
  team.founded = DayBetween(absl::CivilDay(2017, 3, 1),
                            absl::CivilDay(2025, 12, 31), random);
  return team;
}

}  // namespace jiedui::corps
