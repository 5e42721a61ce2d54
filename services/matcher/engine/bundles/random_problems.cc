#include "services/matcher/engine/bundles/random_problems.h"

#include <algorithm>
#include <vector>

#include "services/matcher/engine/bundles/counter_random.h"

namespace jiedui::matcher::engine::bundles {
namespace {

class Maker {
 public:
  Maker(uint64_t seed, int32_t demands)
      : random_(seed),
        demands_(1 + random_.Below(demands)),
        top_value_(random_.Below(2) ? 5 : 1'000'000) {}

  RandomProblem Make() {
    Problem& problem = made_.problem;
    Fill(problem.persons, 3 + random_.Below(4));
    Fill(problem.teams, 1 + random_.Below(3));
    Fill(problem.projects, 1 + random_.Below(3));
    if (random_.Below(3) == 0) problem.projects[0] = kUnlimited;
    if (random_.Below(4) != 0) {
      AddSynergies(problem.teams.size(), problem.team_synergies);
    }
    if (random_.Below(4) != 0) {
      AddSynergies(problem.projects.size(), problem.project_synergies);
    }
    for (uint32_t i = 0; i < demands_; ++i) AddDemand();
    made_.start = Selection::Empty(problem);
    PlaceExperts();
    if (random_.Below(2)) {
      problem.must_be_full.resize(problem.persons.size());
      for (uint8_t& full : problem.must_be_full) full = random_.Below(3) == 0;
    }
    return std::move(made_);
  }

 private:
  bool OneIn(uint32_t n) { return random_.Below(n) == 0; }

  void Fill(std::vector<int32_t>& capacities, uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
      capacities.push_back(random_.Below(3));
    }
  }

  int32_t Value() { return random_.Below(top_value_ + 1); }

  std::vector<Option> Options(size_t resources, uint32_t one_in) {
    std::vector<Option> options;
    for (size_t i = 0; i < resources; ++i) {
      if (OneIn(one_in)) options.push_back({static_cast<int32_t>(i), Value()});
    }
    return options;
  }

  void AddSynergies(size_t resources, Lists& synergies) {
    for (size_t i = 0; i < resources; ++i) {
      synergies.Add(Options(made_.problem.persons.size(), 3));
    }
  }

  int32_t AddList(size_t resources) {
    return made_.problem.lists.Add(Options(resources, 2));
  }

  int32_t AddFixedList(size_t resources) {
    const Option option{static_cast<int32_t>(random_.Below(resources)),
                        Value()};
    return made_.problem.lists.Add({&option, 1});
  }

  void AddDemand() {
    Problem& problem = made_.problem;
    Demand demand;
    demand.expert_rule = static_cast<ExpertRule>(random_.Below(4));
    const bool fixes = demand.expert_rule != ExpertRule::kMayStayOut;
    demand.expert_fixed =
        demand.expert_rule == ExpertRule::kRequired && OneIn(4);
    if (demand.expert_fixed) {
      demand.experts = AddFixedList(problem.persons.size());
    } else if (demand.expert_rule != ExpertRule::kUnwanted) {
      demand.experts = AddList(problem.persons.size());
    }
    demand.team_fixed = fixes && OneIn(6);
    if (demand.team_fixed) {
      demand.teams = AddFixedList(problem.teams.size());
    } else if (!OneIn(4)) {
      demand.teams = AddList(problem.teams.size());
    }
    demand.project_fixed = fixes && OneIn(6);
    if (demand.project_fixed) {
      demand.projects = AddFixedList(problem.projects.size());
    } else if (!OneIn(4)) {
      demand.projects = AddList(problem.projects.size());
    }
    AddSeats(fixes, demand);
    problem.demands.push_back(demand);
  }

  void AddSeats(bool fixes, Demand& demand) {
    Problem& problem = made_.problem;
    demand.first_seat = static_cast<int32_t>(problem.seats.size());
    demand.seats = random_.Below(4);
    const int32_t shared = AddList(problem.persons.size());
    std::vector<int32_t> fixed;
    if (demand.expert_fixed) {
      fixed.push_back(problem.lists[demand.experts][0].resource);
    }
    for (int32_t k = 0; k < demand.seats; ++k) {
      Seat seat;
      seat.list = OneIn(3) ? AddList(problem.persons.size()) : shared;
      if (fixes && OneIn(6)) {
        const int32_t list = AddFixedList(problem.persons.size());
        const int32_t person = problem.lists[list][0].resource;
        if (std::find(fixed.begin(), fixed.end(), person) == fixed.end()) {
          seat = {list, true};
          fixed.push_back(person);
        }
      }
      problem.seats.push_back(seat);
    }
  }

  // Experts, first come first served; a required one that is not to be had
  // becomes optional.
  void PlaceExperts() {
    Problem& problem = made_.problem;
    std::vector<int32_t> left = problem.persons;
    for (size_t i = 0; i < problem.demands.size(); ++i) {
      Demand& demand = problem.demands[i];
      if (demand.expert_rule == ExpertRule::kUnwanted) continue;
      TakeFixed(i);
      if (demand.expert_fixed) continue;
      const bool skips =
          demand.expert_rule != ExpertRule::kRequired && OneIn(3);
      for (const Option& option : problem.lists[demand.experts]) {
        if (skips || left[option.resource] == 0 ||
            IsFixed(i, option.resource)) {
          continue;
        }
        --left[option.resource];
        made_.start.expert[i] = option.resource;
        break;
      }
      if (demand.expert_rule == ExpertRule::kRequired &&
          made_.start.expert[i] == kNone) {
        demand.expert_rule = ExpertRule::kOptional;
      }
    }
    for (size_t i = 0; i < problem.demands.size(); ++i) TakeFixed(i);
  }

  bool IsFixed(size_t i, int32_t person) const {
    const Demand& demand = made_.problem.demands[i];
    for (int32_t k = 0; k < demand.seats; ++k) {
      const Seat& seat = made_.problem.seats[demand.first_seat + k];
      if (seat.fixed && made_.problem.lists[seat.list][0].resource == person) {
        return true;
      }
    }
    return false;
  }

  void TakeFixed(size_t i) {
    const Problem& problem = made_.problem;
    const Demand& demand = problem.demands[i];
    const auto only = [&](int32_t list) {
      return problem.lists[list][0].resource;
    };
    if (demand.expert_fixed) made_.start.expert[i] = only(demand.experts);
    if (demand.team_fixed) made_.start.team[i] = only(demand.teams);
    if (demand.project_fixed) made_.start.project[i] = only(demand.projects);
    for (int32_t k = 0; k < demand.seats; ++k) {
      const Seat& seat = problem.seats[demand.first_seat + k];
      if (seat.fixed) {
        made_.start.talent[demand.first_seat + k] = only(seat.list);
      }
    }
  }

  CounterRandom random_;
  uint32_t demands_;
  uint32_t top_value_;
  RandomProblem made_;
};

}  // namespace

RandomProblem MakeRandomProblem(uint64_t seed, int32_t demands) {
  return Maker(seed, demands).Make();
}

}  // namespace jiedui::matcher::engine::bundles
