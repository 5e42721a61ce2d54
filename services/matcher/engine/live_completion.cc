#include "services/matcher/engine/live_completion.h"

#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "services/matcher/engine/bundles/bundle_solver.h"
#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/menu.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

constexpr size_t kTakers = 3;      // of one free resource
constexpr size_t kFreed = 4;       // resources that are looked at
constexpr size_t kNeighbours = 4;  // who hold what others would like
constexpr size_t kLongingFor = 2;  // resources of a list

// A few demands: little to search, and done in a millisecond.
bundles::Budget SmallBudget() {
  bundles::Budget budget;
  budget.price_rounds = 24;
  budget.relaxation_rounds = 0;
  budget.dives = 0;
  budget.moves = 8;
  budget.searched_demands = 4;
  budget.search_nodes = 400;
  return budget;
}

int64_t StartValue(const BundleModel& model) {
  const bundles::Instance instance(model.problem, model.start);
  return instance.Value(instance.FromSelection(model.start));
}

}  // namespace

void Completion::GiveWay(std::set<int32_t>& changed) {
  while (!state_.short_of().empty()) {
    const Rival rival = *state_.short_of().begin();
    if (state_.LeftOf(rival) >= 0) {
      state_.short_of().erase(rival);
      continue;
    }
    const Part part = rival.first;
    const int32_t resource = rival.second;
    const std::span<const int32_t> holders = state_.usage().Of(part, resource);
    const auto last =
        std::find_if(holders.rbegin(), holders.rend(), [&](int32_t demand) {
          const Draft& draft = state_.draft(demand);
          if (part != Part::kExpert) return !draft.IsLocked(part);
          return draft.at(Part::kExpert) != resource &&
                 !draft.HasLockedPerson(resource);
        });
    // Holds are kept within capacities by whoever sets them.
    if (last == holders.rend()) {
      state_.short_of().erase(rival);
      continue;
    }
    const int32_t demand = *last;
    Draft draft = state_.draft(demand);
    if (part == Part::kExpert) {
      std::replace(draft.talents.begin() + draft.locked_talents,
                   draft.talents.end(), resource, kNobody);
    } else {
      draft.Set(part, kNobody);
    }
    state_.SetDraft(demand, std::move(draft));
    changed.insert(demand);
  }
}

bool Completion::TakesPart(int32_t demand) const {
  const Draft& draft = state_.draft(demand);
  const Demand& wish = state_.wish(demand);
  if (std::none_of(wish.want.begin(), wish.want.end(),
                   [](Want want) { return want != Want::kNone; })) {
    return false;
  }
  return wish.wants(Part::kExpert) == Want::kNone ||
         draft.at(Part::kExpert) != kNobody || draft.HasLocks();
}

absl::Status Completion::Complete(const std::set<int32_t>& changed) {
  std::set<int32_t> demands;
  for (int32_t demand : changed) {
    if (TakesPart(demand)) demands.insert(demand);
  }
  size_t looked_at = 0;
  for (const Rival& rival : state_.freed()) {
    if (state_.LeftOf(rival) <= 0) continue;
    if (++looked_at > kFreed) break;
    FindTakers(rival, demands);
  }
  if (demands.empty()) return absl::OkStatus();
  return PlaceAnew(demands);
}

std::vector<int32_t> Completion::Concerned(const Rival& freed) const {
  const Prepared& prepared = state_.prepared();
  const Part part = freed.first;
  const int32_t resource = freed.second;
  switch (part) {
    case Part::kTeam:
      return index_.In(prepared.TeamServes(resource),
                       prepared.teams()[resource]);
    case Part::kProject:
      return index_.Anywhere(prepared.projects()[resource]);
    default:
      return index_.In(prepared.corps().serves(resource),
                       prepared.corps().facts(resource));
  }
}

int64_t Completion::ValueOf(Part part, const Demand& wish,
                            int64_t points) const {
  return points + (wish.wants(part) == Want::kRequired ? kRequiredReward : 0);
}

// What the demand would earn more with the resource in place of what it has,
// the rest as it is; nothing when it may not have it.
int64_t Completion::GainOf(const Rival& freed, int32_t demand) const {
  const Part part = freed.first;
  const int32_t resource = freed.second;
  if (part == Part::kExpert) return GainOfPerson(resource, demand);
  const Prepared& prepared = state_.prepared();
  const Policy& policy = prepared.policy();
  const Demand& wish = state_.wish(demand);
  const Draft& draft = state_.draft(demand);
  if (wish.wants(part) == Want::kNone || draft.at(part) == resource) return 0;
  const bool team = part == Part::kTeam;
  const FactsTable& table = team ? prepared.teams() : prepared.projects();
  const DemandFacts& facts = state_.facts(demand);
  const ConstraintSet barred =
      team ? TeamConstraints(prepared, facts, resource)
           : ProjectConstraints(prepared, facts, resource);
  if (!barred.empty() || Scorer(policy, part, facts).Score(table[resource]) <
                             policy.admission[static_cast<size_t>(part)]) {
    return 0;
  }
  const DemandFacts with_expert = FactsWithExpert(prepared, demand, draft);
  const auto value = [&](int32_t row) {
    return row == kNobody
               ? 0
               : ValueOf(part, wish,
                         PointsOf(policy, part, with_expert, table[row]));
  };
  return value(resource) - value(draft.at(part));
}

int64_t Completion::GainOfPerson(int32_t person, int32_t demand) const {
  const Prepared& prepared = state_.prepared();
  const Policy& policy = prepared.policy();
  const Demand& wish = state_.wish(demand);
  const Draft& draft = state_.draft(demand);
  if (draft.HasPerson(person)) return 0;
  const auto admitted = [&](Part part, const DemandFacts& asked) {
    return VolunteerConstraints(prepared, asked, person).empty() &&
           Scorer(policy, part, asked).Score(prepared.corps().facts(person)) >=
               policy.admission[static_cast<size_t>(part)];
  };
  const auto points = [&](Part part, const DemandFacts& asked, int32_t who,
                          int32_t seats) {
    return PointsOf(policy, part, asked, prepared.corps().facts(who), seats);
  };
  int64_t gain = 0;
  const DemandFacts& facts = state_.facts(demand);
  const int32_t expert = draft.at(Part::kExpert);
  if (expert != kNobody && admitted(Part::kExpert, facts)) {
    gain = points(Part::kExpert, facts, person, 1) -
           points(Part::kExpert, facts, expert, 1);
  }
  const auto seats = static_cast<int32_t>(draft.talents.size());
  for (int32_t i = 0; i < seats; ++i) {
    const DemandFacts seat = prepared.Seat(demand, i);
    if (!admitted(Part::kTalents, seat)) continue;
    const int32_t talent = draft.talents[static_cast<size_t>(i)];
    const int64_t has =
        talent == kNobody
            ? 0
            : ValueOf(Part::kTalents, wish,
                      points(Part::kTalents, seat, talent, seats));
    gain = std::max(gain, ValueOf(Part::kTalents, wish,
                                  points(Part::kTalents, seat, person, seats)) -
                              has);
  }
  return gain;
}

void Completion::FindTakers(const Rival& freed, std::set<int32_t>& takers) {
  std::vector<Taker> drafts;
  std::vector<Taker> offered;
  for (int32_t demand : Concerned(freed)) {
    if (!TakesPart(demand)) continue;
    const int64_t gain = GainOf(freed, demand);
    if (gain <= 0) continue;
    if (state_.standing(demand) == Standing::kOffered) {
      offered.push_back({gain, demand});
    } else {
      drafts.push_back({gain, demand});
    }
  }
  const auto best = [](std::vector<Taker>& list) {
    std::sort(list.begin(), list.end(), [](const Taker& a, const Taker& b) {
      return a.gain != b.gain ? a.gain > b.gain : a.demand < b.demand;
    });
    list.resize(std::min(list.size(), kTakers));
  };
  best(drafts);
  best(offered);
  for (const Taker& taker : drafts) takers.insert(taker.demand);
  for (const Taker& taker : offered) {
    offered_.insert(taker.demand);
    takers.insert(taker.demand);  // for the parts that are not held
  }
}

// Those who hold what the demands of the model would like and is used up.
void Completion::AddNeighbours(const BundleModel& model,
                               std::set<int32_t>& demands) {
  const bundles::Problem& problem = model.problem;
  std::set<int32_t> neighbours;
  const auto look = [&](Part part, int32_t list,
                        const std::vector<int32_t>& capacity) {
    if (list == bundles::kNone) return;
    size_t longed_for = 0;
    for (const bundles::Option& option : problem.lists[list]) {
      if (capacity[static_cast<size_t>(option.resource)] > 0) continue;
      if (neighbours.size() == kNeighbours || longed_for++ == kLongingFor) {
        return;
      }
      const int32_t resource =
          part == Part::kExpert
              ? model.volunteer[static_cast<size_t>(option.resource)]
              : option.resource;
      for (int32_t holder : state_.usage().Of(part, resource)) {
        const Draft& draft = state_.draft(holder);
        const bool held = part == Part::kExpert
                              ? draft.HasLockedPerson(resource)
                              : draft.IsLocked(part);
        if (held || demands.contains(holder)) continue;
        neighbours.insert(holder);
        break;
      }
    }
  };
  for (const bundles::Demand& demand : problem.demands) {
    if (!demand.expert_fixed)
      look(Part::kExpert, demand.experts, problem.persons);
    if (!demand.team_fixed) look(Part::kTeam, demand.teams, problem.teams);
    if (!demand.project_fixed) {
      look(Part::kProject, demand.projects, problem.projects);
    }
    for (int32_t i = 0; i < demand.seats; ++i) {
      const bundles::Seat& seat =
          problem.seats[static_cast<size_t>(demand.first_seat) +
                        static_cast<size_t>(i)];
      if (!seat.fixed) look(Part::kExpert, seat.list, problem.persons);
    }
  }
  demands.insert(neighbours.begin(), neighbours.end());
}

absl::Status Completion::PlaceAnew(const std::set<int32_t>& demands) {
  const auto build = [&](const std::set<int32_t>& some) {
    const std::vector<int32_t> list(some.begin(), some.end());
    return BuildPartialModel(state_.prepared(), state_.drafts(), experts_,
                             state_.remaining(), list);
  };
  std::set<int32_t> all = demands;
  for (int32_t demand : all) state_.Lift(demand);
  BundleModel model = build(all);
  AddNeighbours(model, all);
  if (all.size() > demands.size()) {
    for (int32_t demand : all) {
      if (!demands.contains(demand)) state_.Lift(demand);
    }
    model = build(all);
  }
  ASSIGN_OR_RETURN(
      const bundles::Solution solution,
      bundles::Solve(model.problem, model.start, SmallBudget(), nullptr));
  // Of equals, what there is stays.
  const bool better = solution.value > StartValue(model);
  for (size_t i = 0; i < model.demand.size(); ++i) {
    Draft draft = state_.draft(model.demand[i]);
    if (better) FillDraft(model, solution.selection, i, draft);
    state_.PutBack(model.demand[i], draft);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Suggestion>> Completion::Suggest(
    const std::set<int32_t>& changed) {
  for (int32_t demand : changed) {
    if (state_.standing(demand) == Standing::kOffered) offered_.insert(demand);
  }
  std::vector<Suggestion> suggestions;
  for (int32_t demand : offered_) {
    ASSIGN_OR_RETURN(std::optional<Suggestion> found, SuggestFor(demand));
    if (found) suggestions.push_back(*std::move(found));
  }
  return suggestions;
}

absl::StatusOr<std::optional<Suggestion>> Completion::SuggestFor(
    int32_t demand) {
  const Draft held = state_.draft(demand);
  const std::vector<Hold> holds = state_.holds(demand);
  std::vector<Hold> locks;
  for (const Hold& hold : holds) {
    if (hold.locked) locks.push_back(hold);
  }
  state_.SetHolds(demand, locks);
  state_.Remake(demand);
  auto suggestion = BestOfWhatIsLeft(demand);
  state_.SetHolds(demand, holds);
  state_.SetDraft(demand, held);
  return suggestion;
}

absl::StatusOr<std::optional<Suggestion>> Completion::BestOfWhatIsLeft(
    int32_t demand) {
  if (!TakesPart(demand)) return std::nullopt;
  state_.Lift(demand);
  const BundleModel model = BuildModelOfOne(
      state_.prepared(), state_.drafts(), experts_, state_.remaining(), demand);
  state_.PutBack(demand, Draft(state_.draft(demand)));
  ASSIGN_OR_RETURN(
      const bundles::Solution solution,
      bundles::Solve(model.problem, model.start, SmallBudget(), nullptr));
  const auto points = [&](int64_t value, const bundles::Selection& selection) {
    return value - RewardsOf(state_.prepared(), model, selection);
  };
  Suggestion suggestion;
  suggestion.demand = demand;
  suggestion.gain = points(solution.value, solution.selection) -
                    points(StartValue(model), model.start);
  if (suggestion.gain < kLeastGain) return std::nullopt;
  suggestion.proposed = state_.draft(demand);
  FillDraft(model, solution.selection, 0, suggestion.proposed);
  return suggestion;
}

}  // namespace jiedui::matcher::engine
