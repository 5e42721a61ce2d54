// The volunteers of a Nation.
#include <algorithm>
#include <iterator>
#include <string_view>

#include "tests/bench/engine/nation.h"
#include "tests/bench/engine/nation_words.h"
#include "tools/corps/names.h"
#include "tools/corps/troubles.h"

namespace jiedui::bench {
namespace {

using codes::Dialect;
using codes::Line;
using codes::Tier;
using codes::Title;
using corps::Random;
using corps::Weights;
using match::Category;
using match::Volunteer;
using match::Window;

// By tier from the province down: what every hundred are.
struct TierPeople {
  Weights lines;   // regional, society, university, enterprise
  Weights titles;  // none … senior
};

const TierPeople& PeopleOf(Tier tier) {
  static const TierPeople kPeople[] = {
      {{40, 0, 60, 0}, {0, 2, 20, 40, 38}},
      {{35, 40, 15, 10}, {3, 12, 40, 33, 12}},
      {{55, 25, 0, 20}, {8, 27, 43, 18, 4}},
      {{78, 4, 0, 18}, {30, 38, 27, 5, 0}},
  };
  return kPeople[static_cast<size_t>(tier) - 1];
}

constexpr uint64_t kAcademiciansInThousand = 3;  // of the provinces' people

constexpr std::string_view kStrengths[] = {
    "现场诊断", "技术培训", "标准制定", "设备选型", "田间试验", "数据分析",
    "工艺改进", "质量检测", "示范推广", "成本核算", "安全评估", "科普讲座"};

// Free days of 2026.
constexpr Window kHolidays[] = {{20463, 20512}, {20639, 20697}};
constexpr Window kOffSeason[] = {
    {20454, 20544}, {20605, 20666}, {20727, 20819}};
constexpr int32_t kMidYear = 20635;
constexpr int32_t kSkillsExpireFrom = 20270;  // July 2025

Title PickTitle(Tier tier, Random& random) {
  if (tier == Tier::kProvince && random.Below(1000) < kAcademiciansInThousand) {
    return Title::kAcademician;
  }
  return static_cast<Title>(PeopleOf(tier).titles.Pick(random) + 1);
}

Category PickCategory(const Volunteer& volunteer, Random& random) {
  if (volunteer.title == Title::kAcademician) return Category::kAcademician;
  const auto percent = random.Below(100);
  if (volunteer.tier == Tier::kProvince) {
    return percent < 5   ? Category::kHongKongMacao
           : percent < 8 ? Category::kOverseas
                         : Category::kRegular;
  }
  if (volunteer.tier == Tier::kCity) {
    return percent < 2 ? Category::kOverseas : Category::kRegular;
  }
  return percent < 10 && volunteer.line == Line::kRegional ? Category::kCadre
                                                           : Category::kRegular;
}

void SetAvailability(Random& random, std::vector<Window>& windows) {
  // The year from some day, half of it, holidays, off season, once, never.
  static const Weights kPatterns = {52, 13, 15, 15, 4, 1};
  windows.clear();
  switch (kPatterns.Pick(random)) {
    case 0:
      windows.push_back({kYear.start + random.Between(0, 120), kYear.end});
      return;
    case 1:
      windows.push_back(random.Percent(50) ? Window{kYear.start, kMidYear}
                                           : Window{kMidYear, kYear.end});
      return;
    case 2:
      windows.assign(std::begin(kHolidays), std::end(kHolidays));
      return;
    case 3:
      windows.assign(std::begin(kOffSeason), std::end(kOffSeason));
      return;
    case 4: {
      const int32_t start = kYear.start + random.Between(0, 300);
      windows.push_back({start, start + random.Between(14, 60)});
      return;
    }
    default:
      return;
  }
}

void SetRecord(Random& random, Volunteer& volunteer) {
  volunteer.rating = {};
  if (random.Percent(60)) {
    const int32_t count = random.Between(1, 20);
    const int32_t one = random.Between(0, 4 * count);
    const int32_t other = random.Between(0, 4 * count);
    volunteer.rating = {count + std::max(one, other), count};
  }
  volunteer.offered = random.Percent(30) ? 0 : random.Between(1, 24);
  const int32_t one = random.Between(0, volunteer.offered);
  const int32_t other = random.Between(0, volunteer.offered);
  volunteer.accepted = std::max(one, other);
}

void SetDialects(const codes::Region& home, Random& random,
                 std::vector<Dialect>& spoken) {
  spoken.clear();
  int likely = 80;
  for (const Dialect dialect : corps::LocalDialects(home)) {
    if (random.Percent(likely)) spoken.push_back(dialect);
    likely = 35;
  }
  if (spoken.empty() || random.Percent(94)) {
    spoken.push_back(Dialect::kMandarin);
  }
}

}  // namespace

Nation::Person Nation::PersonAt(uint64_t position) const {
  static const Weights kCounts = {30, 40, 22, 8};
  static_assert(kMostSkills == 4);
  Random random(options_.seed, kStreamPeople, position);
  Person person;
  person.place = &places_.places()[corps::ShareOf(volunteers_, position)];
  person.home = &places_.PickHome(*person.place, random);
  person.county = person.place->served.Pick(random);
  person.business = &economy_.PickBusiness(person.county, random);
  const size_t count = kCounts.Pick(random) + 1;
  person.skills = 0;
  for (size_t i = 0; i < count; ++i) {
    const codes::Subject* subject =
        random.Percent(i == 0 ? 80 : 55)
            ? &economy_.PickSubject(*person.business->words, random)
            : &economy_.PickAnySubject(random);
    const auto known = person.subjects.begin() + person.skills;
    if (std::find(person.subjects.begin(), known, subject) == known) {
      person.subjects[person.skills++] = subject;
    }
  }
  return person;
}

void Nation::SetEmployer(const Person& person, Random& random,
                         Volunteer& volunteer) const {
  volunteer.employer_credit_code.clear();
  if (volunteer.line == Line::kEnterprise) {
    if (const Firm* firm = PickFirm(person.county, random)) {
      volunteer.employer = firm->name;
      if (random.Percent(50)) {
        volunteer.employer_credit_code = firm->credit_code;
      }
      return;
    }
    volunteer.line = Line::kRegional;
  }
  volunteer.employer = corps::PublicEmployer(
      *person.place->region, volunteer.tier, volunteer.line, random);
}

void Nation::Fill(int32_t index, Volunteer& volunteer) const {
  static const Weights kModes = {35, 10, 55};
  const uint64_t position = PositionOf(index);
  const Person person = PersonAt(position);
  Random random(options_.seed, kStreamVolunteers, position);
  WriteId("volunteers/v", index, volunteer.id);
  WriteCode(*person.home, volunteer.region);
  volunteer.tier = person.place->tier;
  volunteer.line =
      static_cast<Line>(PeopleOf(volunteer.tier).lines.Pick(random) + 1);
  volunteer.title = PickTitle(volunteer.tier, random);
  volunteer.category = PickCategory(volunteer, random);
  SetEmployer(person, random, volunteer);

  volunteer.skills.resize(person.skills);
  int best = 5;
  for (size_t i = 0; i < person.skills; ++i) {
    match::Skill& skill = volunteer.skills[i];
    skill.subject = person.subjects[i]->code;
    skill.proficiency = best = random.Between(i == 0 ? 3 : 1, best);
    skill.expires.reset();
    if (random.Percent(10)) {
      skill.expires = kSkillsExpireFrom + random.Between(0, 730);
    }
  }

  const corps::Business& other = economy_.PickBusiness(person.county, random);
  const bool has_other =
      random.Percent(35) && other.industry != person.business->industry;
  volunteer.industries.resize(has_other ? 2 : 1);
  volunteer.industries[0] = person.business->industry->code;
  if (has_other) volunteer.industries[1] = other.industry->code;

  const std::string_view work = corps::PartOf(
      corps::WordsOf(person.business->words->trade).work, random.Next());
  volunteer.text.assign(person.subjects[0]->name).append("，");
  WriteFilled(work, "{p}", person.business->product, volunteer.text);
  volunteer.text.append("，").append(random.Pick(kStrengths));
  if (person.skills > 1 && random.Percent(50)) {
    volunteer.text.append("，").append(person.subjects[1]->name);
  }

  SetDialects(*person.home, random, volunteer.dialects);
  volunteer.capacity = CapacityOf(position, options_.volunteers, random);
  SetAvailability(random, volunteer.availability);
  volunteer.mode = static_cast<match::Mode>(kModes.Pick(random));
  volunteer.conflicts.clear();
  if (random.Percent(2)) {
    if (const Firm* rival = PickFirm(person.county, random)) {
      volunteer.conflicts.push_back(rival->name);
    }
  }
  SetRecord(random, volunteer);
}

}  // namespace jiedui::bench
