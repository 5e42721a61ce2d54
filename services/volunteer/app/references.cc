#include "services/volunteer/app/references.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::volunteer {
namespace {

using base::MakeError;
using base::Reason;

template <typename Kind>
absl::Status CheckExists(const jiedui::store::Reader& state,
                         std::string_view field, std::string_view name) {
  if (state.Get(runtime::Collection<Kind>::RowKey(name))) {
    return absl::OkStatus();
  }
  return ReferenceMissing(field, name);
}

// Goes up from `parent`; what is stored has no cycle, so that it ends.
absl::Status CheckNoCycle(const jiedui::store::Reader& state,
                          const event::v1::Team& team) {
  std::string superior = team.parent();
  while (!superior.empty()) {
    if (superior == team.name()) {
      return MakeError(Reason::kCycle,
                       {{"field", "parent"}, {"resource", team.name()}});
    }
    const std::optional<store::v1::TeamRecord> above =
        Teams::Find(state, superior);
    superior = above ? above->team().parent() : "";
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ReferenceMissing(std::string_view field,
                              std::string_view resource) {
  return MakeError(Reason::kReferenceMissing,
                   {{"field", std::string(field)},
                    {"resource", std::string(resource)},
                    {"value", std::string(resource)}});
}

absl::Status CheckReferences(const jiedui::store::Reader& state,
                             const store::v1::VolunteerRecord& record) {
  const auto& memberships = record.volunteer().memberships();
  for (int i = 0; i < memberships.size(); ++i) {
    RETURN_IF_ERROR(
        CheckExists<TeamKind>(state, absl::StrCat("memberships[", i, "].team"),
                              memberships[i].team()));
  }
  return absl::OkStatus();
}

absl::Status CheckReferences(const jiedui::store::Reader& state,
                             const store::v1::TeamRecord& record) {
  const event::v1::Team& team = record.team();
  if (!team.leader().empty()) {
    RETURN_IF_ERROR(CheckExists<VolunteerKind>(state, "leader", team.leader()));
  }
  if (team.parent().empty()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckExists<TeamKind>(state, "parent", team.parent()));
  return CheckNoCycle(state, team);
}

absl::Status CheckReferences(const jiedui::store::Reader& state,
                             const store::v1::ProjectRecord& record) {
  const std::string& owner = record.project().owner();
  return owner.empty() ? absl::OkStatus()
                       : CheckExists<VolunteerKind>(state, "owner", owner);
}

void ResolvePendingLeader(runtime::Transaction& txn,
                          const event::v1::Volunteer& volunteer) {
  if (volunteer.external_id().empty()) return;
  const std::string prefix = keys::PendingLeaderPrefix(volunteer.external_id());
  std::vector<std::string> teams;
  jiedui::store::ScanPrefix(txn, prefix,
                            [&](std::string_view key, std::string_view) {
                              teams.emplace_back(key.substr(prefix.size()));
                              return true;
                            });
  for (const std::string& name : teams) {
    std::optional<store::v1::TeamRecord> team = Teams::Find(txn, name);
    if (!team) continue;
    team->mutable_team()->set_leader(volunteer.name());
    team->clear_pending_leader();
    Teams::Save(txn, *team, {.verb = "update"});
  }
}

}  // namespace jiedui::volunteer
