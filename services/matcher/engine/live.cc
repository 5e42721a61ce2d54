#include "services/matcher/engine/live.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/live_experts.h"
#include "services/matcher/engine/matching.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

absl::Status NotFound(const std::string& resource) {
  return base::MakeError(Reason::kNotFound, {{"resource", resource}});
}

absl::Status CannotHold(const std::string& field, const char* detail) {
  return base::MakeError(Reason::kLockCannotHold,
                         {{"field", field}, {"detail", detail}});
}

constexpr int32_t kMostCapacity = 1'000'000;

std::vector<int32_t> Union(const std::vector<int32_t>& a,
                           const std::vector<int32_t>& b) {
  std::vector<int32_t> both;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(),
                 std::back_inserter(both));
  return both;
}

}  // namespace

Live::Live(std::unique_ptr<Prepared> prepared, const LiveOptions& options)
    : state_(std::move(prepared)), options_(options) {}

absl::StatusOr<std::unique_ptr<Live>> Live::Open(Problem problem,
                                                 const Policy& policy,
                                                 const LiveOptions& options,
                                                 const Progress& progress) {
  RETURN_IF_ERROR(Validate(policy));
  RETURN_IF_ERROR(Validate(problem));
  return Open(std::make_unique<Prepared>(std::move(problem), policy), options,
              progress);
}

absl::StatusOr<std::unique_ptr<Live>> Live::Open(
    std::unique_ptr<Prepared> prepared, const LiveOptions& options,
    const Progress& progress) {
  std::unique_ptr<Live> live(new Live(std::move(prepared), options));
  RETURN_IF_ERROR(live->SolveFirst(progress));
  return live;
}

absl::Status Live::SolveFirst(const Progress& progress) {
  ASSIGN_OR_RETURN(ExpertFlow experts,
                   ExpertFlow::Solve(state_.prepared(), state_.drafts(),
                                     state_.open(), options_.threads, progress,
                                     ExpertFlow::Use::kKeptOpen));
  Matching matching;
  matching.drafts = state_.drafts();
  matching.remaining = state_.open();
  RETURN_IF_ERROR(MatchBundles(state_.prepared(), experts, options_.threads,
                               progress, matching));
  // Bundles have taken it up; from now on the flow is what events are held
  // against.
  RETURN_IF_ERROR(experts.ForgetSharing());
  experts_.emplace(std::move(experts));
  for (size_t i = 0; i < matching.drafts.size(); ++i) {
    const auto demand = static_cast<int32_t>(i);
    state_.PutBack(demand, matching.drafts[i]);
    index_.Add(state_.prepared(), demand);
  }
  return absl::OkStatus();
}

// ----- What events have in common

void Live::Begin() {
  state_.Begin();
  changed_.clear();
}

absl::StatusOr<Outcome> Live::Finish() {
  RETURN_IF_ERROR(experts_->Settle());
  RepairExperts(*experts_, state_, changed_);
  Completion completion(*experts_, index_, state_);
  completion.GiveWay(changed_);
  RETURN_IF_ERROR(completion.Complete(changed_));
  Outcome outcome;
  ASSIGN_OR_RETURN(outcome.suggestions, completion.Suggest(changed_));
  for (const auto& [demand, before] : state_.before()) {
    if (state_.draft(demand) == before) continue;
    outcome.changes.push_back({demand, before, state_.draft(demand)});
  }
  outcome.value = experts_->flow().Value();
  outcome.bound = experts_->flow().Bound();
  return outcome;
}

absl::StatusOr<int32_t> Live::FindDemand(const std::string& id) const {
  const int32_t demand = prepared().FindDemand(id);
  if (demand == kNobody || state_.IsWithdrawn(demand)) return NotFound(id);
  return demand;
}

// Holds of a demand have changed: the draft and what the flow knows of it.
absl::Status Live::TakeHolds(int32_t demand, std::vector<Hold> holds) {
  state_.SetHolds(demand, std::move(holds));
  state_.Remake(demand);
  state_.DropBarred(demand);
  changed_.insert(demand);
  RETURN_IF_ERROR(experts_->Refresh(demand));
  const std::set<int32_t> reopened = state_.reopened();
  for (int32_t person : reopened) {
    RETURN_IF_ERROR(experts_->RefreshCapacity(person));
  }
  return absl::OkStatus();
}

// ----- Demands

// What is held must still be asked for.
absl::Status Live::CheckHolds(const Demand& demand) const {
  const int32_t known = prepared().FindDemand(demand.id);
  if (known == kNobody) return absl::OkStatus();
  int32_t talents = 0;
  for (const Hold& hold : state_.holds(known)) {
    if (demand.wants(hold.part) == Want::kNone) {
      return CannotHold(demand.id, "the demand does not want this part");
    }
    talents += hold.part == Part::kTalents;
    const bool requester =
        hold.part == Part::kEnterprise && hold.resource == kNobody;
    if (requester && demand.requester_kind != RequesterKind::kEnterprise) {
      return CannotHold(demand.id, "the requester is no enterprise");
    }
  }
  if (talents > demand.talents_count) {
    return CannotHold(demand.id, "more locks than seats");
  }
  return absl::OkStatus();
}

absl::StatusOr<Outcome> Live::Put(const Demand& demand) {
  Problem alone;
  alone.demands = {demand};
  RETURN_IF_ERROR(Validate(alone));
  RETURN_IF_ERROR(CheckHolds(demand));
  Begin();
  Prepared& prepared = state_.prepared();
  const int32_t known = prepared.FindDemand(demand.id);
  if (known != kNobody) index_.Remove(prepared, known);
  const int32_t at = prepared.Put(demand);
  index_.Add(prepared, at);
  state_.Grow();
  state_.SetWithdrawn(at, false);
  RETURN_IF_ERROR(TakeHolds(at, state_.holds(at)));
  return Finish();
}

absl::StatusOr<Outcome> Live::Withdraw(const std::string& demand) {
  ASSIGN_OR_RETURN(const int32_t at, FindDemand(demand));
  Begin();
  Demand nothing = state_.wish(at);
  nothing.want.fill(Want::kNone);
  state_.prepared().Put(nothing);
  state_.SetWithdrawn(at, true);
  state_.SetStanding(at, Standing::kDraft);
  RETURN_IF_ERROR(TakeHolds(at, {}));
  return Finish();
}

absl::StatusOr<Outcome> Live::OpenTier(const std::string& demand,
                                       codes::Tier tier) {
  ASSIGN_OR_RETURN(const int32_t at, FindDemand(demand));
  Demand wider = state_.wish(at);
  wider.opened = std::min(wider.opened, tier);
  return Put(wider);
}

// ----- Volunteers and capacities

// While his pairs change he has nothing to give, so that each change is small.
absl::Status Live::Close(int32_t volunteer) {
  state_.SetOpen({Part::kExpert, volunteer}, 0);
  return experts_->RefreshCapacity(volunteer);
}

// `demands` are those he may serve and those he might have served.
absl::Status Live::Reopen(int32_t volunteer,
                          const std::vector<int32_t>& demands) {
  RETURN_IF_ERROR(experts_->RefreshVolunteer(volunteer, demands));
  const Rival rival{Part::kExpert, volunteer};
  state_.SetOpen(rival,
                 prepared().corps().capacity(volunteer) - state_.HeldOf(rival));
  RETURN_IF_ERROR(experts_->RefreshCapacity(volunteer));
  state_.freed().insert(rival);
  CompleteServedBy(rival);
  return absl::OkStatus();
}

// Those who have the resource, and may not have it any more.
void Live::CompleteServedBy(const Rival& rival) {
  const std::span<const int32_t> serves =
      state_.usage().Of(rival.first, rival.second);
  for (int32_t demand : std::vector<int32_t>(serves.begin(), serves.end())) {
    state_.DropBarred(demand);
    changed_.insert(demand);
  }
}

absl::StatusOr<Outcome> Live::Put(const Volunteer& volunteer) {
  Problem alone;
  alone.volunteers = {volunteer};
  RETURN_IF_ERROR(Validate(alone));
  Prepared& prepared = state_.prepared();
  const Corps& corps = prepared.corps();
  const std::optional<Rival> known = FindRival(volunteer.id);
  if (known && known->first != Part::kExpert) {
    return base::MakeError(
        Reason::kDuplicateId,
        {{"field", "volunteer " + volunteer.id}, {"id", volunteer.id}});
  }
  const int32_t held = known ? state_.HeldOf(*known) : 0;
  if (volunteer.capacity < held) {
    return CannotHold(volunteer.id, "more locks than capacity");
  }
  Begin();
  std::vector<int32_t> demands;
  if (known) {
    demands =
        index_.In(corps.serves(known->second), corps.facts(known->second));
    RETURN_IF_ERROR(Close(known->second));
  }
  const int32_t row = prepared.Put(volunteer);
  state_.Grow();
  if (explainer_) explainer_->Put(row);
  demands = Union(demands, index_.In(corps.serves(row), corps.facts(row)));
  RETURN_IF_ERROR(Reopen(row, demands));
  return Finish();
}

std::optional<Rival> Live::FindRival(const std::string& id) const {
  const std::pair<Part, int32_t> found[] = {
      {Part::kExpert, prepared().corps().Find(id)},
      {Part::kTeam, prepared().FindTeam(id)},
      {Part::kProject, prepared().FindProject(id)}};
  for (const Rival& rival : found) {
    if (rival.second != kNobody) return rival;
  }
  return std::nullopt;
}

absl::StatusOr<Outcome> Live::SetCapacity(const std::string& resource,
                                          int32_t capacity) {
  const std::optional<Rival> rival = FindRival(resource);
  if (!rival || (rival->first == Part::kProject &&
                 state_.LeftOf(*rival) == kUnlimitedLicences)) {
    return NotFound(resource);
  }
  if (capacity < 0 || capacity > kMostCapacity) {
    return base::MakeError(Reason::kValueOutOfRange,
                           {{"field", resource + ", capacity"},
                            {"value", absl::StrCat(capacity)},
                            {"min", "0"},
                            {"max", absl::StrCat(kMostCapacity)}});
  }
  if (capacity < state_.HeldOf(*rival)) {
    return CannotHold(resource, "more locks than capacity");
  }
  Begin();
  RETURN_IF_ERROR(ChangeCapacity(*rival, capacity));
  return Finish();
}

absl::Status Live::ChangeCapacity(const Rival& rival, int32_t capacity) {
  Prepared& prepared = state_.prepared();
  const auto& [part, row] = rival;
  if (part == Part::kExpert) {
    const Corps& corps = prepared.corps();
    // Only who has any capacity is on lists.
    const bool listed = corps.capacity(row) > 0;
    std::vector<int32_t> demands;
    if (listed != (capacity > 0)) {
      demands = index_.In(corps.serves(row), corps.facts(row));
      RETURN_IF_ERROR(Close(row));
    }
    prepared.SetVolunteerCapacity(row, capacity);
    return Reopen(row, demands);
  }
  state_.SetOpen(rival, capacity - state_.HeldOf(rival));
  if (part == Part::kTeam) {
    prepared.SetTeamCapacity(row, capacity);
  } else {
    prepared.SetLicences(row, capacity);
  }
  CompleteServedBy(rival);
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine
