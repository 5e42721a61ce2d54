#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "tools/corps/calendar.h"
#include "tools/corps/corps.h"
#include "tools/corps/names.h"
#include "tools/corps/troubles.h"

namespace jiedui::corps {
namespace {

using codes::Dialect;
using codes::Line;
using codes::Tier;
using codes::Title;

// By tier from the province down: what every hundred are.
struct TierPeople {
  Weights lines;   // regional, society, university, enterprise
  Weights titles;  // none … senior
};

const TierPeople& PeopleOf(Tier tier) {
  static const TierPeople kPeople[] = {
      {{5, 35, 50, 10}, {0, 2, 20, 40, 38}},
      {{30, 40, 20, 10}, {3, 12, 40, 33, 12}},
      {{55, 25, 0, 20}, {8, 27, 43, 18, 4}},
      {{78, 4, 0, 18}, {30, 38, 27, 5, 0}},
  };
  return kPeople[static_cast<size_t>(tier) - 1];
}

constexpr std::string_view kAbroad[] = {
    "香港理工大学", "香港科技大学", "香港城市大学", "澳门大学", "澳门科技大学"};

constexpr std::string_view kAchievements[] = {
    "累计到镇村和企业开展技术培训{n}余场次",
    "近三年入户入企指导{n}多次，有完整服务记录",
    "参与市县科技项目{n}项，成果已在当地应用",
    "编写操作规程和明白纸{n}份，常年接听技术热线",
    "带出能独立操作的技术骨干{n}名，服务评价良好",
    "帮扶企业和合作社{n}家，解决过多个现场难题",
};

constexpr int kAcademiciansInThousand = 3;  // of the province's
constexpr uint64_t kGuangdong = 44;

bool IsIn(const codes::Region& region, uint64_t province) {
  constexpr uint64_t kBelowProvince = 10'000'000'000;  // 12 digits to 2
  return region.code() / kBelowProvince == province;
}

Title PickTitle(Tier tier, Random& random) {
  if (tier == Tier::kProvince &&
      random.Between(1, 1000) <= kAcademiciansInThousand) {
    return Title::kAcademician;
  }
  return static_cast<Title>(PeopleOf(tier).titles.Pick(random) + 1);
}

Category PickCategory(const Volunteer& volunteer, Random& random) {
  if (volunteer.title == Title::kAcademician) return Category::kAcademician;
  switch (volunteer.tier) {
    case Tier::kProvince:
      if (volunteer.line == Line::kUniversity &&
          IsIn(*volunteer.region, kGuangdong) && random.Percent(8)) {
        return Category::kHongKongMacao;
      }
      return random.Percent(3) ? Category::kOverseas : Category::kOrdinary;
    case Tier::kCity:
      return random.Percent(2) ? Category::kOverseas : Category::kOrdinary;
    case Tier::kCounty:
    case Tier::kTownship:
      return volunteer.line == Line::kRegional && random.Percent(12)
                 ? Category::kCadre
                 : Category::kOrdinary;
  }
  return Category::kOrdinary;
}

std::string MakeSummary(const Volunteer& volunteer, const Business& business,
                        Random& random) {
  const std::string_view work =
      PartOf(WordsOf(business.words->trade).work, random.Next());
  const std::string count = std::to_string(random.Between(6, 60));
  const int years = random.Between(4, 32);
  return absl::StrCat(
      "从事", std::string(volunteer.skills.front().subject->name), "相关工作",
      years, "年，主要做", Fill(work, "{p}", business.product), "，",
      Fill(random.Pick(kAchievements), "{n}", count));
}

Dialects SpokenBy(const codes::Region& region, Random& random) {
  Dialects spoken;
  int likely = 80;
  for (const Dialect dialect : LocalDialects(region)) {
    if (random.Percent(likely)) spoken.push_back(dialect);
    likely = 35;
  }
  if (spoken.empty() || random.Percent(94)) {
    spoken.push_back(Dialect::kMandarin);
  }
  return spoken;
}

void SetAvailability(Random& random, Volunteer& volunteer) {
  static const Weights kCapacities = {35, 40, 18, 7};
  static const Weights kModes = {35, 10, 55};
  volunteer.capacity = static_cast<int>(kCapacities.Pick(random)) + 1;
  volunteer.mode = static_cast<Mode>(kModes.Pick(random));
  volunteer.available_from = kSeasonStart;
  volunteer.available_to = kSeasonEnd;
  if (!random.Percent(20)) return;
  volunteer.available_from =
      DayBetween(kSeasonStart, absl::CivilDay(2027, 3, 31), random);
  volunteer.available_to =
      DayBetween(absl::CivilDay(2027, 6, 1), kSeasonEnd, random);
}

void AddOnce(uint64_t team, std::vector<uint64_t>& teams) {
  if (std::find(teams.begin(), teams.end(), team) == teams.end()) {
    teams.push_back(team);
  }
}

}  // namespace

Volunteer Corps::MakeVolunteer(uint64_t index) const {
  Random random(options_.seed, kStreamVolunteers, index);
  const size_t at = ShareOf(volunteers_, index);
  const Place& place = places_->places()[at];

  Volunteer volunteer;
  volunteer.index = index;
  volunteer.name = PersonName(random);
  volunteer.region = &places_->PickHome(place, random);
  volunteer.tier = place.tier;
  volunteer.line =
      static_cast<Line>(PeopleOf(place.tier).lines.Pick(random) + 1);
  volunteer.title = PickTitle(place.tier, random);
  volunteer.category = PickCategory(volunteer, random);
  const Business& business = SetEmployer(at, random, volunteer);
  volunteer.skills = MakeSkills(*business.words, random);
  volunteer.industries = {business.industry};
  if (random.Percent(35)) {
    const Business& other =
        economy_->PickBusiness(place.served.Pick(random), random);
    if (other.industry != business.industry) {
      volunteer.industries.push_back(other.industry);
    }
  }
  volunteer.summary = MakeSummary(volunteer, business, random);
  volunteer.dialects = SpokenBy(*volunteer.region, random);
  SetAvailability(random, volunteer);
  volunteer.phone = PhoneSuffix(random);
  if (random.Percent(2)) {
    const auto rival = PickEnterprise(place.served.Pick(random), random);
    if (rival) volunteer.conflicts.push_back(rival->name);
  }
  volunteer.teams = TeamsOf(at, index - volunteers_[at], random);
  return volunteer;
}

// Returns the industry the person works for. A place without an enterprise has
// nobody of the enterprises' line.
const Business& Corps::SetEmployer(size_t at, Random& random,
                                   Volunteer& volunteer) const {
  const Place& place = places_->places()[at];
  const uint32_t county = place.served.Pick(random);
  if (volunteer.line == Line::kEnterprise) {
    if (auto enterprise = PickEnterprise(county, random)) {
      volunteer.employer = std::move(enterprise->name);
      volunteer.employer_credit_code = std::move(enterprise->credit_code);
      return *enterprise->business;
    }
    volunteer.line = Line::kRegional;
  }
  volunteer.employer =
      volunteer.category == Category::kHongKongMacao
          ? std::string(random.Pick(kAbroad))
          : PublicEmployer(*place.region, place.tier, volunteer.line, random);
  return economy_->PickBusiness(county, random);
}

std::vector<Skill> Corps::MakeSkills(const IndustryWords& words,
                                     Random& random) const {
  static const Weights kCounts = {30, 40, 22, 8};
  const size_t count = kCounts.Pick(random) + 1;
  std::vector<Skill> skills;
  for (size_t i = 0; i < count; ++i) {
    const codes::Subject& subject = random.Percent(i == 0 ? 80 : 55)
                                        ? economy_->PickSubject(words, random)
                                        : economy_->PickAnySubject(random);
    const bool known = std::any_of(
        skills.begin(), skills.end(),
        [&subject](const Skill& skill) { return skill.subject == &subject; });
    if (known) continue;
    const int best = skills.empty() ? 5 : skills.back().proficiency;
    const int worst = skills.empty() ? 3 : 1;
    skills.push_back({&subject, random.Between(worst, best)});
  }
  return skills;
}

std::vector<uint64_t> Corps::TeamsOf(size_t place, uint64_t volunteer,
                                     Random& random) const {
  std::vector<uint64_t> teams;
  const uint64_t count = TeamsAt(place);
  if (count > 0) {
    // The only team there whose leader this can be: see LeaderAt().
    const uint64_t people = VolunteersAt(place);
    const uint64_t led = (volunteer * count + people - 1) / people;
    if (led < count && LeaderAt(place, led) == volunteer) {
      teams.push_back(teams_[place] + led);
    }
    // The lesser of two: the first teams of a place are the larger ones.
    if (random.Percent(85)) {
      const uint64_t one = random.Below(count);
      AddOnce(teams_[place] + std::min(one, random.Below(count)), teams);
    }
    if (random.Percent(15)) {
      AddOnce(teams_[place] + random.Below(count), teams);
    }
  }
  const std::optional<size_t> above = PlaceWithTeamsAbove(place);
  if (above && random.Percent(count > 0 ? 8 : 60)) {
    AddOnce(teams_[*above] + random.Below(TeamsAt(*above)), teams);
  }
  return teams;
}

}  // namespace jiedui::corps
