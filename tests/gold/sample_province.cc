#include "tests/gold/sample_province.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/codes/corps.h"
#include "common/sheet/cells.h"
#include "common/sheet/code_cells.h"
#include "common/sheet/columns.h"
#include "common/sheet/vocabulary.h"
#include "tests/gold/read_sheet.h"

namespace jiedui::gold {
namespace {

using matcher::engine::Part;
using sheet::Choice;
using sheet::ChoiceOf;
using sheet::Date;
using sheet::Integer;
using sheet::Lines;
using sheet::ListOf;
using sheet::NamesOf;
using sheet::RegionCell;
using sheet::Schema;
using sheet::Text;
using sheet::YesNo;

using Subjects = std::vector<const codes::Subject*>;
using Industries = std::vector<const codes::Industry*>;

constexpr int32_t kAlwaysUntil = 200'000;  // days; after any demand

int32_t DayNumber(absl::CivilDay day) {
  return static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1));
}

template <typename Code>
std::vector<std::string> CodesOf(const std::vector<const Code*>& entries) {
  std::vector<std::string> codes;
  for (const Code* entry : entries) codes.emplace_back(entry->code);
  return codes;
}

// A sheet begins with the ids; many have a region.
template <typename Row>
Schema<Row> WithId() {
  return std::move(
      Schema<Row>().Required("编号", "external_id", "", Text{.max = 64},
                             [](Row& r, std::string v) { r.id = v; }));
}
template <typename Row>
void AddRegion(Schema<Row>& schema) {
  schema.Required(
      "地区", "region", "", RegionCell{},
      [](Row& r, const codes::Region* v) { r.region = v->CodeText(); });
}
template <typename Row>
void AddSubjects(Schema<Row>& schema) {
  schema.Required("学科", "subjects", "", NamesOf{sheet::SubjectCell{}, 20},
                  [](Row& r, const Subjects& v) { r.subjects = CodesOf(v); });
}
template <typename Row>
void AddIndustry(Schema<Row>& schema) {
  schema.Optional("产业", "industry", "", sheet::IndustryCell{},
                  [](Row& r, const codes::Industry* v) {
                    r.industry = std::string(v->code);
                  });
}
template <typename Row>
void AddIndustries(Schema<Row>& schema) {
  schema.Optional(
      "产业", "industries", "", NamesOf{sheet::IndustryCell{}, 20},
      [](Row& r, const Industries& v) { r.industries = CodesOf(v); });
}
template <typename Row>
void AddTierAndLine(Schema<Row>& schema) {
  schema
      .Required("层级", "tier", "", ChoiceOf<codes::Tier>(codes::kTiers),
                &Row::tier)
      .Required("系统", "line", "", ChoiceOf<codes::Line>(codes::kLines),
                &Row::line);
}

// ---- Demands.

using matcher::engine::Demand;

Choice<matcher::engine::Want> WantCell() {
  using matcher::engine::Want;
  return Choice<Want>({{Want::kRequired, {"必需"}},
                       {Want::kDesired, {"希望"}},
                       {Want::kNone, {"不需要"}}});
}

Choice<matcher::engine::Mode> ModeCell() {
  using matcher::engine::Mode;
  return Choice<Mode>({{Mode::kOnSite, {"现场"}},
                       {Mode::kRemote, {"远程"}},
                       {Mode::kEither, {"均可"}}});
}

// 不限 beside the corps' titles.
absl::StatusOr<codes::Title> ReadTitle(std::string_view cell) {
  static const auto* const titles =
      new auto(ChoiceOf<codes::Title>(codes::kTitles));
  if (cell == "不限") return codes::Title::kNone;
  return (*titles)(cell);
}

void AddWhat(Schema<Demand>& schema) {
  schema
      .Required("标题", "title", "", Text{},
                [](Demand& d, const std::string& v) { d.text = v + "\n"; })
      .Optional("描述", "description", "", Lines{.max = 5000},
                [](Demand& d, const std::string& v) { d.text += v; })
      .Required("行动", "action", "", ChoiceOf<codes::Action>(codes::kActions),
                &Demand::action)
      .Required("提出单位", "requester_name", "", Text{},
                &Demand::requester_name)
      .Optional("统一社会信用代码", "credit_code", "", sheet::CreditCode{},
                &Demand::requester_credit_code);
  AddRegion(schema);
  AddSubjects(schema);
  AddIndustry(schema);
}

void AddHow(Schema<Demand>& schema) {
  using matcher::engine::Urgency;
  schema
      .Optional("紧急程度", "urgency", "",
                Choice<Urgency>({{Urgency::kCritical, {"特急"}},
                                 {Urgency::kUrgent, {"紧急"}},
                                 {Urgency::kNormal, {"一般"}},
                                 {Urgency::kLow, {"不急"}}}),
                &Demand::urgency)
      .Optional("必保", "mandatory", "", YesNo{}, &Demand::mandatory)
      .Optional(
          "开始日期", "window_start", "", Date{},
          [](Demand& d, absl::CivilDay v) { d.window.start = DayNumber(v); })
      .Optional(
          "结束日期", "window_end", "", Date{},
          [](Demand& d, absl::CivilDay v) { d.window.end = DayNumber(v) + 1; })
      .Optional("服务方式", "mode", "", ModeCell(), &Demand::mode)
      .Optional("方言", "dialects", "",
                ListOf{ChoiceOf<codes::Dialect>(codes::kDialects), 4},
                &Demand::dialects)
      .Optional("必须方言", "dialect_required", "", YesNo{},
                &Demand::dialect_required)
      .Optional("专家职称", "title_min", "", ReadTitle, &Demand::title_min)
      .Optional("接受层级", "max_tier", "",
                ChoiceOf<codes::Tier>(codes::kTiers), &Demand::opened);
}

void AddParts(Schema<Demand>& schema) {
  const auto add = [&schema](std::string zh, std::string en, Part part) {
    schema.Optional(std::move(zh), std::move(en), "", WantCell(),
                    [part](Demand& d, matcher::engine::Want v) {
                      d.want[static_cast<size_t>(part)] = v;
                    });
  };
  add("专家", "want_expert", Part::kExpert);
  add("项目", "want_project", Part::kProject);
  add("团队", "want_team", Part::kTeam);
  add("企业", "want_enterprise", Part::kEnterprise);
  add("人才", "want_talents", Part::kTalents);
  add("产业带动", "want_industry", Part::kIndustry);
  schema
      .Optional("人才人数", "talents_count", "", Integer{.min = 0, .max = 20},
                [](Demand& d, int64_t v) {
                  d.talents_count = static_cast<int32_t>(v);
                })
      .Optional("人才学科", "talents_subjects", "",
                NamesOf{sheet::SubjectCell{}, 5},
                [](Demand& d, const Subjects& v) {
                  d.talents_subjects = CodesOf(v);
                });
}

Schema<Demand> DemandSheet() {
  auto schema = WithId<Demand>();
  AddWhat(schema);
  AddHow(schema);
  AddParts(schema);
  return schema;
}

void Complete(Demand& demand, absl::CivilDay as_of) {
  if (demand.window.end == 0) demand.window.end = kAlwaysUntil;
  demand.window.start = std::max(demand.window.start, DayNumber(as_of));
  demand.tier = codes::TierOfRegion(*codes::FindRegion(demand.region));
}

// ---- Volunteers and their teams.

struct VolunteerRow : matcher::engine::Volunteer {
  matcher::engine::Window window{0, kAlwaysUntil};
  std::vector<std::string> teams;
};

void AddPerson(Schema<VolunteerRow>& schema) {
  using matcher::engine::Category;
  schema.Optional("单位", "employer", "", Text{}, &VolunteerRow::employer)
      .Optional("单位信用代码", "employer_credit_code", "", sheet::CreditCode{},
                &VolunteerRow::employer_credit_code)
      .Required("职称", "title", "", ReadTitle, &VolunteerRow::title)
      .Optional("类别", "category", "",
                Choice<Category>({{Category::kRegular, {"普通"}},
                                  {Category::kAcademician, {"院士"}},
                                  {Category::kHongKongMacao, {"港澳专家"}},
                                  {Category::kOverseas, {"海智专家"}},
                                  {Category::kCadre, {"基层干部"}}}),
                &VolunteerRow::category)
      .Optional("方言", "dialects", "",
                ListOf{ChoiceOf<codes::Dialect>(codes::kDialects), 4},
                &VolunteerRow::dialects);
  AddRegion(schema);
  AddTierAndLine(schema);
}

void AddAbility(Schema<VolunteerRow>& schema) {
  schema
      .Required(
          "学科", "skills", "",
          NamesOf<sheet::Graded<sheet::SubjectCell>>{.each = {}, .max = 10},
          [](VolunteerRow& r, const auto& graded) {
            for (const auto& [subject, proficiency] : graded) {
              r.skills.push_back({std::string(subject->code),
                                  static_cast<int32_t>(proficiency),
                                  std::nullopt});
            }
          })
      .Optional("简介", "summary", "", Lines{.max = 2000}, &VolunteerRow::text);
  AddIndustries(schema);
}

void AddAvailability(Schema<VolunteerRow>& schema) {
  schema
      .Required("每月次数", "capacity", "", Integer{.min = 0, .max = 20},
                [](VolunteerRow& r, int64_t v) {
                  r.capacity = static_cast<int32_t>(v);
                })
      .Optional("可服务开始", "available_from", "", Date{},
                [](VolunteerRow& r, absl::CivilDay v) {
                  r.window.start = DayNumber(v);
                })
      .Optional("可服务结束", "available_to", "", Date{},
                [](VolunteerRow& r, absl::CivilDay v) {
                  r.window.end = DayNumber(v) + 1;
                })
      .Optional("服务方式", "mode", "", ModeCell(), &VolunteerRow::mode)
      .Optional("回避单位", "conflicts", "", ListOf{Text{}, 50},
                &VolunteerRow::conflicts)
      .Optional("队伍", "teams", "", ListOf{Text{.max = 64}, 5},
                &VolunteerRow::teams);
}

Schema<VolunteerRow> VolunteerSheet() {
  auto schema = WithId<VolunteerRow>();
  AddPerson(schema);
  AddAbility(schema);
  AddAvailability(schema);
  return schema;
}

void AddVolunteer(VolunteerRow row, matcher::engine::Problem& problem) {
  for (matcher::engine::Team& team : problem.teams) {
    const bool member = std::find(row.teams.begin(), row.teams.end(),
                                  team.id) != row.teams.end();
    if (member) team.members.push_back(row.id);
  }
  row.availability.push_back(row.window);
  problem.volunteers.push_back(std::move(row));
}

// ---- The others.

Schema<matcher::engine::Team> TeamSheet() {
  using matcher::engine::Team;
  auto schema = WithId<Team>();
  AddTierAndLine(schema);
  AddRegion(schema);
  AddSubjects(schema);
  schema.Optional("队长", "leader", "", Text{.max = 64}, &Team::leader)
      .Required(
          "容量", "capacity", "", Integer{.min = 0, .max = 50},
          [](Team& t, int64_t v) { t.capacity = static_cast<int32_t>(v); });
  return schema;
}

Schema<matcher::engine::Project> ProjectSheet() {
  using matcher::engine::Project;
  auto schema = WithId<Project>();
  AddSubjects(schema);
  AddIndustries(schema);
  AddRegion(schema);
  schema
      .Required("名称", "name", "", Text{},
                [](Project& p, const std::string& v) { p.text = v + "\n"; })
      .Optional("简介", "summary", "", Lines{},
                [](Project& p, const std::string& v) { p.text += v; })
      .Optional("持有人", "owner", "", Text{.max = 64}, &Project::owner)
      .Required(
          "成熟度", "readiness", "", Integer{.min = 1, .max = 9},
          [](Project& p, int64_t v) { p.readiness = static_cast<int32_t>(v); })
      .Optional("独占", "exclusive", "", YesNo{}, &Project::exclusive);
  return schema;
}

Schema<matcher::engine::Enterprise> EnterpriseSheet() {
  using matcher::engine::Enterprise;
  auto schema = WithId<Enterprise>();
  AddRegion(schema);
  AddIndustry(schema);
  schema.Required("名称", "name", "", Text{}, &Enterprise::name)
      .Optional("统一社会信用代码", "credit_code", "", sheet::CreditCode{},
                &Enterprise::credit_code)
      .Optional("龙头", "leading", "", YesNo{}, &Enterprise::leading);
  return schema;
}

Schema<matcher::engine::Specialty> SpecialtySheet() {
  using matcher::engine::Specialty;
  auto schema = WithId<Specialty>();
  AddRegion(schema);
  AddIndustry(schema);
  schema.Required(
      "权重", "weight", "", Integer{.min = 1, .max = 100},
      [](Specialty& s, int64_t v) { s.weight = static_cast<int32_t>(v); });
  return schema;
}

}  // namespace

absl::StatusOr<matcher::engine::Problem> LoadSampleProvince(
    const std::string& folder, absl::CivilDay as_of) {
  const auto path = [&folder](std::string_view kind) {
    return absl::StrCat(folder, "/", std::string(kind), ".csv");
  };
  matcher::engine::Problem problem;
  ASSIGN_OR_RETURN(problem.specialties,
                   ReadSheet(path("specialties"), SpecialtySheet()));
  ASSIGN_OR_RETURN(problem.enterprises,
                   ReadSheet(path("enterprises"), EnterpriseSheet()));
  ASSIGN_OR_RETURN(problem.projects,
                   ReadSheet(path("projects"), ProjectSheet()));
  ASSIGN_OR_RETURN(problem.teams, ReadSheet(path("teams"), TeamSheet()));
  ASSIGN_OR_RETURN(std::vector<VolunteerRow> volunteers,
                   ReadSheet(path("volunteers"), VolunteerSheet()));
  for (VolunteerRow& row : volunteers) AddVolunteer(std::move(row), problem);
  ASSIGN_OR_RETURN(problem.demands, ReadSheet(path("demands"), DemandSheet()));
  for (matcher::engine::Demand& demand : problem.demands)
    Complete(demand, as_of);
  return problem;
}

}  // namespace jiedui::gold
