#include "services/matcher/engine/example_problems.h"

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"
#include "services/matcher/engine/objective.h"

namespace jiedui::matcher::engine {
namespace {

constexpr char kGaozhouTown[] = "440981103000";
constexpr char kGaozhou[] = "440981000000";
constexpr char kTianhe[] = "440106000000";  // a district of the capital
constexpr char kFruitScience[] = "2104020";
constexpr char kStorage[] = "21045";  // of farm products
constexpr char kFruitGrowing[] = "0154";
constexpr Window kYear2026 = {20454, 20819};  // days

Volunteer MakeVolunteer(const std::string& id, const char* region,
                        codes::Tier tier, std::vector<Skill> skills) {
  Volunteer volunteer;
  volunteer.id = id;
  volunteer.region = region;
  volunteer.tier = tier;
  volunteer.title = codes::Title::kSenior;
  volunteer.skills = std::move(skills);
  volunteer.industries = {kFruitGrowing};
  volunteer.text = "荔枝采后保鲜与冷链";
  volunteer.dialects = {codes::Dialect::kCantonese};
  volunteer.capacity = 1;
  volunteer.availability = {kYear2026};
  volunteer.employer = "高州市农业技术推广中心";
  return volunteer;
}

// Draws with a fixed meaning on every machine, unlike the distributions of
// <random>.
class Dice {
 public:
  explicit Dice(uint32_t seed) : engine_(seed) {}

  int Below(int n) { return static_cast<int>(engine_() % n); }
  bool OneIn(int n) { return Below(n) == 0; }
  template <typename T>
  const T& Of(const std::vector<T>& list) {
    return list[Below(static_cast<int>(list.size()))];
  }

 private:
  std::mt19937 engine_;
};

std::vector<std::string> Towns() {
  std::vector<std::string> towns;
  for (const char* city : {"4401", "4409", "4419"}) {
    int i = 0;
    for (const codes::Region& region : codes::AllRegions()) {
      if (region.level() != codes::RegionLevel::kTownship ||
          !region.IsWithin(*codes::FindRegion(city))) {
        continue;
      }
      if (++i % 9 == 0) towns.push_back(region.CodeText());
    }
  }
  return towns;
}

std::vector<std::string> Subjects() {
  std::vector<std::string> subjects;
  int i = 0;
  for (const codes::Subject& subject : codes::AllSubjects()) {
    const bool used = subject.code.substr(0, 3) == "210" ||
                      subject.code.substr(0, 3) == "530" ||
                      subject.code.substr(0, 3) == "550";
    if (used && subject.code.size() >= 5 && ++i % 11 == 0) {
      subjects.emplace_back(subject.code);
    }
  }
  return subjects;
}

std::vector<std::string> Industries() {
  std::vector<std::string> industries;
  int i = 0;
  for (const codes::Industry& industry : codes::AllIndustries()) {
    const bool used =
        industry.code[0] == '0' || industry.code.substr(0, 1) == "1";
    if (used && industry.code.size() >= 3 && ++i % 13 == 0) {
      industries.emplace_back(industry.code);
    }
  }
  return industries;
}

// What `list` gives, made at the first use: tests draw thousands of problems.
template <std::vector<std::string> (*list)()>
const std::vector<std::string>& Once() {
  static const auto* const made = new std::vector<std::string>(list());
  return *made;
}

class Generator {
 public:
  explicit Generator(uint32_t seed)
      : dice_(seed),
        towns_(Once<Towns>()),
        subjects_(Once<Subjects>()),
        industries_(Once<Industries>()) {}

  Demand MakeDemand(int i) {
    Demand demand;
    demand.id = absl::StrCat("D", i);
    demand.region = dice_.Of(towns_);
    demand.action = static_cast<codes::Action>(1 + dice_.Below(5));
    demand.mandatory = dice_.OneIn(6);
    demand.urgency = static_cast<Urgency>(dice_.Below(kUrgencyClasses));
    demand.requester_name = absl::StrCat("单位", dice_.Below(8));
    demand.requester_kind = static_cast<RequesterKind>(dice_.Below(5));
    for (int k = 1 + dice_.Below(3); k > 0; --k) {
      demand.subjects.push_back(dice_.Of(subjects_));
    }
    if (!dice_.OneIn(8)) demand.industry = dice_.Of(industries_);
    demand.text = dice_.Of(texts_);
    demand.window.start = 100 + dice_.Below(50);
    demand.window.end = demand.window.start + 1 + dice_.Below(60);
    demand.mode = static_cast<Mode>(dice_.Below(3));
    if (dice_.OneIn(2)) demand.dialects = {AnyDialect()};
    demand.dialect_required = dice_.OneIn(4);
    demand.title_min = static_cast<codes::Title>(1 + dice_.Below(6));
    demand.opened = static_cast<codes::Tier>(1 + dice_.Below(2));
    demand.tier = static_cast<codes::Tier>(3 + dice_.Below(2));
    for (Want& want : demand.want) want = static_cast<Want>(dice_.Below(3));
    if (!dice_.OneIn(4)) demand.want[0] = Want::kRequired;
    demand.talents_count = dice_.Below(4);
    if (dice_.OneIn(3)) demand.talents_subjects = {dice_.Of(subjects_)};
    return demand;
  }

  Volunteer MakeVolunteer(int i) {
    Volunteer volunteer;
    volunteer.id = absl::StrCat("V", i);
    volunteer.region = dice_.Of(towns_);
    volunteer.tier = static_cast<codes::Tier>(1 + dice_.Below(4));
    volunteer.line = static_cast<codes::Line>(1 + dice_.Below(4));
    volunteer.title = static_cast<codes::Title>(1 + dice_.Below(6));
    volunteer.category = static_cast<Category>(dice_.Below(5));
    for (int k = 1 + dice_.Below(3); k > 0; --k) {
      Skill skill;
      skill.subject = dice_.Of(subjects_);
      skill.proficiency = 1 + dice_.Below(5);
      if (dice_.OneIn(5)) skill.expires = 90 + dice_.Below(80);
      volunteer.skills.push_back(skill);
    }
    volunteer.industries = {dice_.Of(industries_)};
    volunteer.text = dice_.Of(texts_);
    volunteer.dialects = {AnyDialect()};
    volunteer.capacity = dice_.Below(3);
    const int32_t start = 80 + dice_.Below(60);
    volunteer.availability = {{start, start + 1 + dice_.Below(90)}};
    volunteer.mode = static_cast<Mode>(dice_.Below(3));
    volunteer.employer = absl::StrCat("单位", dice_.Below(30));
    volunteer.rating.count = dice_.Below(6);
    volunteer.rating.sum = volunteer.rating.count * (1 + dice_.Below(5));
    volunteer.offered = dice_.Below(8);
    volunteer.accepted = dice_.Below(volunteer.offered + 1);
    return volunteer;
  }

  Team MakeTeam(int i, int volunteers) {
    Team team;
    team.id = absl::StrCat("T", i);
    team.region = dice_.Of(towns_);
    team.tier = static_cast<codes::Tier>(1 + dice_.Below(4));
    team.leader = absl::StrCat("V", dice_.Below(volunteers));
    team.members = {absl::StrCat("V", dice_.Below(volunteers)), team.leader};
    team.subjects = {dice_.Of(subjects_), dice_.Of(subjects_)};
    team.capacity = dice_.Below(3);
    return team;
  }

  Project MakeProject(int i, int volunteers) {
    Project project;
    project.id = absl::StrCat("P", i);
    if (dice_.OneIn(2))
      project.owner = absl::StrCat("V", dice_.Below(volunteers));
    project.subjects = {dice_.Of(subjects_), dice_.Of(subjects_)};
    project.industries = {dice_.Of(industries_)};
    project.readiness = 1 + dice_.Below(9);
    project.exclusive = dice_.OneIn(3);
    project.licences = dice_.Below(2);
    project.region = dice_.Of(towns_);
    project.text = dice_.Of(texts_);
    return project;
  }

  Enterprise MakeEnterprise(int i) {
    Enterprise enterprise;
    enterprise.id = absl::StrCat("E", i);
    enterprise.name = absl::StrCat("单位", dice_.Below(12));
    enterprise.region = dice_.Of(towns_);
    enterprise.industry = dice_.Of(industries_);
    enterprise.leading = dice_.OneIn(3);
    return enterprise;
  }

  Specialty MakeSpecialty(int i) {
    Specialty specialty;
    specialty.id = absl::StrCat("S", i);
    specialty.region = dice_.Of(towns_).substr(0, 6) + "000000";
    specialty.industry = dice_.Of(industries_);
    specialty.weight = 1 + dice_.Below(100);
    return specialty;
  }

  Exclusion MakeExclusion(int demands, int volunteers) {
    return {absl::StrCat("D", dice_.Below(demands)),
            absl::StrCat("V", dice_.Below(volunteers)),
            static_cast<ExclusionReason>(dice_.Below(3))};
  }

 private:
  codes::Dialect AnyDialect() {
    return static_cast<codes::Dialect>(1 + dice_.Below(4));
  }

  Dice dice_;
  const std::vector<std::string>& towns_;
  const std::vector<std::string>& subjects_;
  const std::vector<std::string>& industries_;
  std::vector<std::string> texts_ = {
      "荔枝采后褐变腐烂，冷链保鲜不过关", "对虾养殖病害频发，水质调控困难",
      "模具钢热处理变形大", "茶叶加工品质不稳定，香气不足", ""};
};

}  // namespace

Problem LitchiProblem() {
  Problem problem;
  Demand demand;
  demand.id = "D-litchi";
  demand.region = kGaozhouTown;
  demand.requester_name = "根子镇柏桥村";
  demand.subjects = {kFruitScience, kStorage};
  demand.industry = kFruitGrowing;
  demand.text = "荔枝采后三天褐变腐烂，求保鲜技术";
  demand.window = {20500, 20600};
  demand.mode = Mode::kOnSite;
  demand.dialects = {codes::Dialect::kCantonese};
  demand.title_min = codes::Title::kAssociateSenior;
  demand.want.fill(Want::kRequired);
  demand.talents_count = 2;
  problem.demands = {demand};

  problem.volunteers = {
      MakeVolunteer("V-county", kGaozhou, codes::Tier::kCounty,
                    {{kFruitScience, 5, {}}, {kStorage, 4, {}}}),
      MakeVolunteer("V-province", kTianhe, codes::Tier::kProvince,
                    {{kFruitScience, 5, {}}, {kStorage, 5, {}}}),
      MakeVolunteer("V-talent-1", kGaozhou, codes::Tier::kCounty,
                    {{kStorage, 5, {}}}),
      MakeVolunteer("V-talent-2", kGaozhou, codes::Tier::kCounty,
                    {{kFruitScience, 4, {}}})};

  Team team;
  team.id = "T-litchi";
  team.region = kGaozhou;
  team.leader = "V-county";
  team.members = {"V-county", "V-talent-1"};
  team.subjects = {kFruitScience, kStorage};
  team.capacity = 1;
  problem.teams = {team};

  Project project;
  project.id = "P-fresh";
  project.owner = "V-county";
  project.subjects = {kFruitScience, kStorage};
  project.industries = {kFruitGrowing};
  project.readiness = 8;
  project.region = kGaozhou;
  project.text = "荔枝采后商品化处理与保鲜";
  problem.projects = {project};

  problem.enterprises = {
      {"E-coop", "根子荔枝合作社", "", kGaozhouTown, kFruitGrowing, true}};
  problem.specialties = {{"S-litchi", kGaozhou, kFruitGrowing, 80}};
  return problem;
}

Problem RandomProblem(uint32_t seed, const RandomSizes& sizes) {
  Generator make(seed);
  Problem problem;
  for (int i = 0; i < sizes.demands; ++i) {
    problem.demands.push_back(make.MakeDemand(i));
  }
  for (int i = 0; i < sizes.volunteers; ++i) {
    problem.volunteers.push_back(make.MakeVolunteer(i));
  }
  for (int i = 0; i < sizes.teams; ++i) {
    problem.teams.push_back(make.MakeTeam(i, sizes.volunteers));
  }
  for (int i = 0; i < sizes.projects; ++i) {
    problem.projects.push_back(make.MakeProject(i, sizes.volunteers));
  }
  for (int i = 0; i < sizes.enterprises; ++i) {
    problem.enterprises.push_back(make.MakeEnterprise(i));
  }
  for (int i = 0; i < sizes.specialties; ++i) {
    problem.specialties.push_back(make.MakeSpecialty(i));
  }
  for (int i = 0; i < sizes.exclusions; ++i) {
    problem.exclusions.push_back(
        make.MakeExclusion(sizes.demands, sizes.volunteers));
  }
  return problem;
}

}  // namespace jiedui::matcher::engine
