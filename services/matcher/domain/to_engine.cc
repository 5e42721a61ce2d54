#include "services/matcher/domain/to_engine.h"

#include <algorithm>

#include "common/codes/corps.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "services/matcher/domain/dates.h"

namespace jiedui::matcher {
namespace {

// Open ends of windows, in days from 1970: far enough for any demand.
constexpr int32_t kAlwaysFrom = 0;
constexpr int32_t kAlwaysUntil = 200'000;

engine::Window ToWindow(const type::v1::Window& window) {
  engine::Window result{kAlwaysFrom, kAlwaysUntil};
  if (const auto first = ParseDay(window.start_date())) {
    result.start = DayNumber(*first);
  }
  if (const auto last = ParseDay(window.end_date())) {
    result.end = DayNumber(*last) + 1;
  }
  return result;
}

engine::Mode ToMode(type::v1::Mode mode) {
  switch (mode) {
    case type::v1::MODE_ON_SITE:
      return engine::Mode::kOnSite;
    case type::v1::MODE_REMOTE:
      return engine::Mode::kRemote;
    default:
      return engine::Mode::kEither;
  }
}

engine::Urgency ToUrgency(type::v1::Urgency urgency) {
  switch (urgency) {
    case type::v1::URGENCY_CRITICAL:
      return engine::Urgency::kCritical;
    case type::v1::URGENCY_HIGH:
      return engine::Urgency::kUrgent;
    case type::v1::URGENCY_LOW:
      return engine::Urgency::kLow;
    default:
      return engine::Urgency::kNormal;
  }
}

engine::Want ToWant(type::v1::Want want) {
  switch (want) {
    case type::v1::WANT_NONE:
      return engine::Want::kNone;
    case type::v1::WANT_REQUIRED:
      return engine::Want::kRequired;
    default:
      return engine::Want::kDesired;
  }
}

engine::RequesterKind ToRequesterKind(type::v1::RequesterKind kind) {
  switch (kind) {
    case type::v1::REQUESTER_KIND_ENTERPRISE:
      return engine::RequesterKind::kEnterprise;
    case type::v1::REQUESTER_KIND_PARK:
      return engine::RequesterKind::kPark;
    case type::v1::REQUESTER_KIND_COMMUNITY:
      return engine::RequesterKind::kCommunity;
    case type::v1::REQUESTER_KIND_ASSOCIATION:
      return engine::RequesterKind::kAssociation;
    default:
      return engine::RequesterKind::kVillage;
  }
}

engine::Category ToCategory(type::v1::VolunteerCategory category) {
  switch (category) {
    case type::v1::VOLUNTEER_CATEGORY_ACADEMICIAN:
      return engine::Category::kAcademician;
    case type::v1::VOLUNTEER_CATEGORY_HONG_KONG_MACAO:
      return engine::Category::kHongKongMacao;
    case type::v1::VOLUNTEER_CATEGORY_OVERSEAS:
      return engine::Category::kOverseas;
    case type::v1::VOLUNTEER_CATEGORY_CADRE:
      return engine::Category::kCadre;
    default:
      return engine::Category::kRegular;
  }
}

// The codes' own enumerations have the proto's numbers; 0 is “not stated”.
template <typename Code, typename Proto>
Code OrElse(Proto value, Code otherwise) {
  return value == 0 ? otherwise : static_cast<Code>(value);
}

std::vector<codes::Dialect> ToDialects(
    const google::protobuf::RepeatedField<int>& dialects) {
  std::vector<codes::Dialect> result;
  for (int dialect : dialects) {
    if (dialect != 0) result.push_back(static_cast<codes::Dialect>(dialect));
  }
  return result;
}

// Industries have several spellings ("C1530", "153"); an unknown one is left
// for the engine's validation to name.
std::string ToIndustry(const std::string& code) {
  const codes::Industry* industry = codes::FindIndustry(code);
  return industry == nullptr ? code : std::string(industry->code);
}

std::vector<std::string> ToIndustries(
    const google::protobuf::RepeatedPtrField<std::string>& codes) {
  std::vector<std::string> result;
  for (const std::string& code : codes) result.push_back(ToIndustry(code));
  return result;
}

std::vector<std::string> ToList(
    const google::protobuf::RepeatedPtrField<std::string>& list) {
  return {list.begin(), list.end()};
}

int32_t Left(int32_t capacity, int32_t used) {
  return std::max(0, capacity - used);
}

engine::Rating ToRating(const store::v1::Tally& tally) {
  return {tally.stars(), tally.evaluations()};
}

void SetWants(const type::v1::PartsWanted& parts, engine::Demand& demand) {
  demand.want = {ToWant(parts.expert()),  ToWant(parts.project()),
                 ToWant(parts.team()),    ToWant(parts.enterprise()),
                 ToWant(parts.talents()), ToWant(parts.industry())};
  demand.talents_count = parts.talents_count();
  demand.talents_subjects = ToList(parts.talents_subjects());
}

}  // namespace

bool WindowPast(const demand::event::v1::Demand& demand, absl::CivilDay as_of) {
  return ToWindow(demand.window()).end <= DayNumber(as_of);
}

engine::Demand ToEngine(const demand::event::v1::Demand& demand,
                        absl::CivilDay as_of) {
  engine::Demand result;
  result.id = demand.name();
  result.region = demand.region();
  result.action = OrElse(demand.action(), codes::Action::kRuralRevitalisation);
  result.mandatory = demand.mandatory();
  result.urgency = ToUrgency(demand.urgency());
  result.requester_name = demand.requester().name();
  result.requester_credit_code = demand.requester().credit_code();
  result.requester_kind = ToRequesterKind(demand.requester().kind());
  result.subjects = ToList(demand.subjects());
  result.industry = ToIndustry(demand.industry());
  result.text = demand.title() + "\n" + demand.description();
  result.window = ToWindow(demand.window());
  result.window.start = std::max(result.window.start, DayNumber(as_of));
  result.mode = ToMode(demand.mode());
  result.dialects = ToDialects(demand.dialects());
  result.dialect_required = demand.dialect_required();
  result.title_min = OrElse(demand.title_min(), codes::Title::kNone);
  result.opened = OrElse(demand.max_tier(), codes::Tier::kProvince);
  const codes::Region* region = codes::FindRegion(demand.region());
  if (region != nullptr) result.tier = codes::TierOfRegion(*region);
  SetWants(demand.parts(), result);
  return result;
}

engine::Volunteer ToEngine(const volunteer::event::v1::Volunteer& volunteer,
                           absl::CivilDay as_of, int32_t used,
                           const store::v1::Tally& tally) {
  engine::Volunteer result;
  result.id = volunteer.name();
  result.region = volunteer.region();
  result.tier = OrElse(volunteer.tier(), codes::Tier::kCounty);
  result.line = OrElse(volunteer.line(), codes::Line::kRegional);
  result.title = OrElse(volunteer.title(), codes::Title::kNone);
  result.category = ToCategory(volunteer.category());
  for (const type::v1::Skill& skill : volunteer.skills()) {
    if (!Within(as_of, "", skill.expire_date())) continue;
    engine::Skill& added = result.skills.emplace_back();
    added.subject = skill.subject();
    added.proficiency = skill.proficiency();
    if (const auto last = ParseDay(skill.expire_date())) {
      added.expires = DayNumber(*last) + 1;
    }
  }
  result.industries = ToIndustries(volunteer.industries());
  result.text = volunteer.summary();
  result.dialects = ToDialects(volunteer.dialects());
  result.capacity = Left(volunteer.capacity(), used);
  for (const type::v1::Window& window : volunteer.windows()) {
    result.availability.push_back(ToWindow(window));
  }
  if (result.availability.empty()) {
    result.availability.push_back({kAlwaysFrom, kAlwaysUntil});
  }
  result.mode = ToMode(volunteer.mode());
  result.employer = volunteer.employer();
  result.employer_credit_code = volunteer.employer_credit_code();
  result.conflicts = ToList(volunteer.conflicts());
  result.rating = ToRating(tally);
  result.accepted = tally.accepted();
  result.offered = tally.answered();
  return result;
}

engine::Team ToEngine(const volunteer::event::v1::Team& team, int32_t used,
                      const store::v1::Tally& tally) {
  engine::Team result;
  result.id = team.name();
  result.region = team.region();
  result.tier = OrElse(team.tier(), codes::Tier::kCounty);
  result.line = OrElse(team.line(), codes::Line::kRegional);
  result.subjects = ToList(team.subjects());
  result.capacity = Left(team.capacity(), used);
  result.rating = ToRating(tally);
  return result;
}

engine::Project ToEngine(const volunteer::event::v1::Project& project,
                         int32_t used) {
  constexpr int32_t kUnstatedReadiness = 5;
  engine::Project result;
  result.id = project.name();
  result.subjects = ToList(project.subjects());
  result.industries = ToIndustries(project.industries());
  result.readiness =
      project.readiness() == 0 ? kUnstatedReadiness : project.readiness();
  result.exclusive = project.exclusive();
  // Only of an exclusive one do licences count, and so do its users.
  result.licences = project.exclusive() ? Left(1, used) : 1;
  result.region = project.region();
  result.text = project.display_name() + "\n" + project.summary();
  return result;
}

engine::Enterprise ToEngine(
    const volunteer::event::v1::Enterprise& enterprise) {
  return {enterprise.name(),
          enterprise.display_name(),
          enterprise.credit_code(),
          enterprise.region(),
          ToIndustry(enterprise.industry()),
          enterprise.leading()};
}

engine::Specialty ToEngine(const volunteer::event::v1::Specialty& specialty) {
  return {specialty.name(), specialty.region(),
          ToIndustry(specialty.industry()), specialty.weight()};
}

}  // namespace jiedui::matcher
