#include "services/volunteer/app/volunteer_commands.h"

#include <string>
#include <utility>

#include "common/base/status_macros.h"
#include "common/fields/checks.h"
#include "services/volunteer/app/kinds.h"
#include "services/volunteer/app/references.h"
#include "services/volunteer/app/registry.h"
#include "services/volunteer/domain/memberships.h"

namespace jiedui::volunteer {
namespace {

using fields::CheckDate;
using fields::CheckText;
using fields::Need;
using store::v1::VolunteerRecord;

absl::StatusOr<std::string> DayOrToday(std::string_view field,
                                       std::string_view day, absl::Time now) {
  if (day.empty()) return Today(now);
  base::Violations violations;
  CheckDate(field, day, Need::kRequired, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  return std::string(day);
}

// Characters of a remark or reason.
constexpr int kMaxNote = 500;

absl::Status CheckNote(std::string_view note) {
  base::Violations violations;
  CheckText("note", note, Need::kOptional, kMaxNote, violations);
  return violations.ToStatus();
}

void SaveMemberships(runtime::Transaction& txn, std::string verb,
                     std::string_view note, VolunteerRecord& record) {
  const std::string& state = record.volunteer().state();
  Volunteers::Save(txn, record,
                   {.verb = std::move(verb),
                    .from_state = state,
                    .to_state = state,
                    .note = std::string(note)});
}

}  // namespace

absl::StatusOr<VolunteerRecord> Step(runtime::Transaction& txn, Verb verb,
                                     VolunteerRef who, std::string_view note) {
  ASSIGN_OR_RETURN(VolunteerRecord record,
                   Volunteers::RequireCurrent(txn, who.name, who.etag));
  RETURN_IF_ERROR(Step(txn, verb, note, record));
  return record;
}

absl::Status Step(runtime::Transaction& txn, Verb verb, std::string_view note,
                  VolunteerRecord& record) {
  auto& volunteer = *record.mutable_volunteer();
  RETURN_IF_ERROR(CheckNote(note));
  RETURN_IF_ERROR(Check(verb, volunteer.name(), volunteer.state(), note));
  const Transition& transition = TransitionOf(verb);
  runtime::Change change{.verb = std::string(transition.name),
                         .from_state = volunteer.state(),
                         .to_state = std::string(transition.to),
                         .note = std::string(note)};
  volunteer.set_state(std::string(transition.to));
  volunteer.set_state_reason(std::string(note));
  Volunteers::Save(txn, record, std::move(change));
  return absl::OkStatus();
}

absl::StatusOr<VolunteerRecord> JoinTeam(runtime::Transaction& txn,
                                         VolunteerRef who,
                                         std::string_view team,
                                         std::string_view day,
                                         std::string_view note) {
  ASSIGN_OR_RETURN(VolunteerRecord record,
                   Volunteers::RequireCurrent(txn, who.name, who.etag));
  RETURN_IF_ERROR(CheckNote(note));
  if (!Teams::Find(txn, team)) return ReferenceMissing("team", team);
  ASSIGN_OR_RETURN(const std::string start,
                   DayOrToday("start_date", day, txn.now()));
  RETURN_IF_ERROR(Join(*record.mutable_volunteer(), team, start));
  SaveMemberships(txn, "join", note, record);
  return record;
}

absl::StatusOr<VolunteerRecord> LeaveTeam(runtime::Transaction& txn,
                                          VolunteerRef who,
                                          std::string_view team,
                                          std::string_view day,
                                          std::string_view note) {
  ASSIGN_OR_RETURN(VolunteerRecord record,
                   Volunteers::RequireCurrent(txn, who.name, who.etag));
  RETURN_IF_ERROR(CheckNote(note));
  ASSIGN_OR_RETURN(const std::string end,
                   DayOrToday("end_date", day, txn.now()));
  RETURN_IF_ERROR(Leave(*record.mutable_volunteer(), team, end));
  SaveMemberships(txn, "leave", note, record);
  return record;
}

}  // namespace jiedui::volunteer
