#include "services/matcher/engine/bundles/bundle_solver.h"

#include <algorithm>
#include <vector>

#include "common/base/error.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/bundles/judge_bundles.h"
#include "services/matcher/engine/bundles/random_problems.h"

namespace jiedui::matcher::engine::bundles {
namespace {

// Tries all combinations of all bundles, but for those that could not be the
// best even if nothing were short. Shares nothing with the solver.
class BruteForce {
 public:
  BruteForce(const Problem& problem, const Selection& start)
      : problem_(problem), quota_(problem.persons.size(), 0) {
    for (size_t i = 0; i < problem.demands.size(); ++i) {
      const int32_t expert = start.expert[i];
      if (expert == kNone || problem.demands[i].expert_fixed) continue;
      ++quota_[expert];
    }
    if (problem.must_be_full.empty()) quota_.assign(quota_.size(), -1);
    for (size_t i = 0; i < problem.must_be_full.size(); ++i) {
      if (!problem.must_be_full[i]) quota_[i] = -1;
    }
    for (const Demand& demand : problem.demands) ListBundles(demand);
    most_.assign(bundles_.size() + 1, 0);
    for (size_t i = bundles_.size(); i-- > 0;) {
      most_[i] = most_[i + 1] + bundles_[i][0].value;
    }
  }

  int64_t Best() {
    persons_ = problem_.persons;
    teams_ = problem_.teams;
    projects_ = problem_.projects;
    Try(0, 0);
    return best_;
  }

 private:
  struct Whole {
    int64_t value = 0;
    int32_t quota_expert = kNone;
    std::vector<int32_t> persons;
    int32_t team = kNone;
    int32_t project = kNone;
  };

  static int64_t Synergy(const Lists& lists, int32_t resource, int32_t expert) {
    if (lists.size() == 0 || resource == kNone) return 0;
    for (const Option& with : lists[resource]) {
      if (with.resource == expert) return with.value;
    }
    return 0;
  }

  // The options of a part, and none unless it is fixed.
  std::vector<Option> Choices(int32_t list, bool fixed) const {
    std::vector<Option> choices;
    if (list != kNone) {
      choices.assign(problem_.lists[list].begin(), problem_.lists[list].end());
    }
    if (!fixed) choices.push_back({kNone, 0});
    return choices;
  }

  void ListBundles(const Demand& demand) {
    std::vector<Whole>& all = bundles_.emplace_back();
    const bool wants = demand.expert_rule != ExpertRule::kUnwanted;
    for (const Option& e :
         Choices(wants ? demand.experts : kNone, demand.expert_fixed)) {
      if (e.resource == kNone && demand.expert_rule == ExpertRule::kRequired) {
        continue;
      }
      if (e.resource == kNone &&
          demand.expert_rule == ExpertRule::kMayStayOut) {
        all.push_back({});
        continue;
      }
      for (const Option& t : Choices(demand.teams, demand.team_fixed)) {
        for (const Option& p : Choices(demand.projects, demand.project_fixed)) {
          Whole whole;
          whole.value =
              e.value + t.value + p.value +
              Synergy(problem_.team_synergies, t.resource, e.resource) +
              Synergy(problem_.project_synergies, p.resource, e.resource);
          std::vector<int32_t> present;
          if (e.resource != kNone) {
            present.push_back(e.resource);
            if (!demand.expert_fixed) {
              whole.persons.push_back(e.resource);
              if (quota_[e.resource] >= 0) whole.quota_expert = e.resource;
            }
          }
          if (!demand.team_fixed) whole.team = t.resource;
          if (!demand.project_fixed) whole.project = p.resource;
          AddSeats(demand, 0, whole, present, all);
        }
      }
    }
    std::stable_sort(
        all.begin(), all.end(),
        [](const Whole& a, const Whole& b) { return a.value > b.value; });
  }

  void AddSeats(const Demand& demand, int32_t seat, const Whole& whole,
                const std::vector<int32_t>& present, std::vector<Whole>& all) {
    if (seat == demand.seats) {
      all.push_back(whole);
      return;
    }
    const Seat& wanted = problem_.seats[demand.first_seat + seat];
    for (const Option& option : Choices(wanted.list, wanted.fixed)) {
      Whole with = whole;
      std::vector<int32_t> persons = present;
      if (option.resource != kNone) {
        if (std::find(present.begin(), present.end(), option.resource) !=
            present.end()) {
          continue;
        }
        persons.push_back(option.resource);
        if (!wanted.fixed) with.persons.push_back(option.resource);
        with.value += option.value;
      }
      AddSeats(demand, seat + 1, with, persons, all);
    }
  }

  static bool Take(std::vector<int32_t>& left, int32_t resource, int32_t n) {
    if (resource == kNone || left[resource] == kUnlimited) return true;
    left[resource] -= n;
    return left[resource] >= 0;
  }

  bool Use(const Whole& whole, int32_t n) {
    bool fits = true;
    for (const int32_t person : whole.persons) {
      fits &= Take(persons_, person, n);
    }
    fits &= Take(teams_, whole.team, n);
    fits &= Take(projects_, whole.project, n);
    if (whole.quota_expert != kNone) quota_[whole.quota_expert] -= n;
    return fits;
  }

  void Try(size_t demand, int64_t value) {
    if (demand == bundles_.size()) {
      for (const int32_t quota : quota_) {
        if (quota > 0) return;
      }
      best_ = std::max(best_, value);
      return;
    }
    for (const Whole& whole : bundles_[demand]) {
      if (value + whole.value + most_[demand + 1] <= best_) return;
      const bool barred =
          whole.quota_expert != kNone && quota_[whole.quota_expert] == 0;
      if (!barred && Use(whole, 1)) Try(demand + 1, value + whole.value);
      if (!barred) Use(whole, -1);
    }
  }

  const Problem& problem_;
  std::vector<int32_t> quota_;  // by person, still to be used; -1: none
  std::vector<std::vector<Whole>> bundles_;
  std::vector<int64_t> most_;
  std::vector<int32_t> persons_, teams_, projects_;
  int64_t best_ = -1;
};

constexpr int kCases = 10'000;

Budget SmallBudget() {
  Budget budget;
  budget.price_rounds = 60;
  budget.moves = 10;
  return budget;
}

TEST(BundleSolverTest, SmallProblemsEqualBruteForce) {
  for (int i = 0; i < kCases; ++i) {
    const RandomProblem random = MakeRandomProblem(i, 6);
    ASSERT_TRUE(JudgeProblem(random.problem).ok())
        << "case " << i << ": " << JudgeProblem(random.problem);
    const Solution solution =
        *Solve(random.problem, random.start, SmallBudget(), nullptr);
    const int64_t best = BruteForce(random.problem, random.start).Best();
    ASSERT_EQ(solution.value, best) << "case " << i;
    ASSERT_EQ(solution.proven, best) << "case " << i;
    ASSERT_GE(solution.bound, best) << "case " << i;
  }
}

TEST(BundleSolverTest, SolutionsHoldBeforeTheJudge) {
  for (int i = 0; i < 2'000; ++i) {
    const RandomProblem random = MakeRandomProblem(i, i % 4 == 0 ? 60 : 6);
    Budget budget = SmallBudget();
    budget.searched_demands = i % 2 ? 0 : 8;
    budget.relaxed_demands = i % 3 ? 100 : 0;
    budget.cluster = 20;
    const Solution solution =
        *Solve(random.problem, random.start, budget, nullptr);
    const absl::Status fault = JudgeSelection(
        random.problem, random.start, solution.selection, solution.value);
    ASSERT_TRUE(fault.ok()) << "case " << i << ": " << fault;
    const absl::Status loose = JudgeBound(random.problem, random.start,
                                          solution.prices, solution.bound);
    ASSERT_TRUE(loose.ok()) << "case " << i << ": " << loose;
    ASSERT_LE(solution.value, solution.proven) << "case " << i;
    ASSERT_LE(solution.proven, solution.bound) << "case " << i;
  }
}

// Relaxation and neighbourhoods, which all that is large depends on, on their
// own.
TEST(BundleSolverTest, WithoutExactSearchNearlyAllIsOptimal) {
  constexpr int kTried = 1'000;
  int optimal = 0;
  for (int i = 0; i < kTried; ++i) {
    const RandomProblem random = MakeRandomProblem(i, 6);
    Budget budget = SmallBudget();
    budget.searched_demands = 0;
    const Solution found =
        *Solve(random.problem, random.start, budget, nullptr);
    budget.searched_demands = 8;
    const Solution best = *Solve(random.problem, random.start, budget, nullptr);
    optimal += found.value == best.value;
  }
  EXPECT_GE(optimal, 991);  // what it reaches today
}

TEST(BundleSolverTest, StartsFromASolutionAndNeverGetsWorse) {
  for (int i = 0; i < 300; ++i) {
    const RandomProblem random = MakeRandomProblem(i, 40);
    Budget budget = SmallBudget();
    const Solution first =
        *Solve(random.problem, random.start, budget, nullptr);
    budget.relaxed_demands = 0;
    budget.dives = 0;
    const Solution second =
        *Solve(random.problem, first.selection, budget, nullptr);
    ASSERT_GE(second.value, first.value) << "case " << i;
  }
}

TEST(BundleSolverTest, TheSameAgain) {
  for (int i = 0; i < 50; ++i) {
    const RandomProblem random = MakeRandomProblem(i, 60);
    const Solution once =
        *Solve(random.problem, random.start, SmallBudget(), nullptr);
    const Solution again =
        *Solve(random.problem, random.start, SmallBudget(), nullptr);
    ASSERT_EQ(once.selection, again.selection) << "case " << i;
    ASSERT_EQ(once.bound, again.bound) << "case " << i;
  }
}

TEST(BundleSolverTest, StopsWhenTold) {
  const RandomProblem random = MakeRandomProblem(1, 60);
  const auto solution = Solve(random.problem, random.start, Budget(),
                              [](int64_t, int64_t) { return false; });
  EXPECT_TRUE(base::HasReason(solution.status(), base::Reason::kCancelled));
}

}  // namespace
}  // namespace jiedui::matcher::engine::bundles
