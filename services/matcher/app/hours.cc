#include "services/matcher/app/hours.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/codes/corps.h"
#include "services/matcher/app/keys.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using event::v1::ServiceRecord;
using jiedui::store::Overlay;
using jiedui::store::Reader;
using store::v1::HoursSum;
using store::v1::ServiceRecordRecord;

constexpr std::string_view kActionPrefix = "ACTION_";

std::string ActionSubject(type::v1::Action action) {
  return absl::StrCat(
      "actions/", type::v1::Action_Name(action).substr(kActionPrefix.size()));
}

std::vector<std::string> SubjectsOf(const ServiceRecord& record) {
  std::vector<std::string> subjects = {record.volunteer(), record.demand(),
                                       record.pairing()};
  if (!record.team().empty()) subjects.push_back(record.team());
  if (record.action() != type::v1::ACTION_UNSPECIFIED) {
    subjects.push_back(ActionSubject(record.action()));
  }
  return subjects;
}

// Counts one more (or less, by `sign`) record of the person for the subject.
// Returns by how much the subject's people change.
int32_t CountPerson(std::string_view subject, const std::string& volunteer,
                    int sign, Overlay& state) {
  std::string key = keys::Two(keys::kServedFor, subject, volunteer);
  int32_t records = 0;
  if (const auto row = state.Get(key)) {
    static_cast<void>(absl::SimpleAtoi(*row, &records));
  }
  const bool served_before = records > 0;
  records += sign;
  if (records > 0) {
    state.Put(std::move(key), absl::StrCat(records));
  } else {
    state.Delete(std::move(key));
  }
  return static_cast<int32_t>(records > 0) -
         static_cast<int32_t>(served_before);
}

void Count(const ServiceRecord& record, int sign, Overlay& state) {
  if (record.state() != "CLOSED") return;
  const int64_t minutes = sign * record.minutes();
  for (const std::string& subject : SubjectsOf(record)) {
    HoursSum sum = HoursOf(state, subject);
    if (IsMeasured(record)) {
      sum.set_measured_minutes(sum.measured_minutes() + minutes);
    } else {
      sum.set_entered_minutes(sum.entered_minutes() + minutes);
    }
    sum.set_services(sum.services() + sign);
    sum.set_people(sum.people() +
                   CountPerson(subject, record.volunteer(), sign, state));
    state.Put(keys::One(keys::kHours, subject), sum.SerializeAsString());
  }
}

// The action that a subject names, in Chinese; empty when it names none.
std::string ActionName(std::string_view subject) {
  for (const auto& action : codes::kActions) {
    if (subject == ActionSubject(static_cast<type::v1::Action>(action.value))) {
      return std::string(action.zh);
    }
  }
  return "";
}

absl::Status NoHours(const std::string& subject) {
  base::Violations violations;
  violations.Add("subject", base::Reason::kFieldMalformed,
                 {{"value", subject},
                  {"expected",
                   "volunteers/…, teams/…, demands/…, pairings/…, actions/…"}});
  return violations.ToStatus();
}

}  // namespace

bool IsMeasured(const ServiceRecord& record) {
  return record.kind() != "LATE" && record.kind() != "CORRECTED";
}

void IndexHours(const std::optional<ServiceRecordRecord>& before,
                const ServiceRecordRecord& after, Overlay& state) {
  if (before) Count(before->service_record(), -1, state);
  Count(after.service_record(), +1, state);
}

HoursSum HoursOf(const Reader& state, std::string_view subject) {
  HoursSum sum;
  if (const auto bytes = state.Get(keys::One(keys::kHours, subject))) {
    sum.ParseFromString(*bytes);
  }
  return sum;
}

absl::StatusOr<std::string> SubjectOfHours(const Reader& state,
                                           const std::string& subject) {
  const auto named = [&](const auto& found,
                         const auto& name) -> absl::StatusOr<std::string> {
    if (found) return name(*found);
    return base::MakeError(base::Reason::kNotFound, {{"resource", subject}});
  };
  const auto display_name = [](const auto& found) {
    return found.display_name();
  };
  if (subject.starts_with(kVolunteers)) {
    return named(FindReplica<volunteer::event::v1::Volunteer>(state, subject),
                 display_name);
  }
  if (subject.starts_with(kTeams)) {
    return named(FindReplica<volunteer::event::v1::Team>(state, subject),
                 display_name);
  }
  if (subject.starts_with("demands/")) {
    return named(FindReplica<demand::event::v1::Demand>(state, subject),
                 [](const auto& found) { return found.title(); });
  }
  if (subject.starts_with("pairings/")) {
    return named(Pairings::Find(state, subject), [](const auto& found) {
      return found.pairing().demand_title();
    });
  }
  std::string action = ActionName(subject);
  if (action.empty()) return NoHours(subject);
  return action;
}

}  // namespace jiedui::matcher
