// Events about what is held: locks, standings, exclusions, consent.
#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/live.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

constexpr int32_t kMostTries = 8;  // to move one who accepted

absl::Status NotFound(const std::string& resource) {
  return base::MakeError(Reason::kNotFound, {{"resource", resource}});
}

absl::Status CannotHold(const std::string& field, const char* detail) {
  return base::MakeError(Reason::kLockCannotHold,
                         {{"field", field}, {"detail", detail}});
}

bool IsPerson(Part part) {
  return part == Part::kExpert || part == Part::kTalents;
}

bool IsRival(Part part) {
  return part != Part::kEnterprise && part != Part::kIndustry;
}

Rival RivalOf(const Hold& hold) {
  return {IsPerson(hold.part) ? Part::kExpert : hold.part, hold.resource};
}

std::vector<Hold>::iterator FindHold(std::vector<Hold>& holds, Part part,
                                     int32_t resource) {
  return std::find_if(holds.begin(), holds.end(), [&](const Hold& hold) {
    return hold.part == part && hold.resource == resource;
  });
}

// What coordinators have locked of it.
std::vector<Hold> LockedOf(std::vector<Hold> holds) {
  std::erase_if(holds, [](const Hold& hold) { return !hold.locked; });
  for (Hold& hold : holds) hold.standing = false;
  return holds;
}

}  // namespace

absl::StatusOr<int32_t> Live::FindLocked(const engine::Lock& lock) const {
  if (lock.part == Part::kEnterprise && lock.resource.empty()) return kNobody;
  int32_t found = kNobody;
  switch (lock.part) {
    case Part::kExpert:
    case Part::kTalents:
      found = prepared().corps().Find(lock.resource);
      break;
    case Part::kTeam:
      found = prepared().FindTeam(lock.resource);
      break;
    case Part::kProject:
      found = prepared().FindProject(lock.resource);
      break;
    case Part::kEnterprise:
      found = prepared().FindEnterprise(lock.resource);
      break;
    case Part::kIndustry:
      found = prepared().FindSpecialty(lock.resource);
      break;
  }
  if (found == kNobody) return NotFound(lock.resource);
  return found;
}

// REQUIRES: it is not held yet.
absl::Status Live::CheckLock(int32_t demand, const Hold& hold) const {
  const Demand& wish = state_.wish(demand);
  if (wish.wants(hold.part) == Want::kNone) {
    return CannotHold(wish.id, "the demand does not want this part");
  }
  int32_t seats = hold.part == Part::kTalents ? wish.talents_count : 1;
  for (const Hold& other : state_.holds(demand)) {
    seats -= other.part == hold.part;
    if (IsPerson(hold.part) && IsPerson(other.part) &&
        hold.resource == other.resource) {
      return CannotHold(wish.id, "one person twice in a pairing");
    }
  }
  if (seats <= 0) return CannotHold(wish.id, "more locks than seats");
  if (hold.part == Part::kEnterprise && hold.resource == kNobody &&
      wish.requester_kind != RequesterKind::kEnterprise) {
    return CannotHold(wish.id, "the requester is no enterprise");
  }
  if (IsRival(hold.part) && state_.OpenOf(RivalOf(hold)) <= 0) {
    return CannotHold(wish.id, "more locks than capacity");
  }
  return absl::OkStatus();
}

absl::StatusOr<Outcome> Live::Lock(const engine::Lock& lock) {
  ASSIGN_OR_RETURN(const int32_t at, FindDemand(lock.demand));
  ASSIGN_OR_RETURN(const int32_t resource, FindLocked(lock));
  std::vector<Hold> holds = state_.holds(at);
  const auto known = FindHold(holds, lock.part, resource);
  if (known != holds.end()) {
    known->locked = true;
  } else {
    holds.push_back({lock.part, resource, /*locked=*/true, false});
    RETURN_IF_ERROR(CheckLock(at, holds.back()));
  }
  Begin();
  RETURN_IF_ERROR(TakeHolds(at, std::move(holds)));
  return Finish();
}

absl::StatusOr<Outcome> Live::Unlock(const engine::Lock& lock) {
  ASSIGN_OR_RETURN(const int32_t at, FindDemand(lock.demand));
  ASSIGN_OR_RETURN(const int32_t resource, FindLocked(lock));
  std::vector<Hold> holds = state_.holds(at);
  const auto known = FindHold(holds, lock.part, resource);
  if (known == holds.end() || !known->locked) return NotFound(lock.resource);
  known->locked = false;
  if (!known->standing) holds.erase(known);
  Begin();
  RETURN_IF_ERROR(TakeHolds(at, std::move(holds)));
  return Finish();
}

// The locks, and all that the draft is filled with.
std::vector<Hold> Live::StandingHolds(int32_t demand,
                                      const Draft& draft) const {
  std::vector<Hold> holds = state_.holds(demand);
  const auto hold = [&](Part part, int32_t resource) {
    if (resource == kNobody) return;
    const auto known = FindHold(holds, part, resource);
    if (known == holds.end()) {
      holds.push_back({part, resource, false, /*standing=*/true});
    } else {
      known->standing = true;
    }
  };
  for (Part part : {Part::kExpert, Part::kTeam, Part::kProject}) {
    hold(part, draft.at(part));
  }
  for (int32_t talent : draft.talents) hold(Part::kTalents, talent);
  return holds;
}

absl::StatusOr<Outcome> Live::SetStanding(const std::string& demand,
                                          Standing standing) {
  ASSIGN_OR_RETURN(const int32_t at, FindDemand(demand));
  Begin();
  state_.SetStanding(at, standing);
  RETURN_IF_ERROR(TakeHolds(at, standing == Standing::kDraft
                                    ? LockedOf(state_.holds(at))
                                    : StandingHolds(at, state_.draft(at))));
  return Finish();
}

absl::StatusOr<Outcome> Live::Exclude(const Exclusion& exclusion) {
  ASSIGN_OR_RETURN(const int32_t at, FindDemand(exclusion.demand));
  const std::optional<Rival> barred = FindRival(exclusion.resource);
  if (!barred) return NotFound(exclusion.resource);
  Begin();
  state_.prepared().Exclude(exclusion);
  std::vector<Hold> holds = state_.holds(at);
  const auto held =
      std::find_if(holds.begin(), holds.end(), [&](const Hold& hold) {
        return hold.standing && IsRival(hold.part) && RivalOf(hold) == *barred;
      });
  bool lost = false;
  if (held != holds.end()) {
    lost = held->part == Part::kExpert && !held->locked;
    if (state_.standing(at) == Standing::kOffered) {
      state_.SetStanding(at, Standing::kDraft);
      holds = LockedOf(std::move(holds));
    } else {
      held->standing = false;
      if (!held->locked) holds.erase(held);
    }
  }
  RETURN_IF_ERROR(TakeHolds(at, std::move(holds)));
  if (lost) RETURN_IF_ERROR(MoveAccepted(at));
  return Finish();
}

// Others who have accepted may be moved, so that the demand is covered too.
absl::Status Live::MoveAccepted(int32_t demand) {
  RETURN_IF_ERROR(experts_->Settle());
  const int32_t row = experts_->RowOf(demand);
  const Flow<LevelCosts>& flow = experts_->flow();
  std::vector<int32_t> holders;
  const auto edges = flow.Edges(row);
  for (const LevelEdge& edge : edges) {
    if (flow.Capacity(edge.resource) > 0) continue;
    const int32_t person = experts_->VolunteerOf(edge.resource);
    for (int32_t holder : state_.usage().Of(Part::kExpert, person)) {
      if (state_.standing(holder) == Standing::kAccepted &&
          state_.draft(holder).at(Part::kExpert) == person) {
        holders.push_back(holder);
      }
    }
  }
  int32_t moves = options_.accepted_moves;
  int32_t tries = kMostTries;
  for (int32_t holder : holders) {
    if (moves == 0 || tries-- == 0) break;
    if (experts_->Assigned(row) != kNobody) break;
    ASSIGN_OR_RETURN(const bool moved, TryToMove(demand, holder));
    moves -= moved;
  }
  return absl::OkStatus();
}

// Gives up the holder's expert if both are covered then.
absl::StatusOr<bool> Live::TryToMove(int32_t demand, int32_t holder) {
  const std::vector<Hold> held = state_.holds(holder);
  const Draft draft = state_.draft(holder);
  std::vector<Hold> rest = held;
  std::erase_if(rest, [](const Hold& hold) {
    return hold.part == Part::kExpert && !hold.locked;
  });
  if (rest.size() == held.size()) return false;
  RETURN_IF_ERROR(TakeHolds(holder, std::move(rest)));
  RETURN_IF_ERROR(experts_->Settle());
  if (experts_->Assigned(experts_->RowOf(demand)) != kNobody &&
      experts_->Assigned(experts_->RowOf(holder)) != kNobody) {
    return true;
  }
  state_.SetDraft(holder, draft);
  RETURN_IF_ERROR(TakeHolds(holder, held));
  RETURN_IF_ERROR(experts_->Settle());
  return false;
}

absl::StatusOr<Outcome> Live::Consent(const Suggestion& suggestion) {
  const int32_t at = suggestion.demand;
  if (at < 0 || at >= static_cast<int32_t>(drafts().size()) ||
      state_.standing(at) != Standing::kOffered) {
    return base::MakeError(Reason::kRoundStale,
                           {{"detail", "the pairing is not offered"}});
  }
  Begin();
  ASSIGN_OR_RETURN(const std::optional<Suggestion> now,
                   Completion(*experts_, index_, state_).SuggestFor(at));
  if (!now || *now != suggestion) {
    return base::MakeError(
        Reason::kRoundStale,
        {{"detail", "the pairing would be suggested otherwise now"}});
  }
  RETURN_IF_ERROR(TakeHolds(at, LockedOf(state_.holds(at))));
  state_.SetDraft(at, suggestion.proposed);
  RETURN_IF_ERROR(TakeHolds(at, StandingHolds(at, suggestion.proposed)));
  return Finish();
}

std::vector<engine::Lock> Live::Locks() const {
  std::vector<engine::Lock> locks;
  for (size_t i = 0; i < drafts().size(); ++i) {
    const auto demand = static_cast<int32_t>(i);
    for (const Hold& hold : state_.holds(demand)) {
      locks.push_back({state_.wish(demand).id, hold.part, state_.IdOf(hold)});
    }
  }
  return locks;
}

}  // namespace jiedui::matcher::engine
