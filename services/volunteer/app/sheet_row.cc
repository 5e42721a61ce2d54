#include "services/volunteer/app/sheet_row.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/volunteer/domain/memberships.h"

namespace jiedui::volunteer {
namespace {

template <typename Kind>
void KeepCommon(const typename Kind::Record& before,
                typename Kind::Record& record) {
  const auto& old = Kind::fact(before);
  auto& fact = Kind::fact(record);
  record.set_version(before.version());
  fact.set_name(old.name());
  *fact.mutable_create_time() = old.create_time();
  *fact.mutable_update_time() = old.update_time();
  if constexpr (requires { old.retired(); }) fact.set_retired(old.retired());
}

}  // namespace

void KeepUnsaid(const store::v1::VolunteerRecord& before,
                store::v1::VolunteerRecord& record) {
  KeepCommon<VolunteerKind>(before, record);
  const event::v1::Volunteer& old = before.volunteer();
  event::v1::Volunteer& volunteer = *record.mutable_volunteer();
  volunteer.set_state(old.state());
  volunteer.set_state_reason(old.state_reason());
  *volunteer.mutable_memberships() = old.memberships();
  for (type::v1::Skill& skill : *volunteer.mutable_skills()) {
    const auto known = std::find_if(
        old.skills().begin(), old.skills().end(),
        [&](const auto& one) { return one.subject() == skill.subject(); });
    if (known == old.skills().end()) continue;
    skill.set_evidence(known->evidence());
    skill.set_expire_date(known->expire_date());
  }
}

void KeepUnsaid(const store::v1::TeamRecord& before,
                store::v1::TeamRecord& record) {
  KeepCommon<TeamKind>(before, record);
  record.mutable_team()->set_parent_since(before.team().parent_since());
}

void KeepUnsaid(const store::v1::ProjectRecord& before,
                store::v1::ProjectRecord& record) {
  KeepCommon<ProjectKind>(before, record);
}

void KeepUnsaid(const store::v1::EnterpriseRecord& before,
                store::v1::EnterpriseRecord& record) {
  KeepCommon<EnterpriseKind>(before, record);
}

void KeepUnsaid(const store::v1::StationRecord& before,
                store::v1::StationRecord& record) {
  KeepCommon<StationKind>(before, record);
}

void KeepUnsaid(const store::v1::SpecialtyRecord& before,
                store::v1::SpecialtyRecord& record) {
  KeepCommon<SpecialtyKind>(before, record);
}

absl::Status Resolve(const jiedui::store::Reader& state,
                     const ReferenceIds<VolunteerKind>& ids,
                     std::string_view today,
                     store::v1::VolunteerRecord& record) {
  event::v1::Volunteer& volunteer = *record.mutable_volunteer();
  std::string_view start = today;
  if (!volunteer.windows().empty() &&
      !volunteer.windows(0).start_date().empty()) {
    start = volunteer.windows(0).start_date();
  }
  for (const std::string& id : ids.teams) {
    const std::string team = Teams::FindExternal(state, id);
    if (team.empty()) return ReferenceMissing("teams", id);
    const Memberships& known = volunteer.memberships();
    if (std::any_of(known.begin(), known.end(),
                    [&](const auto& m) { return m.team() == team; })) {
      continue;
    }
    type::v1::Membership* membership = volunteer.add_memberships();
    membership->set_team(team);
    membership->set_start_date(std::string(start));
  }
  const int most = MostTeamsAtOnce(volunteer.memberships());
  if (most <= kMaxTeamsAtOnce) return absl::OkStatus();
  return base::MakeError(base::Reason::kTooManyTeams,
                         {{"field", "teams"},
                          {"resource", volunteer.display_name()},
                          {"count", absl::StrCat(most)},
                          {"limit", absl::StrCat(kMaxTeamsAtOnce)}});
}

absl::Status Resolve(const jiedui::store::Reader& state,
                     const ReferenceIds<TeamKind>& ids, std::string_view,
                     store::v1::TeamRecord& record) {
  event::v1::Team& team = *record.mutable_team();
  if (!ids.parent.empty()) {
    team.set_parent(Teams::FindExternal(state, ids.parent));
    if (team.parent().empty()) return ReferenceMissing("parent", ids.parent);
    if (team.name().empty()) team.set_parent_since(team.found_date());
  }
  if (!ids.leader.empty()) {
    team.set_leader(Volunteers::FindExternal(state, ids.leader));
    if (team.leader().empty()) record.set_pending_leader(ids.leader);
  }
  return absl::OkStatus();
}

absl::Status Resolve(const jiedui::store::Reader& state,
                     const ReferenceIds<ProjectKind>& ids, std::string_view,
                     store::v1::ProjectRecord& record) {
  if (ids.owner.empty()) return absl::OkStatus();
  record.mutable_project()->set_owner(
      Volunteers::FindExternal(state, ids.owner));
  if (!record.project().owner().empty()) return absl::OkStatus();
  return ReferenceMissing("owner", ids.owner);
}

absl::Status Vouch(runtime::Transaction& txn,
                   store::v1::VolunteerRecord& record) {
  for (const Verb verb : {Verb::kVerify, Verb::kActivate}) {
    // One who was paused is not called back by a sheet.
    const std::string& now = record.volunteer().state();
    const bool due = verb == Verb::kVerify ? now == state::kApplied
                                           : now == state::kVerified;
    if (due) RETURN_IF_ERROR(Step(txn, verb, "", record));
  }
  return absl::OkStatus();
}

}  // namespace jiedui::volunteer
