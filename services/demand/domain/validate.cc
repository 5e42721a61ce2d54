#include "services/demand/domain/validate.h"

#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/codes/regions.h"
#include "common/fields/checks.h"

namespace jiedui::demand {
namespace {

using base::Reason;
using base::Violations;
using event::v1::Demand;
using fields::CheckChoice;
using fields::CheckCreditCode;
using fields::CheckIndustry;
using fields::CheckItems;
using fields::CheckPhone;
using fields::CheckRange;
using fields::CheckSpan;
using fields::CheckSubjects;
using fields::CheckText;
using fields::Need;

// In characters.
constexpr int kMaxExternalId = 64;
constexpr int kMaxTitle = 100;
constexpr int kMaxDescription = 5000;
constexpr int kMaxRisks = 1000;
constexpr int kMaxName = 100;
constexpr int kMaxUnit = 20;
constexpr int kMaxPersonName = 50;

constexpr int kMaxSubjects = 5;
constexpr int kMaxTalents = 20;

void CheckRequester(const type::v1::Requester& requester, Violations& out) {
  CheckText("requester.name", requester.name(), Need::kRequired, kMaxName, out);
  CheckChoice("requester.kind", requester.kind(),
              type::v1::RequesterKind_IsValid(requester.kind()),
              Need::kRequired, out);
  CheckCreditCode("requester.credit_code", requester.credit_code(), out);
  if (requester.credit_code().empty() &&
      requester.kind() == type::v1::REQUESTER_KIND_ENTERPRISE) {
    out.Add("requester.credit_code", Reason::kFieldRequired);
  }
}

// A demand is somebody's: a whole city or province asks for nothing.
void CheckRegion(const std::string& code, Violations& out) {
  fields::CheckRegion("region", code, out);
  const codes::Region* region = codes::FindRegion(code);
  if (region != nullptr &&
      region->AncestorAt(codes::RegionLevel::kCounty) == nullptr) {
    out.Add(
        "region", Reason::kFieldMalformed,
        {{"value", code}, {"expected", "县级以下地区 / a county or below"}});
  }
}

void CheckParts(const type::v1::PartsWanted& parts, Violations& out) {
  const bool wanted = parts.talents() != type::v1::WANT_NONE;
  CheckRange("parts.talents_count", parts.talents_count(), wanted ? 1 : 0,
             kMaxTalents, out);
  CheckSubjects("parts.talents_subjects", parts.talents_subjects(),
                Need::kOptional, out);
  if (parts.expert() == type::v1::WANT_NONE &&
      parts.team() == type::v1::WANT_NONE) {
    out.Add("parts.expert", Reason::kFieldMalformed,
            {{"value", "不需要"},
             {"expected", "专家与团队至少要一项 / an expert or a team"}});
  }
}

void CheckMetric(const type::v1::Metric& metric, Violations& out) {
  CheckText("metric.name", metric.name(), Need::kOptional, kMaxName, out);
  CheckText("metric.unit", metric.unit(), Need::kOptional, kMaxUnit, out);
  for (const double value : {metric.baseline(), metric.target()}) {
    if (!std::isfinite(value)) {
      out.Add("metric", Reason::kFieldMalformed,
              {{"value", absl::StrCat(value)}, {"expected", "a number"}});
    }
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
  CheckText("external_id", demand.external_id(), Need::kOptional,
            kMaxExternalId, out);
  CheckText("title", demand.title(), Need::kRequired, kMaxTitle, out);
  CheckText("description", demand.description(), Need::kOptional,
            kMaxDescription, out);
  CheckChoice("library", demand.library(),
              type::v1::Library_IsValid(demand.library()), Need::kRequired,
              out);
  CheckChoice("action", demand.action(),
              type::v1::Action_IsValid(demand.action()), Need::kRequired, out);
  CheckRequester(demand.requester(), out);
  CheckRegion(demand.region(), out);
  CheckItems("subjects", demand.subjects_size(), kMaxSubjects, out);
  CheckSubjects("subjects", demand.subjects(), Need::kRequired, out);
  CheckIndustry("industry", demand.industry(), Need::kOptional, out);
  CheckMetric(demand.metric(), out);
  CheckText("risks", demand.risks(), Need::kOptional, kMaxRisks, out);
  CheckChoice("urgency", demand.urgency(),
              type::v1::Urgency_IsValid(demand.urgency()), Need::kRequired,
              out);
  CheckChoice("mode", demand.mode(), type::v1::Mode_IsValid(demand.mode()),
              Need::kRequired, out);
  CheckChoice("title_min", demand.title_min(),
              type::v1::Title_IsValid(demand.title_min()), Need::kOptional,
              out);
  CheckChoice("max_tier", demand.max_tier(),
              type::v1::Tier_IsValid(demand.max_tier()), Need::kRequired, out);
  CheckSpan("window", demand.window().start_date(), demand.window().end_date(),
            out);
  if (demand.dialect_required() && demand.dialects().empty()) {
    out.Add("dialects", Reason::kFieldRequired);
  }
  CheckParts(demand.parts(), out);
  CheckText("contact.name", record.contact().name(), Need::kOptional,
            kMaxPersonName, out);
  CheckPhone("contact.phone", record.contact().phone(), out);
  return out;
}

}  // namespace jiedui::demand
