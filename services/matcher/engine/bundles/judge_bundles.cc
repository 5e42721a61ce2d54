#include "services/matcher/engine/bundles/judge_bundles.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::matcher::engine::bundles {
namespace {

absl::Status Fault(const char* kind, size_t number, const char* fault) {
  return base::MakeError(
      base::Reason::kPlanFault,
      {{"culprit", std::string(kind) + " " + std::to_string(number)},
       {"fault", fault}});
}

absl::Status CapacitiesAreSound(const char* kind,
                                const std::vector<int32_t>& capacities) {
  for (size_t i = 0; i < capacities.size(); ++i) {
    if (capacities[i] < 0) return Fault(kind, i, "negative capacity");
  }
  return absl::OkStatus();
}

absl::Status SynergiesAreSound(const Problem& problem, const char* kind,
                               const Lists& synergies, size_t resources) {
  if (synergies.size() == 0) return absl::OkStatus();
  if (static_cast<size_t>(synergies.size()) != resources) {
    return Fault(kind, synergies.size(), "as many synergy lists as resources");
  }
  for (int32_t i = 0; i < synergies.size(); ++i) {
    std::vector<int32_t> seen;
    for (const Option& with : synergies[i]) {
      if (with.resource < 0 ||
          static_cast<size_t>(with.resource) >= problem.persons.size()) {
        return Fault(kind, i, "synergy with no such person");
      }
      if (with.value < 0) return Fault(kind, i, "negative synergy");
      seen.push_back(with.resource);
    }
    std::sort(seen.begin(), seen.end());
    if (std::adjacent_find(seen.begin(), seen.end()) != seen.end()) {
      return Fault(kind, i, "two synergies with one person");
    }
  }
  return absl::OkStatus();
}

absl::Status ListIsSound(const Problem& problem, int32_t list, bool fixed,
                         size_t resources) {
  if (list < kNone || list >= problem.lists.size()) {
    return Fault("list", list, "no such list");
  }
  if (list == kNone) {
    return fixed ? Fault("list", 0, "fixed part without a list")
                 : absl::OkStatus();
  }
  std::vector<int32_t> seen;
  for (const Option& option : problem.lists[list]) {
    if (option.resource < 0 ||
        static_cast<size_t>(option.resource) >= resources) {
      return Fault("list", list, "no such resource");
    }
    if (option.value < 0) return Fault("list", list, "negative value");
    seen.push_back(option.resource);
  }
  if (fixed && seen.size() != 1) {
    return Fault("list", list, "fixed part without exactly one option");
  }
  std::sort(seen.begin(), seen.end());
  if (std::adjacent_find(seen.begin(), seen.end()) != seen.end()) {
    return Fault("list", list, "names a resource twice");
  }
  return absl::OkStatus();
}

absl::Status DemandIsSound(const Problem& problem, size_t i) {
  const Demand& demand = problem.demands[i];
  if (demand.first_seat < 0 || demand.seats < 0 ||
      static_cast<size_t>(demand.first_seat) + demand.seats >
          problem.seats.size()) {
    return Fault("demand", i, "seats out of range");
  }
  RETURN_IF_ERROR(ListIsSound(problem, demand.experts, demand.expert_fixed,
                              problem.persons.size()));
  RETURN_IF_ERROR(ListIsSound(problem, demand.teams, demand.team_fixed,
                              problem.teams.size()));
  RETURN_IF_ERROR(ListIsSound(problem, demand.projects, demand.project_fixed,
                              problem.projects.size()));
  if (demand.expert_fixed && demand.expert_rule != ExpertRule::kRequired) {
    return Fault("demand", i, "fixed expert that is not required");
  }
  if (demand.expert_rule != ExpertRule::kUnwanted && demand.experts == kNone) {
    return Fault("demand", i, "expert wanted, and no list");
  }
  std::vector<int32_t> fixed_persons;
  if (demand.expert_fixed) {
    fixed_persons.push_back(problem.lists[demand.experts][0].resource);
  }
  bool fixed = demand.team_fixed || demand.project_fixed;
  for (int32_t k = 0; k < demand.seats; ++k) {
    const Seat& seat = problem.seats[demand.first_seat + k];
    RETURN_IF_ERROR(
        ListIsSound(problem, seat.list, seat.fixed, problem.persons.size()));
    if (!seat.fixed) continue;
    fixed = true;
    fixed_persons.push_back(problem.lists[seat.list][0].resource);
  }
  if (fixed && demand.expert_rule == ExpertRule::kMayStayOut) {
    return Fault("demand", i, "fixed part where it may stay out");
  }
  std::sort(fixed_persons.begin(), fixed_persons.end());
  if (std::adjacent_find(fixed_persons.begin(), fixed_persons.end()) !=
      fixed_persons.end()) {
    return Fault("demand", i, "one person fixed twice");
  }
  return absl::OkStatus();
}

// How often each person serves as expert where that is not fixed.
std::vector<int64_t> ExpertUses(const Problem& problem,
                                const Selection& selection) {
  std::vector<int64_t> uses(problem.persons.size(), 0);
  for (size_t i = 0; i < problem.demands.size(); ++i) {
    if (selection.expert[i] != kNone && !problem.demands[i].expert_fixed) {
      ++uses[selection.expert[i]];
    }
  }
  return uses;
}

bool MustBeFull(const Problem& problem, size_t person) {
  return !problem.must_be_full.empty() && problem.must_be_full[person];
}

int64_t Synergy(const Lists& synergies, int32_t resource, int32_t expert) {
  if (synergies.size() == 0 || resource == kNone) return 0;
  for (const Option& with : synergies[resource]) {
    if (with.resource == expert) return with.value;
  }
  return 0;
}

// Checks one part and adds what it is worth and uses.
absl::Status JudgePart(const Problem& problem, size_t demand, int32_t list,
                       bool fixed, int32_t chosen, std::vector<int64_t>& uses,
                       int64_t& value) {
  if (chosen == kNone) {
    return fixed ? Fault("demand", demand, "fixed part not taken")
                 : absl::OkStatus();
  }
  if (list == kNone) return Fault("demand", demand, "part is not wanted");
  for (const Option& option : problem.lists[list]) {
    if (option.resource != chosen) continue;
    value += option.value;
    if (!fixed) ++uses[chosen];
    return absl::OkStatus();
  }
  return Fault("demand", demand, "choice is not in the list");
}

absl::Status JudgeExpertRule(const Problem& problem, size_t i,
                             const Selection& selection) {
  const Demand& demand = problem.demands[i];
  const bool has_expert = selection.expert[i] != kNone;
  if (demand.expert_rule == ExpertRule::kRequired && !has_expert) {
    return Fault("demand", i, "required expert missing");
  }
  if (demand.expert_rule == ExpertRule::kUnwanted && has_expert) {
    return Fault("demand", i, "expert that is not wanted");
  }
  if (demand.expert_rule != ExpertRule::kMayStayOut || has_expert) {
    return absl::OkStatus();
  }
  bool empty = selection.team[i] == kNone && selection.project[i] == kNone;
  for (int32_t k = 0; k < demand.seats; ++k) {
    empty &= selection.talent[demand.first_seat + k] == kNone;
  }
  return empty ? absl::OkStatus()
               : Fault("demand", i, "stays out and takes a part");
}

absl::Status JudgePersons(const Problem& problem, size_t i,
                          const Selection& selection) {
  const Demand& demand = problem.demands[i];
  std::vector<int32_t> persons = {selection.expert[i]};
  for (int32_t k = 0; k < demand.seats; ++k) {
    persons.push_back(selection.talent[demand.first_seat + k]);
  }
  std::erase(persons, kNone);
  std::sort(persons.begin(), persons.end());
  if (std::adjacent_find(persons.begin(), persons.end()) != persons.end()) {
    return Fault("demand", i, "one person twice in a bundle");
  }
  return absl::OkStatus();
}

absl::Status JudgeUses(const char* kind, const std::vector<int32_t>& capacities,
                       const std::vector<int64_t>& uses) {
  for (size_t i = 0; i < capacities.size(); ++i) {
    if (capacities[i] != kUnlimited && uses[i] > capacities[i]) {
      return Fault(kind, i, "over capacity");
    }
  }
  return absl::OkStatus();
}

absl::Status PricesAreSound(const char* kind,
                            const std::vector<int32_t>& capacities,
                            const std::vector<int64_t>& prices) {
  if (prices.size() != capacities.size()) {
    return Fault(kind, prices.size(), "as many prices as resources");
  }
  for (size_t i = 0; i < prices.size(); ++i) {
    if (prices[i] < 0) return Fault(kind, i, "negative price");
    if (prices[i] > 0 && capacities[i] == kUnlimited) {
      return Fault(kind, i, "price of what is unlimited");
    }
  }
  return absl::OkStatus();
}

// The greatest (value − price) of a demand's bundles, the naive way: every
// expert with his best team, project and talents. Fixed parts cost nothing.
class DearestBundle {
 public:
  // `quota`: by person, uses as expert that are settled.
  DearestBundle(const Problem& problem, const Prices& prices,
                const std::vector<int64_t>& quota)
      : problem_(problem), prices_(prices), quota_(quota) {}

  int64_t Of(const Demand& demand) {
    ReadSeats(demand);
    int64_t best = Without(demand);
    if (demand.expert_rule == ExpertRule::kUnwanted) return best;
    for (const Option& expert : problem_.lists[demand.experts]) {
      const int32_t person = expert.resource;
      int64_t worth = expert.value;
      if (!demand.expert_fixed) {
        const bool full = MustBeFull(problem_, person);
        if ((full ? quota_[person] : problem_.persons[person]) == 0) continue;
        worth -= full ? prices_.quota[person] : prices_.person[person];
      }
      best = std::max(best, worth + Others(demand, person));
    }
    return best;
  }

 private:
  static constexpr int64_t kNever = INT64_MIN / 4;

  int64_t Without(const Demand& demand) {
    if (demand.expert_rule == ExpertRule::kRequired) return kNever;
    if (demand.expert_rule == ExpertRule::kMayStayOut) return 0;
    return Others(demand, kNone);
  }

  int64_t Others(const Demand& demand, int32_t expert) {
    return BestPart(demand.teams, demand.team_fixed, problem_.team_synergies,
                    problem_.teams, prices_.team, expert) +
           BestPart(demand.projects, demand.project_fixed,
                    problem_.project_synergies, problem_.projects,
                    prices_.project, expert) +
           BestTalents(expert);
  }

  int64_t BestPart(int32_t list, bool fixed, const Lists& synergies,
                   const std::vector<int32_t>& capacities,
                   const std::vector<int64_t>& prices, int32_t expert) const {
    if (list == kNone) return 0;
    int64_t best = fixed ? kNever : 0;
    for (const Option& option : problem_.lists[list]) {
      if (!fixed && capacities[option.resource] == 0) continue;
      const int64_t price = fixed ? 0 : prices[option.resource];
      best = std::max(best, option.value - price +
                                Synergy(synergies, option.resource, expert));
    }
    return best;
  }

  struct Talent {
    int64_t worth;
    int32_t person;
  };

  // Seats' talents that are worth their price, dearest first.
  void ReadSeats(const Demand& demand) {
    seats_.assign(demand.seats, {});
    fixed_.assign(demand.seats, false);
    for (int32_t k = 0; k < demand.seats; ++k) {
      const Seat& seat = problem_.seats[demand.first_seat + k];
      fixed_[k] = seat.fixed;
      if (seat.list == kNone) continue;
      for (const Option& option : problem_.lists[seat.list]) {
        const int64_t price = seat.fixed ? 0 : prices_.person[option.resource];
        if (seat.fixed || (option.value > price && Left(option.resource) > 0)) {
          seats_[k].push_back({option.value - price, option.resource});
        }
      }
      std::stable_sort(
          seats_[k].begin(), seats_[k].end(),
          [](const Talent& a, const Talent& b) { return a.worth > b.worth; });
    }
    most_.assign(demand.seats + 1, 0);
    for (int32_t k = demand.seats - 1; k >= 0; --k) {
      most_[k] = most_[k + 1] + (seats_[k].empty() ? 0 : seats_[k][0].worth);
    }
  }

  // Capacity for other uses than a settled one as expert.
  int64_t Left(int32_t person) const {
    const int64_t settled = MustBeFull(problem_, person) ? quota_[person] : 0;
    return problem_.persons[person] - settled;
  }

  int64_t BestTalents(int32_t expert) {
    taken_.assign(1, expert);
    best_talents_ = kNever;
    Fill(0, 0);
    return best_talents_;
  }

  void Fill(size_t seat, int64_t worth) {
    if (worth + most_[seat] <= best_talents_) return;
    if (seat == seats_.size()) {
      best_talents_ = worth;
      return;
    }
    for (const Talent& talent : seats_[seat]) {
      if (worth + talent.worth + most_[seat + 1] <= best_talents_) break;
      if (std::find(taken_.begin(), taken_.end(), talent.person) !=
          taken_.end()) {
        continue;
      }
      taken_.push_back(talent.person);
      Fill(seat + 1, worth + talent.worth);
      taken_.pop_back();
    }
    if (!fixed_[seat]) Fill(seat + 1, worth);
  }

  const Problem& problem_;
  const Prices& prices_;
  const std::vector<int64_t>& quota_;
  std::vector<std::vector<Talent>> seats_;
  std::vector<bool> fixed_;
  std::vector<int64_t> most_;  // from each seat on
  std::vector<int32_t> taken_;
  int64_t best_talents_ = 0;
};

int64_t Earned(const std::vector<int32_t>& capacities,
               const std::vector<int64_t>& prices) {
  int64_t sum = 0;
  for (size_t i = 0; i < prices.size(); ++i) {
    if (prices[i] != 0) sum += prices[i] * capacities[i];
  }
  return sum;
}

}  // namespace

absl::Status JudgeProblem(const Problem& problem) {
  RETURN_IF_ERROR(CapacitiesAreSound("person", problem.persons));
  RETURN_IF_ERROR(CapacitiesAreSound("team", problem.teams));
  RETURN_IF_ERROR(CapacitiesAreSound("project", problem.projects));
  if (!problem.must_be_full.empty() &&
      problem.must_be_full.size() != problem.persons.size()) {
    return Fault("person", problem.must_be_full.size(), "as many as persons");
  }
  RETURN_IF_ERROR(SynergiesAreSound(problem, "team", problem.team_synergies,
                                    problem.teams.size()));
  RETURN_IF_ERROR(SynergiesAreSound(
      problem, "project", problem.project_synergies, problem.projects.size()));
  for (size_t i = 0; i < problem.demands.size(); ++i) {
    RETURN_IF_ERROR(DemandIsSound(problem, i));
  }
  return absl::OkStatus();
}

absl::Status JudgeSelection(const Problem& problem, const Selection& start,
                            const Selection& selection, int64_t value) {
  const size_t demands = problem.demands.size();
  if (selection.expert.size() != demands || selection.team.size() != demands ||
      selection.project.size() != demands ||
      selection.talent.size() != problem.seats.size()) {
    return Fault("demand", demands, "as many choices as demands and seats");
  }
  int64_t worth = 0;
  std::vector<int64_t> persons(problem.persons.size(), 0);
  std::vector<int64_t> teams(problem.teams.size(), 0);
  std::vector<int64_t> projects(problem.projects.size(), 0);
  for (size_t i = 0; i < demands; ++i) {
    const Demand& demand = problem.demands[i];
    RETURN_IF_ERROR(JudgeExpertRule(problem, i, selection));
    RETURN_IF_ERROR(JudgePart(problem, i, demand.experts, demand.expert_fixed,
                              selection.expert[i], persons, worth));
    RETURN_IF_ERROR(JudgePart(problem, i, demand.teams, demand.team_fixed,
                              selection.team[i], teams, worth));
    RETURN_IF_ERROR(JudgePart(problem, i, demand.projects, demand.project_fixed,
                              selection.project[i], projects, worth));
    for (int32_t k = 0; k < demand.seats; ++k) {
      const Seat& seat = problem.seats[demand.first_seat + k];
      RETURN_IF_ERROR(JudgePart(problem, i, seat.list, seat.fixed,
                                selection.talent[demand.first_seat + k],
                                persons, worth));
    }
    RETURN_IF_ERROR(JudgePersons(problem, i, selection));
    worth +=
        Synergy(problem.team_synergies, selection.team[i], selection.expert[i]);
    worth += Synergy(problem.project_synergies, selection.project[i],
                     selection.expert[i]);
  }
  RETURN_IF_ERROR(JudgeUses("person", problem.persons, persons));
  RETURN_IF_ERROR(JudgeUses("team", problem.teams, teams));
  RETURN_IF_ERROR(JudgeUses("project", problem.projects, projects));
  const std::vector<int64_t> asked = ExpertUses(problem, start);
  const std::vector<int64_t> used = ExpertUses(problem, selection);
  for (size_t i = 0; i < used.size(); ++i) {
    if (MustBeFull(problem, i) && used[i] != asked[i]) {
      return Fault("person", i, "must be full, and is used more or less");
    }
  }
  if (worth != value) return Fault("demand", 0, "values do not add up");
  return absl::OkStatus();
}

absl::Status JudgeBound(const Problem& problem, const Selection& start,
                        const Prices& prices, int64_t bound) {
  RETURN_IF_ERROR(PricesAreSound("person", problem.persons, prices.person));
  RETURN_IF_ERROR(PricesAreSound("team", problem.teams, prices.team));
  RETURN_IF_ERROR(PricesAreSound("project", problem.projects, prices.project));
  if (prices.quota.size() != problem.persons.size()) {
    return Fault("person", prices.quota.size(), "as many quotas as persons");
  }
  int64_t sum = Earned(problem.persons, prices.person) +
                Earned(problem.teams, prices.team) +
                Earned(problem.projects, prices.project);
  const std::vector<int64_t> quota = ExpertUses(problem, start);
  for (size_t i = 0; i < quota.size(); ++i) {
    if (MustBeFull(problem, i)) {
      // The quota is paid apart from what capacity is left beyond it.
      sum += (prices.quota[i] - prices.person[i]) * quota[i];
    } else if (prices.quota[i] != 0) {
      return Fault("person", i, "a quota's price without a quota");
    }
  }
  DearestBundle dearest(problem, prices, quota);
  for (const Demand& demand : problem.demands) sum += dearest.Of(demand);
  if (sum != bound) return Fault("demand", 0, "bound does not follow");
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine::bundles
