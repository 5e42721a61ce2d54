#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/codes/corps.h"
#include "common/sheet/cells.h"
#include "common/sheet/code_cells.h"
#include "common/sheet/vocabulary.h"
#include "services/volunteer/rpc/volunteer_sheets.h"

namespace jiedui::volunteer {
namespace {

using sheet::Choice;
using sheet::ChoiceOf;
using sheet::CreditCode;
using sheet::Date;
using sheet::IndustryCell;
using sheet::Integer;
using sheet::Lines;
using sheet::ListOf;
using sheet::NamesOf;
using sheet::Phone;
using sheet::RegionCell;
using sheet::Schema;
using sheet::SubjectCell;
using sheet::Text;
using sheet::YesNo;

Choice<type::v1::VolunteerCategory> Categories() {
  using enum type::v1::VolunteerCategory;
  return Choice<type::v1::VolunteerCategory>(
      {{VOLUNTEER_CATEGORY_REGULAR, {"普通", "regular", "一般"}},
       {VOLUNTEER_CATEGORY_ACADEMICIAN, {"院士", "academician"}},
       {VOLUNTEER_CATEGORY_HONG_KONG_MACAO,
        {"港澳专家", "Hong Kong or Macao expert", "港澳科技专家", "港澳"}},
       {VOLUNTEER_CATEGORY_OVERSEAS,
        {"海智专家", "overseas expert", "海智", "海外专家"}},
       {VOLUNTEER_CATEGORY_CADRE, {"基层干部", "cadre", "基层科协干部"}}});
}

Choice<event::v1::Project::Kind> ProjectKinds() {
  using event::v1::Project;
  return Choice<Project::Kind>(
      {{Project::KIND_PROJECT, {"项目", "project"}},
       {Project::KIND_TECHNOLOGY, {"技术", "technology"}}});
}

Choice<event::v1::Enterprise::Kind> EnterpriseKinds() {
  using event::v1::Enterprise;
  return Choice<Enterprise::Kind>(
      {{Enterprise::KIND_ENTERPRISE, {"企业", "enterprise"}},
       {Enterprise::KIND_COOPERATIVE,
        {"合作社", "cooperative", "农民专业合作社"}},
       {Enterprise::KIND_PARK, {"园区", "park"}}});
}

// ---- Where values go.

template <typename Kind>
auto& FactOf(SheetRow<Kind>& row) {
  return Kind::fact(row.record);
}

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

// The columns that all kinds begin with.
template <typename Kind>
Schema<SheetRow<Kind>> Begin(std::string example_id, std::string name_zh,
                             std::string example_name, int64_t max_name) {
  using Row = SheetRow<Kind>;
  return Schema<Row>()
      .Required("编号", "external_id", std::move(example_id), Text{.max = 64},
                [](Row& row, std::string id) {
                  FactOf(row).set_external_id(std::move(id));
                })
      .Required(std::move(name_zh), "name", std::move(example_name),
                Text{.max = max_name}, [](Row& row, std::string name) {
                  FactOf(row).set_display_name(std::move(name));
                });
}

template <typename Row>
void AddRegion(Schema<Row>& schema, std::string example) {
  schema.Required("地区", "region", std::move(example), RegionCell{},
                  [](Row& row, const codes::Region* region) {
                    FactOf(row).set_region(region->CodeText());
                  });
}

template <typename Row>
void AddTierAndLine(Schema<Row>& schema) {
  schema
      .Required(
          "层级", "tier", "县", ChoiceOf<type::v1::Tier>(codes::kTiers),
          [](Row& row, type::v1::Tier tier) { FactOf(row).set_tier(tier); })
      .Required(
          "系统", "line", "科协", ChoiceOf<type::v1::Line>(codes::kLines),
          [](Row& row, type::v1::Line line) { FactOf(row).set_line(line); });
}

template <typename Row>
void AddSubjects(Schema<Row>& schema) {
  schema.Required("学科", "subjects", "21040;2104530",
                  NamesOf{SubjectCell{}, 20},
                  [](Row& row, const std::vector<const codes::Subject*>& all) {
                    for (const codes::Subject* subject : all) {
                      FactOf(row).add_subjects(std::string(subject->code));
                    }
                  });
}

template <typename Row>
void AddIndustries(Schema<Row>& schema) {
  schema.Optional("产业", "industries", "仁果类和核果类水果种植;0154",
                  NamesOf{IndustryCell{}, 20},
                  [](Row& row, const std::vector<const codes::Industry*>& all) {
                    for (const codes::Industry* industry : all) {
                      FactOf(row).add_industries(std::string(industry->code));
                    }
                  });
}

template <typename Row>
void AddIndustry(Schema<Row>& schema) {
  schema.Required("产业", "industry", "水产品冷冻加工", IndustryCell{},
                  [](Row& row, const codes::Industry* industry) {
                    FactOf(row).set_industry(std::string(industry->code));
                  });
}

template <typename Row>
void AddSummary(Schema<Row>& schema, std::string example) {
  schema.Optional("简介", "summary", std::move(example), Lines{.max = 2000},
                  [](Row& row, std::string summary) {
                    FactOf(row).set_summary(std::move(summary));
                  });
}

// ---- Volunteers.

using VolunteerRow = SheetRow<VolunteerKind>;

// A proficiency that is not written is not guessed: it decides who is sent.
absl::Status PutSkills(
    VolunteerRow& row,
    const std::vector<std::pair<const codes::Subject*, int64_t>>& skills) {
  for (const auto& [subject, proficiency] : skills) {
    if (proficiency == 0) {
      return base::MakeError(base::Reason::kFieldMalformed,
                             {{"value", std::string(subject->code)},
                              {"expected", "2104030:5（熟练度 1–5）"}});
    }
    type::v1::Skill* skill = FactOf(row).add_skills();
    skill->set_subject(std::string(subject->code));
    skill->set_proficiency(static_cast<int32_t>(proficiency));
  }
  return absl::OkStatus();
}

// A sheet knows one window.
type::v1::Window& WindowOf(VolunteerRow& row) {
  auto& windows = *FactOf(row).mutable_windows();
  return windows.empty() ? *windows.Add() : windows[0];
}

void AddPerson(Schema<VolunteerRow>& schema) {
  schema
      .Optional("单位", "employer", "高州市水果科学研究所", Text{.max = 100},
                [](VolunteerRow& row, std::string employer) {
                  FactOf(row).set_employer(std::move(employer));
                })
      .Optional("单位信用代码", "employer_credit_code", "", CreditCode{},
                [](VolunteerRow& row, std::string code) {
                  FactOf(row).set_employer_credit_code(std::move(code));
                })
      .Required("职称", "title", "副高",
                ChoiceOf<type::v1::Title>(codes::kTitles),
                [](VolunteerRow& row, type::v1::Title title) {
                  FactOf(row).set_title(title);
                })
      .Optional("类别", "category", "普通", Categories(),
                [](VolunteerRow& row, type::v1::VolunteerCategory category) {
                  FactOf(row).set_category(category);
                });
  AddRegion(schema, "广东省/茂名市/高州市");
  AddTierAndLine(schema);
}

void AddSkills(Schema<VolunteerRow>& schema) {
  schema.Required(
      "学科", "skills", "2104010:5;2104530:4",
      NamesOf<sheet::Graded<SubjectCell>>{
          .each = {.each = {}, .min = 1, .max = 5, .usual = 0}, .max = 10},
      PutSkills);
  AddIndustries(schema);
  AddSummary(schema, "荔枝采后保鲜与冷链十二年，主持过三个示范点");
  schema.Optional(
      "方言", "dialects", "粤;普",
      ListOf{ChoiceOf<type::v1::Dialect>(codes::kDialects), 4},
      [](VolunteerRow& row, const std::vector<type::v1::Dialect>& dialects) {
        for (const type::v1::Dialect dialect : dialects) {
          FactOf(row).add_dialects(dialect);
        }
      });
}

void AddAvailability(Schema<VolunteerRow>& schema) {
  schema
      .Required("每月次数", "capacity", "2", Integer{.min = 0, .max = 20},
                [](VolunteerRow& row, int64_t capacity) {
                  FactOf(row).set_capacity(static_cast<int32_t>(capacity));
                })
      .Optional("可服务开始", "available_from", "2026-12-01", Date{},
                [](VolunteerRow& row, absl::CivilDay day) {
                  WindowOf(row).set_start_date(DayText(day));
                })
      .Optional("可服务结束", "available_to", "2027-12-31", Date{},
                [](VolunteerRow& row, absl::CivilDay day) {
                  WindowOf(row).set_end_date(DayText(day));
                })
      .Optional("服务方式", "mode", "现场",
                ChoiceOf<type::v1::Mode>(codes::kModes),
                [](VolunteerRow& row, type::v1::Mode mode) {
                  FactOf(row).set_mode(mode);
                })
      .Optional("联系电话", "phone", "19900000001", Phone{},
                [](VolunteerRow& row, std::string phone) {
                  row.record.set_phone(std::move(phone));
                })
      .Optional("回避单位", "conflicts", "", ListOf{Text{.max = 100}, 50},
                [](VolunteerRow& row, const std::vector<std::string>& units) {
                  FactOf(row).mutable_conflicts()->Assign(units.begin(),
                                                          units.end());
                })
      .Optional("队伍", "teams", "MM-T-001", ListOf{Text{.max = 64}, 5},
                [](VolunteerRow& row, std::vector<std::string> teams) {
                  row.refers_to.teams = std::move(teams);
                });
}

Schema<VolunteerRow> MakeVolunteerSheet() {
  auto schema = Begin<VolunteerKind>("MM-V-001", "姓名", "张三", 50);
  AddPerson(schema);
  AddSkills(schema);
  AddAvailability(schema);
  return schema;
}

// ---- The others.

Schema<SheetRow<TeamKind>> MakeTeamSheet() {
  using Row = SheetRow<TeamKind>;
  auto schema =
      Begin<TeamKind>("MM-T-001", "名称", "高州市荔枝产业服务队", 100);
  AddTierAndLine(schema);
  AddRegion(schema, "广东省/茂名市/高州市");
  schema
      .Optional("上级", "parent", "", Text{.max = 64},
                [](Row& row, std::string id) {
                  row.refers_to.parent = std::move(id);
                })
      .Optional("队长", "leader", "MM-V-001", Text{.max = 64},
                [](Row& row, std::string id) {
                  row.refers_to.leader = std::move(id);
                });
  AddSubjects(schema);
  AddSummary(schema, "十二名果树与保鲜技术人员，按片包村");
  schema
      .Required("容量", "capacity", "2", Integer{.min = 0, .max = 50},
                [](Row& row, int64_t capacity) {
                  FactOf(row).set_capacity(static_cast<int32_t>(capacity));
                })
      .Optional("成立日期", "founded", "2019-05-17", Date{},
                [](Row& row, absl::CivilDay day) {
                  FactOf(row).set_found_date(DayText(day));
                });
  return schema;
}

Schema<SheetRow<ProjectKind>> MakeProjectSheet() {
  using Row = SheetRow<ProjectKind>;
  auto schema = Begin<ProjectKind>("MM-P-001", "名称", "荔枝冰温预冷保鲜", 100);
  schema
      .Required("类别", "kind", "技术", ProjectKinds(),
                [](Row& row, event::v1::Project::Kind kind) {
                  FactOf(row).set_kind(kind);
                })
      .Optional("持有单位", "holder", "高州市水果科学研究所", Text{.max = 100},
                [](Row& row, std::string holder) {
                  FactOf(row).set_holder(std::move(holder));
                })
      .Optional("持有人", "owner", "MM-V-001", Text{.max = 64},
                [](Row& row, std::string id) {
                  row.refers_to.owner = std::move(id);
                });
  AddSubjects(schema);
  AddIndustries(schema);
  schema
      .Required("成熟度", "readiness", "7", Integer{.min = 1, .max = 9},
                [](Row& row, int64_t readiness) {
                  FactOf(row).set_readiness(static_cast<int32_t>(readiness));
                })
      .Optional("独占", "exclusive", "否", YesNo{},
                [](Row& row, bool exclusive) {
                  FactOf(row).set_exclusive(exclusive);
                });
  AddRegion(schema, "广东省/茂名市/高州市");
  AddSummary(schema, "采后两小时内预冷到 4 ℃，好果率提高到九成");
  return schema;
}

Schema<SheetRow<EnterpriseKind>> MakeEnterpriseSheet() {
  using Row = SheetRow<EnterpriseKind>;
  auto schema =
      Begin<EnterpriseKind>("MM-E-001", "名称", "茂名市某某水产有限公司", 100);
  schema
      .Required("类型", "kind", "企业", EnterpriseKinds(),
                [](Row& row, event::v1::Enterprise::Kind kind) {
                  FactOf(row).set_kind(kind);
                })
      .Optional("统一社会信用代码", "credit_code", "", CreditCode{},
                [](Row& row, std::string code) {
                  FactOf(row).set_credit_code(std::move(code));
                });
  AddRegion(schema, "广东省/茂名市/电白区/博贺镇");
  AddIndustry(schema);
  schema.Optional("龙头", "leading", "否", YesNo{}, [](Row& row, bool leading) {
    FactOf(row).set_leading(leading);
  });
  AddSummary(schema, "年加工罗非鱼片三千吨，自有冷库");
  return schema;
}

Schema<SheetRow<StationKind>> MakeStationSheet() {
  using Row = SheetRow<StationKind>;
  auto schema = Begin<StationKind>("MM-S-001", "名称", "高州荔枝科技小院", 100);
  schema.Required("类型", "kind", "科技小院",
                  ChoiceOf<event::v1::Station::Kind>(codes::kStationKinds),
                  [](Row& row, event::v1::Station::Kind kind) {
                    FactOf(row).set_kind(kind);
                  });
  AddRegion(schema, "广东省/茂名市/高州市/根子镇");
  schema.Optional("依托单位", "host", "高州市根子镇柏桥村", Text{.max = 100},
                  [](Row& row, std::string host) {
                    FactOf(row).set_host(std::move(host));
                  });
  AddSubjects(schema);
  AddIndustry(schema);
  AddSummary(schema, "研究生常住，做保果与采后试验");
  return schema;
}

Schema<SheetRow<SpecialtyKind>> MakeSpecialtySheet() {
  using Row = SheetRow<SpecialtyKind>;
  auto schema = Begin<SpecialtyKind>("MM-I-001", "名称", "高州荔枝", 100);
  AddRegion(schema, "广东省/茂名市/高州市");
  AddIndustry(schema);
  schema.Required("权重", "weight", "60", Integer{.min = 1, .max = 100},
                  [](Row& row, int64_t weight) {
                    FactOf(row).set_weight(static_cast<int32_t>(weight));
                  });
  AddSummary(schema, "种植面积 59 万亩，贡园为核心产区");
  return schema;
}

}  // namespace

const Schema<VolunteerRow>& VolunteerSheet() {
  static const auto* const schema = new auto(MakeVolunteerSheet());
  return *schema;
}

const Schema<SheetRow<TeamKind>>& TeamSheet() {
  static const auto* const schema = new auto(MakeTeamSheet());
  return *schema;
}

const Schema<SheetRow<ProjectKind>>& ProjectSheet() {
  static const auto* const schema = new auto(MakeProjectSheet());
  return *schema;
}

const Schema<SheetRow<EnterpriseKind>>& EnterpriseSheet() {
  static const auto* const schema = new auto(MakeEnterpriseSheet());
  return *schema;
}

const Schema<SheetRow<StationKind>>& StationSheet() {
  static const auto* const schema = new auto(MakeStationSheet());
  return *schema;
}

const Schema<SheetRow<SpecialtyKind>>& SpecialtySheet() {
  static const auto* const schema = new auto(MakeSpecialtySheet());
  return *schema;
}

}  // namespace jiedui::volunteer
