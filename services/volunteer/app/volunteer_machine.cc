#include "services/volunteer/app/volunteer_machine.h"

#include <optional>
#include <string>

#include "common/base/error.h"
#include "jiedui/event/v1/event.pb.h"
#include "services/volunteer/domain/search_text.h"

namespace jiedui::volunteer {
namespace {

using runtime::Collection;

// Keeps the index of teams that wait for their leader in step with a team.
// REQUIRES: `state` has the team as it was before.
void ApplyPendingLeader(const journal::v1::Fact& fact,
                        jiedui::store::Overlay& state) {
  store::v1::TeamRecord record;
  fact.record().UnpackTo(&record);
  const std::optional<store::v1::TeamRecord> before =
      Teams::Find(state, fact.subject());
  const std::string old = before ? before->pending_leader() : "";
  if (old == record.pending_leader()) return;
  if (!old.empty()) {
    state.Delete(keys::PendingLeaderPrefix(old) + fact.subject());
  }
  if (!record.pending_leader().empty()) {
    state.Put(
        keys::PendingLeaderPrefix(record.pending_leader()) + fact.subject(),
        "");
  }
}

// The other verbs move states and memberships only: what is searched, external
// ids and leaders stay as they are.
bool MayChangeContent(const journal::v1::Fact& fact) {
  return fact.verb() == "create" || fact.verb() == "update";
}

}  // namespace

template <typename Kind>
void VolunteerMachine::Put(const typename Kind::Fact& fact) {
  std::get<Index<Kind>>(indices_).Put(fact.name(), SearchText(fact));
}

void VolunteerMachine::Load(const jiedui::store::Reader& state) {
  ForEachKind([&]<typename Kind>(Kind) {
    Collection<Kind>::Visit(state, "", [&](const auto& record) {
      Put<Kind>(Kind::fact(record));
      return true;
    });
  });
}

void VolunteerMachine::Apply(const journal::v1::Fact& fact,
                             jiedui::store::Overlay& state) const {
  if (!MayChangeContent(fact)) {
    // Only volunteers have such verbs, and an import is full of them.
    state.Put(Volunteers::RowKey(fact.subject()), fact.record().value());
    return;
  }
  if (Teams::Owns(fact)) ApplyPendingLeader(fact, state);
  WithKindOf(
      fact, [&]<typename Kind>(Kind) { Collection<Kind>::Apply(fact, state); });
}

void VolunteerMachine::ApplyConsumed(const jiedui::event::v1::Event&,
                                     jiedui::store::Overlay&) const {
  // It follows nobody.
}

void VolunteerMachine::Committed(const journal::v1::Record& record) {
  for (const journal::v1::Entry& entry : record.entries()) {
    for (const journal::v1::Fact& fact : entry.facts()) {
      if (!MayChangeContent(fact)) continue;
      WithKindOf(fact, [&]<typename Kind>(Kind) {
        typename Kind::Record stored;
        fact.record().UnpackTo(&stored);
        Put<Kind>(Kind::fact(stored));
      });
    }
  }
}

absl::Status VolunteerMachine::OnTimer(std::string_view id,
                                       runtime::Transaction&) {
  return base::MakeError(base::Reason::kInternal,
                         {{"detail", "no such timer: " + std::string(id)}});
}

void VolunteerMachine::Publish(const journal::v1::Fact& fact,
                               jiedui::event::v1::Event* event) const {
  WithKindOf(fact, [&]<typename Kind>(Kind) {
    typename Kind::Record stored;
    fact.record().UnpackTo(&stored);
    event->mutable_payload()->PackFrom(Kind::fact(stored));
  });
}

}  // namespace jiedui::volunteer
