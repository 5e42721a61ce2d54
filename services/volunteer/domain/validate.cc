#include "services/volunteer/domain/validate.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/codes/regions.h"
#include "common/fields/checks.h"
#include "services/volunteer/domain/memberships.h"

namespace jiedui::volunteer {
namespace {

using base::Reason;
using base::Violations;
using event::v1::Volunteer;
using fields::CheckChoice;
using fields::CheckCreditCode;
using fields::CheckDate;
using fields::CheckIndustries;
using fields::CheckIndustry;
using fields::CheckItems;
using fields::CheckPhone;
using fields::CheckRange;
using fields::CheckRegion;
using fields::CheckSpan;
using fields::CheckSubject;
using fields::CheckSubjects;
using fields::CheckText;
using fields::Need;

// In characters.
constexpr int kMaxExternalId = 64;
constexpr int kMaxPersonName = 50;
constexpr int kMaxName = 100;
constexpr int kMaxEvidence = 200;
constexpr int kMaxSummary = 2000;

constexpr int kMaxSkills = 10;
constexpr int kMaxWindows = 20;
constexpr int kMaxConflicts = 50;
constexpr int kMaxMemberships = 100;
constexpr int kMaxVolunteerCapacity = 20;
constexpr int kMaxTeamCapacity = 50;

std::string Item(std::string_view list, int index) {
  return absl::StrCat(std::string(list), "[", index, "]");
}

// What all kinds of resources have.
template <typename Fact>
void CheckCommon(const Fact& fact, int max_name, Violations& out) {
  CheckText("external_id", fact.external_id(), Need::kOptional, kMaxExternalId,
            out);
  CheckText("display_name", fact.display_name(), Need::kRequired, max_name,
            out);
  CheckRegion("region", fact.region(), out);
  CheckText("summary", fact.summary(), Need::kOptional, kMaxSummary, out);
}

void CheckSkills(const Volunteer& volunteer, Violations& out) {
  if (volunteer.skills().empty()) {
    out.Add("skills", Reason::kFieldRequired);
  }
  CheckItems("skills", volunteer.skills_size(), kMaxSkills, out);
  std::set<std::string_view> subjects;
  for (int i = 0; i < volunteer.skills_size(); ++i) {
    const type::v1::Skill& skill = volunteer.skills(i);
    const std::string field = Item("skills", i);
    CheckSubject(field + ".subject", skill.subject(), out);
    if (!subjects.insert(skill.subject()).second) {
      out.Add(field + ".subject", Reason::kDuplicateId,
              {{"id", skill.subject()}});
    }
    CheckRange(field + ".proficiency", skill.proficiency(), 1, 5, out);
    CheckText(field + ".evidence", skill.evidence(), Need::kOptional,
              kMaxEvidence, out);
    CheckDate(field + ".expire_date", skill.expire_date(), Need::kOptional,
              out);
  }
}

void CheckMemberships(const Volunteer& volunteer, Violations& out) {
  const Memberships& memberships = volunteer.memberships();
  CheckItems("memberships", memberships.size(), kMaxMemberships, out);
  if (memberships.size() > kMaxMemberships) return;
  const size_t wrong_before = out.list().size();
  for (int i = 0; i < memberships.size(); ++i) {
    const std::string field = Item("memberships", i);
    if (memberships[i].team().empty()) {
      out.Add(field + ".team", Reason::kFieldRequired);
    }
    if (memberships[i].start_date().empty()) {
      out.Add(field + ".start_date", Reason::kFieldRequired);
    }
    CheckSpan(field, memberships[i].start_date(), memberships[i].end_date(),
              out);
  }
  if (out.list().size() > wrong_before) return;  // the rest needs good dates
  const std::string_view twice = TeamJoinedTwice(memberships);
  if (!twice.empty()) {
    out.Add("memberships", Reason::kDuplicateId, {{"id", std::string(twice)}});
  }
  const int most = MostTeamsAtOnce(memberships);
  if (most > kMaxTeamsAtOnce) {
    out.Add("memberships", Reason::kTooManyTeams,
            {{"resource", volunteer.display_name()},
             {"count", absl::StrCat(most)},
             {"limit", absl::StrCat(kMaxTeamsAtOnce)}});
  }
}

// Who serves a county or a township is at home in one.
void CheckBase(const Volunteer& volunteer, Violations& out) {
  const codes::Region* region = codes::FindRegion(volunteer.region());
  if (region == nullptr || volunteer.tier() < type::v1::TIER_COUNTY ||
      region->AncestorAt(codes::RegionLevel::kCounty) != nullptr) {
    return;
  }
  out.Add("region", Reason::kFieldMalformed,
          {{"value", volunteer.region()},
           {"expected", "县级或以下地区 / a county or below"}});
}

void CheckAvailability(const Volunteer& volunteer, Violations& out) {
  CheckRange("capacity", volunteer.capacity(), 0, kMaxVolunteerCapacity, out);
  CheckItems("windows", volunteer.windows_size(), kMaxWindows, out);
  for (int i = 0; i < volunteer.windows_size(); ++i) {
    CheckSpan(Item("windows", i), volunteer.windows(i).start_date(),
              volunteer.windows(i).end_date(), out);
  }
  CheckChoice("mode", volunteer.mode(),
              type::v1::Mode_IsValid(volunteer.mode()), Need::kOptional, out);
  for (const int dialect : volunteer.dialects()) {
    CheckChoice("dialects", dialect, type::v1::Dialect_IsValid(dialect),
                Need::kRequired, out);
  }
}

}  // namespace

Violations Validate(const store::v1::VolunteerRecord& record) {
  const Volunteer& volunteer = record.volunteer();
  Violations out;
  CheckCommon(volunteer, kMaxPersonName, out);
  CheckText("employer", volunteer.employer(), Need::kOptional, kMaxName, out);
  CheckCreditCode("employer_credit_code", volunteer.employer_credit_code(),
                  out);
  CheckChoice("title", volunteer.title(),
              type::v1::Title_IsValid(volunteer.title()), Need::kOptional, out);
  CheckChoice("category", volunteer.category(),
              type::v1::VolunteerCategory_IsValid(volunteer.category()),
              Need::kOptional, out);
  CheckChoice("tier", volunteer.tier(),
              type::v1::Tier_IsValid(volunteer.tier()), Need::kRequired, out);
  CheckChoice("line", volunteer.line(),
              type::v1::Line_IsValid(volunteer.line()), Need::kRequired, out);
  CheckBase(volunteer, out);
  CheckSkills(volunteer, out);
  CheckIndustries("industries", volunteer.industries(), out);
  CheckAvailability(volunteer, out);
  CheckItems("conflicts", volunteer.conflicts_size(), kMaxConflicts, out);
  for (const std::string& conflict : volunteer.conflicts()) {
    CheckText("conflicts", conflict, Need::kRequired, kMaxName, out);
  }
  CheckPhone("phone", record.phone(), out);
  CheckMemberships(volunteer, out);
  return out;
}

Violations Validate(const store::v1::TeamRecord& record) {
  const event::v1::Team& team = record.team();
  Violations out;
  CheckCommon(team, kMaxName, out);
  CheckChoice("tier", team.tier(), type::v1::Tier_IsValid(team.tier()),
              Need::kRequired, out);
  CheckChoice("line", team.line(), type::v1::Line_IsValid(team.line()),
              Need::kRequired, out);
  CheckSubjects("subjects", team.subjects(), Need::kRequired, out);
  CheckRange("capacity", team.capacity(), 0, kMaxTeamCapacity, out);
  CheckDate("parent_since", team.parent_since(), Need::kOptional, out);
  CheckDate("found_date", team.found_date(), Need::kOptional, out);
  return out;
}

Violations Validate(const store::v1::ProjectRecord& record) {
  const event::v1::Project& project = record.project();
  Violations out;
  CheckCommon(project, kMaxName, out);
  CheckChoice("kind", project.kind(),
              event::v1::Project::Kind_IsValid(project.kind()), Need::kRequired,
              out);
  CheckText("holder", project.holder(), Need::kOptional, kMaxName, out);
  CheckSubjects("subjects", project.subjects(), Need::kRequired, out);
  CheckIndustries("industries", project.industries(), out);
  CheckRange("readiness", project.readiness(), 1, 9, out);
  return out;
}

Violations Validate(const store::v1::EnterpriseRecord& record) {
  const event::v1::Enterprise& enterprise = record.enterprise();
  Violations out;
  CheckCommon(enterprise, kMaxName, out);
  CheckChoice("kind", enterprise.kind(),
              event::v1::Enterprise::Kind_IsValid(enterprise.kind()),
              Need::kRequired, out);
  CheckCreditCode("credit_code", enterprise.credit_code(), out);
  CheckIndustry("industry", enterprise.industry(), Need::kRequired, out);
  return out;
}

Violations Validate(const store::v1::StationRecord& record) {
  const event::v1::Station& station = record.station();
  Violations out;
  CheckCommon(station, kMaxName, out);
  CheckChoice("kind", station.kind(),
              event::v1::Station::Kind_IsValid(station.kind()), Need::kRequired,
              out);
  CheckText("host", station.host(), Need::kOptional, kMaxName, out);
  CheckSubjects("subjects", station.subjects(), Need::kOptional, out);
  CheckIndustry("industry", station.industry(), Need::kOptional, out);
  return out;
}

Violations Validate(const store::v1::SpecialtyRecord& record) {
  const event::v1::Specialty& specialty = record.specialty();
  Violations out;
  CheckCommon(specialty, kMaxName, out);
  const codes::Region* region = codes::FindRegion(specialty.region());
  if (region != nullptr &&
      region->AncestorAt(codes::RegionLevel::kCounty) != region) {
    out.Add(
        "region", Reason::kFieldMalformed,
        {{"value", specialty.region()},
         {"expected",
          "县级地区，不设县的市填市 / a county, or a city without counties"}});
  }
  CheckIndustry("industry", specialty.industry(), Need::kRequired, out);
  CheckRange("weight", specialty.weight(), 1, 100, out);
  return out;
}

}  // namespace jiedui::volunteer
