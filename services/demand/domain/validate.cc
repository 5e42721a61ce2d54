#include "services/demand/domain/validate.h"

#include <cmath>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/codes/credit_code.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"
#include "common/text/normalize.h"

namespace jiedui::demand {
namespace {

using base::Reason;
using base::Violations;
using event::v1::Demand;

constexpr int kMaxSubjects = 5;
constexpr int kMaxTalents = 20;

void CheckText(std::string_view field, std::string_view value, bool required,
               int64_t limit, Violations& out) {
  if (!text::ValidUtf8(value)) {
    out.Add(std::string(field), Reason::kFieldMalformed,
            {{"value", ""}, {"expected", "UTF-8"}});
    return;
  }
  if (required && text::Blank(value)) {
    out.Add(std::string(field), Reason::kFieldRequired);
  }
  const int64_t length = text::Utf8Length(value);
  if (length > limit) {
    out.Add(std::string(field), Reason::kFieldTooLong,
            {{"length", absl::StrCat(length)}, {"limit", absl::StrCat(limit)}});
  }
}

template <typename Enum>
void CheckChosen(std::string_view field, Enum value, bool valid,
                 Violations& out) {
  if (static_cast<int>(value) == 0) {
    out.Add(std::string(field), Reason::kFieldRequired);
  } else if (!valid) {
    out.Add(std::string(field), Reason::kUnknownValue,
            {{"value", absl::StrCat(static_cast<int>(value))},
             {"allowed", "the enumeration's values"}});
  }
}

void CheckCode(std::string_view field, std::string_view code, bool known,
               std::string_view system, Violations& out) {
  if (known) return;
  out.Add(std::string(field), Reason::kUnknownCode,
          {{"value", std::string(code)}, {"system", std::string(system)}});
}

void CheckSubjects(std::string_view field,
                   const google::protobuf::RepeatedPtrField<std::string>& codes,
                   bool required, Violations& out) {
  if (required && codes.empty()) {
    out.Add(std::string(field), Reason::kFieldRequired);
  }
  if (codes.size() > kMaxSubjects) {
    out.Add(std::string(field), Reason::kTooManyItems,
            {{"count", absl::StrCat(codes.size())},
             {"limit", absl::StrCat(kMaxSubjects)}});
  }
  for (const std::string& code : codes) {
    CheckCode(field, code, codes::FindSubject(code) != nullptr, "GB/T 13745",
              out);
  }
}

void CheckRequester(const type::v1::Requester& requester, Violations& out) {
  CheckText("requester.name", requester.name(), true, 100, out);
  CheckChosen("requester.kind", requester.kind(),
              type::v1::RequesterKind_IsValid(requester.kind()), out);
  const std::string& code = requester.credit_code();
  if (code.empty()) {
    if (requester.kind() == type::v1::REQUESTER_KIND_ENTERPRISE) {
      out.Add("requester.credit_code", Reason::kFieldRequired);
    }
  } else if (codes::CheckCreditCode(code) != codes::CreditCodeFault::kNone) {
    out.Add("requester.credit_code", Reason::kBadCreditCode, {{"value", code}});
  }
}

void CheckRegion(const std::string& code, Violations& out) {
  if (code.empty()) {
    out.Add("region", Reason::kFieldRequired);
    return;
  }
  const codes::Region* region = codes::FindRegion(code);
  CheckCode("region", code, region != nullptr, "GB/T 2260", out);
  if (region != nullptr &&
      region->AncestorAt(codes::RegionLevel::kCounty) == nullptr) {
    out.Add(
        "region", Reason::kFieldMalformed,
        {{"value", code}, {"expected", "县级以下地区 / a county or below"}});
  }
}

// Nothing for an empty or malformed date; the latter is a violation.
std::optional<absl::CivilDay> CheckDate(std::string_view field,
                                        const std::string& date,
                                        Violations& out) {
  if (date.empty()) return std::nullopt;
  absl::CivilDay day;
  if (date.size() == 10 && absl::ParseCivilTime(date, &day)) return day;
  out.Add(std::string(field), Reason::kFieldMalformed,
          {{"value", date}, {"expected", "YYYY-MM-DD"}});
  return std::nullopt;
}

void CheckWindow(const type::v1::Window& window, Violations& out) {
  const auto start = CheckDate("window.start_date", window.start_date(), out);
  const auto end = CheckDate("window.end_date", window.end_date(), out);
  if (start && end && *end < *start) {
    out.Add("window", Reason::kWindowReversed,
            {{"start", window.start_date()}, {"end", window.end_date()}});
  }
}

void CheckParts(const type::v1::PartsWanted& parts, Violations& out) {
  const bool wanted = parts.talents() != type::v1::WANT_NONE;
  const int count = parts.talents_count();
  if (count < 0 || count > kMaxTalents || (wanted && count == 0)) {
    out.Add("parts.talents_count", Reason::kValueOutOfRange,
            {{"value", absl::StrCat(count)},
             {"min", wanted ? "1" : "0"},
             {"max", absl::StrCat(kMaxTalents)}});
  }
  CheckSubjects("parts.talents_subjects", parts.talents_subjects(), false, out);
  if (parts.expert() == type::v1::WANT_NONE &&
      parts.team() == type::v1::WANT_NONE) {
    out.Add("parts.expert", Reason::kFieldMalformed,
            {{"value", "不需要"},
             {"expected", "专家与团队至少要一项 / an expert or a team"}});
  }
}

void CheckMetric(const type::v1::Metric& metric, Violations& out) {
  CheckText("metric.name", metric.name(), false, 100, out);
  CheckText("metric.unit", metric.unit(), false, 20, out);
  for (const double value : {metric.baseline(), metric.target()}) {
    if (!std::isfinite(value)) {
      out.Add("metric", Reason::kFieldMalformed,
              {{"value", absl::StrCat(value)}, {"expected", "a number"}});
    }
  }
}

void CheckContact(const type::v1::Contact& contact, Violations& out) {
  CheckText("contact.name", contact.name(), false, 50, out);
  const std::string& phone = contact.phone();
  bool digits = phone.empty() || (phone.size() >= 7 && phone.size() <= 15);
  for (char c : phone) digits = digits && absl::ascii_isdigit(c);
  if (!digits) {
    out.Add("contact.phone", Reason::kFieldMalformed,
            {{"value", phone}, {"expected", "7–15 位数字 / 7 to 15 digits"}});
  }
}

}  // namespace

void Complete(store::v1::DemandRecord& record) {
  Demand& demand = *record.mutable_demand();
  if (const codes::Region* region = codes::FindRegion(demand.region())) {
    demand.set_region(region->CodeText());
  }
  if (demand.urgency() == type::v1::URGENCY_UNSPECIFIED) {
    demand.set_urgency(type::v1::URGENCY_NORMAL);
  }
  if (demand.mode() == type::v1::MODE_UNSPECIFIED) {
    demand.set_mode(type::v1::MODE_EITHER);
  }
  if (demand.max_tier() == type::v1::TIER_UNSPECIFIED) {
    demand.set_max_tier(type::v1::TIER_PROVINCE);
  }
  type::v1::PartsWanted& parts = *demand.mutable_parts();
  if (parts.expert() == type::v1::WANT_UNSPECIFIED) {
    parts.set_expert(type::v1::WANT_REQUIRED);
  }
  if (parts.talents() == type::v1::WANT_UNSPECIFIED) {
    parts.set_talents(parts.talents_count() > 0 ? type::v1::WANT_DESIRED
                                                : type::v1::WANT_NONE);
  }
  const auto desired = [](type::v1::Want want) {
    return want == type::v1::WANT_UNSPECIFIED ? type::v1::WANT_DESIRED : want;
  };
  parts.set_project(desired(parts.project()));
  parts.set_team(desired(parts.team()));
  parts.set_enterprise(desired(parts.enterprise()));
  parts.set_industry(desired(parts.industry()));
}

Violations Validate(const store::v1::DemandRecord& record) {
  const Demand& demand = record.demand();
  Violations out;
  CheckText("external_id", demand.external_id(), false, 64, out);
  CheckText("title", demand.title(), true, 100, out);
  CheckText("description", demand.description(), false, 5000, out);
  CheckChosen("library", demand.library(),
              type::v1::Library_IsValid(demand.library()), out);
  CheckChosen("action", demand.action(),
              type::v1::Action_IsValid(demand.action()), out);
  CheckRequester(demand.requester(), out);
  CheckRegion(demand.region(), out);
  CheckSubjects("subjects", demand.subjects(), true, out);
  if (!demand.industry().empty()) {
    CheckCode("industry", demand.industry(),
              codes::FindIndustry(demand.industry()) != nullptr, "GB/T 4754",
              out);
  }
  CheckMetric(demand.metric(), out);
  CheckText("risks", demand.risks(), false, 1000, out);
  CheckChosen("urgency", demand.urgency(),
              type::v1::Urgency_IsValid(demand.urgency()), out);
  CheckChosen("mode", demand.mode(), type::v1::Mode_IsValid(demand.mode()),
              out);
  CheckChosen("max_tier", demand.max_tier(),
              type::v1::Tier_IsValid(demand.max_tier()), out);
  CheckWindow(demand.window(), out);
  if (demand.dialect_required() && demand.dialects().empty()) {
    out.Add("dialects", Reason::kFieldRequired);
  }
  CheckParts(demand.parts(), out);
  CheckContact(record.contact(), out);
  return out;
}

}  // namespace jiedui::demand
