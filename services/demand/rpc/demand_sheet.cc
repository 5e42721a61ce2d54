#include "services/demand/rpc/demand_sheet.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/base/status_macros.h"
#include "common/codes/corps.h"
#include "common/rpc/sheet_import.h"
#include "common/sheet/cells.h"
#include "common/sheet/code_cells.h"
#include "common/sheet/columns.h"
#include "common/sheet/vocabulary.h"
#include "services/demand/app/commands.h"
#include "services/demand/app/kinds.h"
#include "services/demand/domain/validate.h"
#include "services/demand/rpc/convert.h"

namespace jiedui::demand {
namespace {

using sheet::Choice;
using sheet::ChoiceOf;
using sheet::Text;
using type::v1::Want;
using Row = v1::Demand;

// Decimal cells are read exactly, in thousandths.
constexpr double kThousandth = 1e-3;
constexpr int64_t kMaxFigure = 1'000'000'000'000'000;

Choice<type::v1::Library> LibraryCell() {
  using namespace type::v1;  // NOLINT: a table of names
  return Choice<Library>(
      {{LIBRARY_NEED, {"需求", "需求库", "need"}},
       {LIBRARY_PROBLEM, {"问题", "问题库", "problem"}},
       {LIBRARY_CHALLENGE, {"创新难题", "创新难题需求库", "challenge"}}});
}

Choice<type::v1::RequesterKind> RequesterCell() {
  using namespace type::v1;  // NOLINT: a table of names
  return Choice<RequesterKind>(
      {{REQUESTER_KIND_ENTERPRISE, {"企业", "enterprise"}},
       {REQUESTER_KIND_PARK, {"园区", "park"}},
       {REQUESTER_KIND_COMMUNITY, {"社区", "community"}},
       {REQUESTER_KIND_VILLAGE, {"乡村", "村", "village"}},
       {REQUESTER_KIND_ASSOCIATION, {"行业协会", "协会", "association"}}});
}

Choice<type::v1::Urgency> UrgencyCell() {
  using namespace type::v1;  // NOLINT: a table of names
  return Choice<Urgency>({{URGENCY_CRITICAL, {"特急", "critical"}},
                          {URGENCY_HIGH, {"紧急", "high"}},
                          {URGENCY_NORMAL, {"一般", "normal"}},
                          {URGENCY_LOW, {"不急", "low"}}});
}

// As in the corps' own sheets, and 不限 besides.
absl::StatusOr<type::v1::Title> ReadTitle(std::string_view cell) {
  static const auto* const kAny = new Choice<type::v1::Title>(
      {{type::v1::TITLE_UNSPECIFIED, {"不限", "any"}}});
  static const auto* const kTitles =
      new auto(ChoiceOf<type::v1::Title>(codes::kTitles));
  const auto any = (*kAny)(cell);
  return any.ok() ? any : (*kTitles)(cell);
}

Choice<Want> WantCell() {
  using namespace type::v1;  // NOLINT: a table of names
  return Choice<Want>({{WANT_REQUIRED, {"必需", "required"}},
                       {WANT_DESIRED, {"希望", "desired"}},
                       {WANT_NONE, {"不需要", "none"}}});
}

std::string DateText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

void AddWhat(sheet::Schema<Row>& schema) {
  schema
      .Required("编号", "external_id", "MM-GZ-2026-001", Text{.max = 64},
                [](Row& r, std::string v) { r.set_external_id(std::move(v)); })
      .Required("标题", "title", "荔枝采后保鲜期短，外销损耗大", Text{},
                [](Row& r, std::string v) { r.set_title(std::move(v)); })
      .Optional("描述", "description",
                "桂味、糯米糍采后 3 天褐变，冷链到货损耗约 18 %",
                sheet::Lines{.max = 5000},
                [](Row& r, std::string v) { r.set_description(std::move(v)); })
      .Required("需求库", "library", "问题", LibraryCell(),
                [](Row& r, type::v1::Library v) { r.set_library(v); })
      .Required("行动", "action", "乡村振兴",
                ChoiceOf<type::v1::Action>(codes::kActions),
                [](Row& r, type::v1::Action v) { r.set_action(v); })
      .Required("学科", "subjects", "果树学;食品科学技术",
                sheet::NamesOf<sheet::SubjectCell>{{}, 5},
                [](Row& r, const std::vector<const codes::Subject*>& v) {
                  for (const auto* s : v) r.add_subjects(std::string(s->code));
                })
      .Optional("产业", "industry", "水果种植", sheet::IndustryCell{},
                [](Row& r, const codes::Industry* v) {
                  r.set_industry(std::string(v->code));
                });
}

void AddWho(sheet::Schema<Row>& schema) {
  schema
      .Required("提出单位", "requester_name", "高州市根子镇柏桥村", Text{},
                [](Row& r, std::string v) {
                  r.mutable_requester()->set_name(std::move(v));
                })
      .Required("单位类型", "requester_kind", "乡村", RequesterCell(),
                [](Row& r, type::v1::RequesterKind v) {
                  r.mutable_requester()->set_kind(v);
                })
      .Optional("统一社会信用代码", "credit_code", "", sheet::CreditCode{},
                [](Row& r, std::string v) {
                  r.mutable_requester()->set_credit_code(std::move(v));
                })
      .Optional("联系人", "contact_name", "何某", Text{.max = 50},
                [](Row& r, std::string v) {
                  r.mutable_contact()->set_name(std::move(v));
                })
      .Optional("联系电话", "contact_phone", "19900000000", sheet::Phone{},
                [](Row& r, std::string v) {
                  r.mutable_contact()->set_phone(std::move(v));
                })
      .Required(
          "地区", "region", "广东省/茂名市/高州市/根子镇", sheet::RegionCell{},
          [](Row& r, const codes::Region* v) { r.set_region(v->CodeText()); });
}

void AddHow(sheet::Schema<Row>& schema) {
  schema
      .Optional("指标", "metric", "采后损耗率", Text{},
                [](Row& r, std::string v) {
                  r.mutable_metric()->set_name(std::move(v));
                })
      .Optional("单位", "unit", "%", Text{.max = 20},
                [](Row& r, std::string v) {
                  r.mutable_metric()->set_unit(std::move(v));
                })
      .Optional(
          "基线", "baseline", "18",
          sheet::Decimal{.decimals = 3, .min = -kMaxFigure, .max = kMaxFigure},
          [](Row& r, int64_t v) {
            r.mutable_metric()->set_baseline(v * kThousandth);
          })
      .Optional(
          "目标", "target", "8",
          sheet::Decimal{.decimals = 3, .min = -kMaxFigure, .max = kMaxFigure},
          [](Row& r, int64_t v) {
            r.mutable_metric()->set_target(v * kThousandth);
          })
      .Optional("风险告知", "risks", "果园坡地，雨天路滑",
                sheet::Lines{.max = 1000},
                [](Row& r, std::string v) { r.set_risks(std::move(v)); })
      .Optional("保险", "insured", "是", sheet::YesNo{},
                [](Row& r, bool v) { r.set_insured(v); })
      .Optional("紧急程度", "urgency", "一般", UrgencyCell(),
                [](Row& r, type::v1::Urgency v) { r.set_urgency(v); })
      .Optional("必保", "mandatory", "否", sheet::YesNo{},
                [](Row& r, bool v) { r.set_mandatory(v); })
      .Optional("开始日期", "window_start", "2026-12-01", sheet::Date{},
                [](Row& r, absl::CivilDay v) {
                  r.mutable_window()->set_start_date(DateText(v));
                })
      .Optional("结束日期", "window_end", "2027-06-30", sheet::Date{},
                [](Row& r, absl::CivilDay v) {
                  r.mutable_window()->set_end_date(DateText(v));
                })
      .Optional("服务方式", "mode", "均可",
                ChoiceOf<type::v1::Mode>(codes::kModes),
                [](Row& r, type::v1::Mode v) { r.set_mode(v); })
      .Optional("方言", "dialects", "粤;普",
                sheet::ListOf<Choice<type::v1::Dialect>>{
                    ChoiceOf<type::v1::Dialect>(codes::kDialects), 4},
                [](Row& r, const std::vector<type::v1::Dialect>& v) {
                  for (const auto dialect : v) r.add_dialects(dialect);
                })
      .Optional("必须方言", "dialect_required", "否", sheet::YesNo{},
                [](Row& r, bool v) { r.set_dialect_required(v); });
}

// A column that says whether one of the six parts is wanted.
template <void (type::v1::PartsWanted::*kSet)(Want)>
void AddWant(sheet::Schema<Row>& schema, std::string zh, std::string en,
             std::string example) {
  schema.Optional(std::move(zh), std::move(en), std::move(example), WantCell(),
                  [](Row& r, Want v) { (r.mutable_parts()->*kSet)(v); });
}

void AddParts(sheet::Schema<Row>& schema) {
  using type::v1::PartsWanted;
  schema.Optional("专家职称", "title_min", "副高", ReadTitle,
                  [](Row& r, type::v1::Title v) { r.set_title_min(v); });
  AddWant<&PartsWanted::set_expert>(schema, "专家", "want_expert", "必需");
  AddWant<&PartsWanted::set_project>(schema, "项目", "want_project", "希望");
  AddWant<&PartsWanted::set_team>(schema, "团队", "want_team", "希望");
  AddWant<&PartsWanted::set_enterprise>(schema, "企业", "want_enterprise",
                                        "希望");
  AddWant<&PartsWanted::set_talents>(schema, "人才", "want_talents", "希望");
  AddWant<&PartsWanted::set_industry>(schema, "产业带动", "want_industry",
                                      "希望");
  schema
      .Optional("人才人数", "talents_count", "2",
                sheet::Integer{.min = 0, .max = 20},
                [](Row& r, int64_t v) {
                  r.mutable_parts()->set_talents_count(static_cast<int>(v));
                })
      .Optional(
          "人才学科", "talents_subjects", "果树学",
          sheet::NamesOf<sheet::SubjectCell>{{}, 5},
          [](Row& r, const std::vector<const codes::Subject*>& v) {
            for (const auto* s : v) {
              r.mutable_parts()->add_talents_subjects(std::string(s->code));
            }
          })
      .Optional("接受层级", "max_tier", "省",
                ChoiceOf<type::v1::Tier>(codes::kTiers),
                [](Row& r, type::v1::Tier v) { r.set_max_tier(v); });
}

const sheet::Schema<Row>& Columns() {
  static const auto* const schema = [] {
    auto* made = new sheet::Schema<Row>;
    AddWhat(*made);
    AddWho(*made);
    AddHow(*made);
    AddParts(*made);
    return made;
  }();
  return *schema;
}

base::Violations ValidateRow(const Row& row) {
  store::v1::DemandRecord record;
  SetContent(row, record);
  Complete(record);
  return Validate(record);
}

// The importer vouches for a demand that nobody has verified yet.
absl::Status Vouch(runtime::Transaction& txn, store::v1::DemandRecord& record) {
  for (const Verb verb : {Verb::kSubmit, Verb::kVerify}) {
    if (Allowed(verb, record.demand().state())) {
      RETURN_IF_ERROR(Step(txn, verb, "", record));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<store::v1::DemandRecord> CreateOrUpdate(
    runtime::Transaction& txn, const Row& row, const std::string& known) {
  if (!known.empty()) {
    return Update(txn, known, "", [&](store::v1::DemandRecord& record) {
      SetContent(row, record);
      return absl::OkStatus();
    });
  }
  store::v1::DemandRecord record;
  SetContent(row, record);
  return Create(txn, std::move(record));
}

absl::StatusOr<rpc::RowOutcome> Upsert(runtime::Transaction& txn,
                                       const Row& row, bool verify) {
  const std::string known = Demands::FindExternal(txn, row.external_id());
  uint64_t version_before = 0;
  if (const auto before = Demands::Find(txn, known)) {
    version_before = before->version();
  }
  ASSIGN_OR_RETURN(store::v1::DemandRecord record,
                   CreateOrUpdate(txn, row, known));
  if (verify) RETURN_IF_ERROR(Vouch(txn, record));
  if (known.empty()) return rpc::RowOutcome::kCreated;
  return record.version() == version_before ? rpc::RowOutcome::kUnchanged
                                            : rpc::RowOutcome::kUpdated;
}

constexpr int64_t kDuplicatePpm = 800'000;

}  // namespace

std::unique_ptr<rpc::SheetImporter> MakeDemandSheet(
    runtime::Writer* writer, const DemandMachine* machine) {
  rpc::SheetRules<Row> rules;
  rules.kind = "demands";
  rules.schema = &Columns();
  rules.validate = ValidateRow;
  rules.upsert = Upsert;
  rules.find_duplicate =
      [machine](
          const Row& row) -> std::optional<std::pair<std::string, int64_t>> {
    store::v1::DemandRecord record;
    SetContent(row, record);
    const auto similar =
        machine->index().Similar(SearchText(record.demand()), 1, kDuplicatePpm);
    if (similar.empty()) return std::nullopt;
    return std::pair(similar[0].id, similar[0].similarity_ppm);
  };
  return std::make_unique<rpc::SheetImport<Row>>(writer, std::move(rules));
}

}  // namespace jiedui::demand
