#include "services/matcher/engine/live_state.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {

LiveState::LiveState(std::unique_ptr<Prepared> prepared)
    : prepared_(std::move(prepared)) {
  drafts_ = StartDrafts(*prepared_, open_);
  remaining_ = open_;
  holds_.resize(drafts_.size());
  standing_.resize(drafts_.size(), Standing::kDraft);
  withdrawn_.resize(drafts_.size(), false);
  expert_distance_.resize(drafts_.size(), kNobody);
  for (size_t i = 0; i < drafts_.size(); ++i) {
    const Draft& draft = drafts_[i];
    for (Part part : kAllParts) {
      if (part != Part::kTalents && draft.IsLocked(part)) {
        holds_[i].push_back({part, draft.at(part), /*locked=*/true, false});
      }
    }
    for (int32_t seat = 0; seat < draft.locked_talents; ++seat) {
      holds_[i].push_back({Part::kTalents,
                           draft.talents[static_cast<size_t>(seat)],
                           /*locked=*/true, false});
    }
    usage_.Add(static_cast<int32_t>(i), draft);
  }
}

void LiveState::Grow() {
  const size_t demands = prepared_->problem().demands.size();
  drafts_.resize(demands);
  holds_.resize(demands);
  standing_.resize(demands, Standing::kDraft);
  withdrawn_.resize(demands, false);
  expert_distance_.resize(demands, kNobody);
  const auto volunteers = static_cast<size_t>(prepared_->corps().size());
  open_.volunteers.resize(volunteers, 0);
  remaining_.volunteers.resize(volunteers, 0);
}

const int32_t& LiveState::Of(const Remaining& remaining, const Rival& rival) {
  const auto at = static_cast<size_t>(rival.second);
  switch (rival.first) {
    case Part::kTeam:
      return remaining.teams[at];
    case Part::kProject:
      return remaining.projects[at];
    default:
      return remaining.volunteers[at];
  }
}

int32_t LiveState::HeldOf(const Rival& rival) const {
  const auto& [part, resource] = rival;
  int32_t held = 0;
  for (int32_t demand : usage_.Of(part, resource)) {
    const Draft& draft = this->draft(demand);
    held += part == Part::kExpert ? draft.HasLockedPerson(resource)
                                  : draft.IsLocked(part);
  }
  return held;
}

void LiveState::Give(const Rival& rival, int32_t units) {
  int32_t& left = Of(remaining_, rival);
  if (left == kUnlimitedLicences) return;
  if (left <= 0 && units > 0) freed_.insert(rival);
  left += units;
  if (left < 0) short_.insert(rival);
}

void LiveState::SetOpen(const Rival& rival, int32_t open) {
  int32_t& known = Of(open_, rival);
  Give(rival, open - known);
  known = open;
  if (rival.first == Part::kExpert) reopened_.insert(rival.second);
}

void LiveState::GiveOpen(const Hold& hold, int32_t units) {
  if (hold.part == Part::kEnterprise || hold.part == Part::kIndustry) return;
  const bool person = hold.part == Part::kExpert || hold.part == Part::kTalents;
  int32_t& left =
      Of(open_, {person ? Part::kExpert : hold.part, hold.resource});
  if (left == kUnlimitedLicences) return;
  left += units;
  if (person) reopened_.insert(hold.resource);
}

std::string LiveState::IdOf(const Hold& hold) const {
  if (hold.resource == kNobody) return "";
  const auto at = static_cast<size_t>(hold.resource);
  const Problem& problem = prepared_->problem();
  switch (hold.part) {
    case Part::kTeam:
      return problem.teams[at].id;
    case Part::kProject:
      return problem.projects[at].id;
    case Part::kEnterprise:
      return problem.enterprises[at].id;
    case Part::kIndustry:
      return problem.specialties[at].id;
    default:
      return std::string(prepared_->corps().id(hold.resource));
  }
}

void LiveState::SetHolds(int32_t demand, std::vector<Hold> holds) {
  std::vector<Hold>& held = holds_[static_cast<size_t>(demand)];
  for (const Hold& hold : held) GiveOpen(hold, 1);
  for (const Hold& hold : holds) GiveOpen(hold, -1);
  // As the locks of a problem are sorted, so that seats are the same.
  std::sort(holds.begin(), holds.end(), [this](const Hold& a, const Hold& b) {
    if (a.part != b.part) return a.part < b.part;
    return IdOf(a) < IdOf(b);
  });
  held = std::move(holds);
}

Draft LiveState::HeldDraft(int32_t demand) const {
  const Demand& wish = this->wish(demand);
  Draft draft;
  if (wish.wants(Part::kTalents) != Want::kNone) {
    draft.talents.assign(static_cast<size_t>(wish.talents_count), kNobody);
  }
  for (const Hold& hold : holds(demand)) {
    draft.locked[static_cast<size_t>(hold.part)] = true;
    if (hold.part == Part::kTalents) {
      draft.talents[static_cast<size_t>(draft.locked_talents++)] =
          hold.resource;
      continue;
    }
    if (hold.part == Part::kEnterprise) {
      draft.requester_helped = hold.resource == kNobody;
    }
    draft.Set(hold.part, hold.resource);
  }
  return draft;
}

void LiveState::Remake(int32_t demand) {
  const Draft& old = draft(demand);
  Draft made = HeldDraft(demand);
  for (Part part : {Part::kExpert, Part::kTeam, Part::kProject}) {
    const bool twice =
        part == Part::kExpert && made.HasPerson(old.at(Part::kExpert));
    if (Wanted(wish(demand), made, part) && !twice) {
      made.Set(part, old.at(part));
    }
  }
  auto seat = made.talents.begin() + made.locked_talents;
  for (int32_t talent : old.talents) {
    if (seat == made.talents.end()) break;
    if (talent == kNobody || made.HasPerson(talent)) continue;
    *seat++ = talent;
  }
  SetDraft(demand, std::move(made));
}

void LiveState::DropBarred(int32_t demand) {
  const Prepared& prepared = *prepared_;
  const Policy& policy = prepared.policy();
  const DemandFacts& facts = this->facts(demand);
  Draft kept = draft(demand);
  const auto admitted = [&](Part part, const DemandFacts& asked,
                            const Facts& resource) {
    return Scorer(policy, part, asked).Score(resource) >=
           policy.admission[static_cast<size_t>(part)];
  };
  expert_distance_[static_cast<size_t>(demand)] = kNobody;
  const int32_t expert = kept.at(Part::kExpert);
  if (expert != kNobody && !kept.IsLocked(Part::kExpert) &&
      !ExpertPair(prepared, facts, expert)) {
    kept.Set(Part::kExpert, kNobody);
  }
  const int32_t team = kept.at(Part::kTeam);
  if (team != kNobody && !kept.IsLocked(Part::kTeam) &&
      !(TeamConstraints(prepared, facts, team).empty() &&
        admitted(Part::kTeam, facts, prepared.teams()[team]))) {
    kept.Set(Part::kTeam, kNobody);
  }
  const int32_t project = kept.at(Part::kProject);
  if (project != kNobody && !kept.IsLocked(Part::kProject) &&
      !(ProjectConstraints(prepared, facts, project).empty() &&
        admitted(Part::kProject, facts, prepared.projects()[project]))) {
    kept.Set(Part::kProject, kNobody);
  }
  for (size_t i = static_cast<size_t>(kept.locked_talents);
       i < kept.talents.size(); ++i) {
    const int32_t talent = kept.talents[i];
    if (talent == kNobody) continue;
    const DemandFacts seat = prepared.Seat(demand, static_cast<int32_t>(i));
    if (!(VolunteerConstraints(prepared, seat, talent).empty() &&
          admitted(Part::kTalents, seat, prepared.corps().facts(talent)))) {
      kept.talents[i] = kNobody;
    }
  }
  if (kept != draft(demand)) SetDraft(demand, std::move(kept));
}

int32_t LiveState::ExpertDistance(int32_t demand) {
  int32_t& distance = expert_distance_[static_cast<size_t>(demand)];
  if (distance == kNobody) {
    const Prepared& prepared = *prepared_;
    const Facts expert =
        prepared.corps().facts(draft(demand).at(Part::kExpert));
    const DemandFacts& facts = this->facts(demand);
    distance = PersonDistance(
        prepared.policy(), facts, expert,
        Scorer(prepared.policy(), Part::kExpert, facts).Score(expert));
  }
  return distance;
}

template <typename Visit>
void LiveState::ForEachRival(const Draft& draft, bool held_too, Visit visit) {
  for (Part part : {Part::kExpert, Part::kTeam, Part::kProject}) {
    if (draft.at(part) != kNobody && (held_too || !draft.IsLocked(part))) {
      visit(Rival{part, draft.at(part)});
    }
  }
  for (size_t i = held_too ? 0 : static_cast<size_t>(draft.locked_talents);
       i < draft.talents.size(); ++i) {
    if (draft.talents[i] != kNobody) {
      visit(Rival{Part::kExpert, draft.talents[i]});
    }
  }
}

void LiveState::SetDraft(int32_t demand, Draft draft) {
  Draft& set = drafts_[static_cast<size_t>(demand)];
  ForEachRival(set, true, [&](const Rival& rival) { Give(rival, 1); });
  Put(demand, std::move(draft));
  ForEachRival(set, true, [&](const Rival& rival) { Give(rival, -1); });
}

void LiveState::Put(int32_t demand, Draft draft) {
  Draft& set = drafts_[static_cast<size_t>(demand)];
  before_.try_emplace(demand, set);
  if (set.at(Part::kExpert) != draft.at(Part::kExpert)) {
    expert_distance_[static_cast<size_t>(demand)] = kNobody;
  }
  usage_.Remove(demand, set);
  set = std::move(draft);
  usage_.Add(demand, set);
}

void LiveState::Lift(int32_t demand) {
  ForEachRival(draft(demand), false,
               [&](const Rival& rival) { Give(rival, 1); });
}

void LiveState::PutBack(int32_t demand, const Draft& draft) {
  Put(demand, draft);
  ForEachRival(draft, false, [&](const Rival& rival) { Give(rival, -1); });
}

void LiveState::Begin() {
  before_.clear();
  freed_.clear();
  short_.clear();
  reopened_.clear();
}

}  // namespace jiedui::matcher::engine
