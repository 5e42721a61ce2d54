#include "services/matcher/engine/counterfactual.h"

#include "common/codes/regions.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"
#include "services/matcher/engine/scenario.h"

namespace jiedui::matcher::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr uint32_t kSeeds = 30;

// Floors low enough that random problems find candidates.
Policy LowFloors() {
  Policy policy;
  policy.admission = {300'000, 300'000, 250'000, 300'000, 300'000, 1};
  return policy;
}

// Solved and judged.
Plan SolveOrDie(const Problem& problem) {
  absl::StatusOr<Plan> plan = Solve(problem, LowFloors());
  EXPECT_TRUE(plan.ok()) << plan.status();
  EXPECT_EQ(
      Judge(problem, LowFloors(), *plan, ExpertScores(problem, LowFloors())),
      absl::OkStatus());
  return *std::move(plan);
}

Comparison CompareWith(const Problem& before, const Problem& after) {
  return Compare(before, SolveOrDie(before), after, SolveOrDie(after));
}

// The levels that nothing below them is worth.
Objective Coverage(const Reach& reach) {
  Objective coverage = reach.levels;
  coverage.tier_distance = 0;
  coverage.loss = 0;
  return coverage;
}

std::vector<Constraint> Bars(const Problem& problem, Part part,
                             const std::string& resource) {
  return FitOf(problem, LowFloors(), problem.demands[0].id, part, resource)
      .violated.ToVector();
}

TEST(FitTest, WhoMayServeViolatesNothing) {
  const Problem problem = LitchiProblem();
  EXPECT_THAT(Bars(problem, Part::kExpert, "V-county"), IsEmpty());
  EXPECT_THAT(Bars(problem, Part::kTeam, "T-litchi"), IsEmpty());
  EXPECT_THAT(Bars(problem, Part::kProject, "P-fresh"), IsEmpty());
  EXPECT_THAT(Bars(problem, Part::kTalents, "V-county"), IsEmpty());
}

TEST(FitTest, AllThatBarsIsNamedAndNothingElse) {
  Problem problem = LitchiProblem();
  Volunteer& person = problem.volunteers[0];
  const std::string id = person.id;
  person.capacity = 0;
  person.skills = {{"5201020", 5, {}}};
  problem.demands[0].opened = codes::Tier::kTownship;
  EXPECT_THAT(Bars(problem, Part::kExpert, id),
              ElementsAre(Constraint::kTierClosed, Constraint::kCapacity,
                          Constraint::kSubject));
}

TEST(FitTest, ALockElsewhereUsesUpCapacity) {
  Problem problem = LitchiProblem();
  Demand other = problem.demands[0];
  other.id = "D-other";
  problem.demands.push_back(other);
  problem.locks.push_back({"D-other", Part::kExpert, "V-county"});
  EXPECT_THAT(Bars(problem, Part::kExpert, "V-county"),
              ElementsAre(Constraint::kCapacity));
  problem.locks[0].demand = problem.demands[0].id;
  EXPECT_THAT(Bars(problem, Part::kExpert, "V-county"), IsEmpty());
}

TEST(FitTest, AgreesWithWhatRoundsChooseAndExclude) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    const Problem problem = RandomProblem(seed);
    const Plan plan = SolveOrDie(problem);
    for (const Bundle& bundle : plan.bundles) {
      for (Part part : {Part::kExpert, Part::kProject}) {
        const PartResult& result = bundle.part(part);
        for (const Choice& choice : result.chosen) {
          const Fit fit =
              FitOf(problem, LowFloors(), bundle.demand, part, choice.resource);
          EXPECT_TRUE(fit.violated.empty()) << seed << bundle.demand;
          EXPECT_EQ(fit.choice, choice);
        }
        if (!result.excluded) continue;
        EXPECT_EQ(FitOf(problem, LowFloors(), bundle.demand, part,
                        result.excluded->choice.resource)
                      .violated,
                  result.excluded->violated)
            << seed << bundle.demand;
      }
    }
  }
}

TEST(WithLockTest, WhoeverMayServeCanBeMadeTo) {
  int tried = 0;
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    const Problem problem = RandomProblem(seed);
    for (const Demand& demand : problem.demands) {
      const Volunteer& person =
          problem.volunteers[seed % problem.volunteers.size()];
      if (demand.wants(Part::kExpert) == Want::kNone) continue;
      if (!FitOf(problem, LowFloors(), demand.id, Part::kExpert, person.id)
               .violated.empty()) {
        continue;
      }
      ++tried;
      const Problem locked =
          WithLock(problem, demand.id, Part::kExpert, person.id);
      const Plan plan = SolveOrDie(locked);
      const Comparison comparison =
          Compare(problem, SolveOrDie(problem), locked, plan);
      // A round as it is could have done the same.
      EXPECT_LE(Coverage(comparison.before), Coverage(comparison.after));
    }
  }
  EXPECT_GT(tried, 10);
}

TEST(WithLockTest, AnotherLockOnTheSeatGivesWay) {
  Problem problem = LitchiProblem();
  const std::string demand = problem.demands[0].id;
  problem.locks = {{demand, Part::kExpert, "V-county"}};
  const Problem same = WithLock(problem, demand, Part::kExpert, "V-county");
  EXPECT_THAT(same.locks, SizeIs(1));
  const std::string other = problem.volunteers.back().id;
  const Problem changed = WithLock(problem, demand, Part::kExpert, other);
  ASSERT_THAT(changed.locks, SizeIs(1));
  EXPECT_EQ(changed.locks[0].resource, other);
}

TEST(CompareTest, APlanDoesNotDifferFromItself) {
  const Problem problem = RandomProblem(1);
  const Comparison comparison = CompareWith(problem, problem);
  EXPECT_THAT(comparison.changes, IsEmpty());
  EXPECT_EQ(comparison.before, comparison.after);
  const Plan plan = SolveOrDie(problem);
  Objective expert = plan.expert.value;
  expert.loss = comparison.before.levels.loss;  // bundles may cost some of it
  EXPECT_EQ(comparison.before.levels, expert);
  EXPECT_EQ(comparison.before.points, plan.total);
}

TEST(CompareTest, WhoeverTakesTheExpertsPlaceIsNamed) {
  const Problem before = LitchiProblem();
  Problem after = before;
  Remove({"V-county"}, after);
  const Comparison comparison = CompareWith(before, after);
  ASSERT_THAT(comparison.changes, SizeIs(1));
  const DemandChange& change = comparison.changes[0];
  EXPECT_EQ(change.kind, ChangeKind::kOtherExpert);
  EXPECT_EQ(change.parts[0].part, Part::kExpert);
  EXPECT_THAT(change.parts[0].before, ElementsAre("V-county"));
  EXPECT_THAT(change.parts[0].after, SizeIs(1));
  EXPECT_LT(change.points_after, change.points_before);
  EXPECT_EQ(comparison.after.points, change.points_after);
}

TEST(CompareTest, WhoIsNoLongerServedIsToldFromWhoLeaves) {
  const Problem before = LitchiProblem();
  Problem without = before;
  for (const Volunteer& person : before.volunteers) {
    Remove({person.id}, without);
  }
  const Comparison lost = CompareWith(before, without);
  ASSERT_THAT(lost.changes, SizeIs(1));
  EXPECT_EQ(lost.changes[0].kind, ChangeKind::kNoLongerServed);
  EXPECT_EQ(lost.after.served, 0);
  EXPECT_EQ(CompareWith(without, before).changes[0].kind,
            ChangeKind::kNewlyServed);
  Problem closed = before;
  CloseCounty(*codes::FindRegion("440981"), closed);
  const Comparison left = CompareWith(before, closed);
  ASSERT_THAT(left.changes, SizeIs(1));
  EXPECT_EQ(left.changes[0].kind, ChangeKind::kLeft);
  EXPECT_EQ(left.after.demands, 0);
}

TEST(ScenarioTest, RemovingTakesAlongWhatRefersToIt) {
  Problem problem = LitchiProblem();
  const std::string demand = problem.demands[0].id;
  problem.locks = {{demand, Part::kExpert, "V-county"}};
  problem.exclusions = {{demand, "T-litchi", ExclusionReason::kCoordinator}};
  Remove({"V-county", "T-litchi"}, problem);
  EXPECT_EQ(Validate(problem), absl::OkStatus());
  EXPECT_THAT(problem.locks, IsEmpty());
  EXPECT_THAT(problem.exclusions, IsEmpty());
  for (const Project& project : problem.projects) {
    EXPECT_NE(project.owner, "V-county");
  }
}

TEST(ScenarioTest, AClosedCountyIsEmptyAndTheNextOneIsNot) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    Problem problem = RandomProblem(seed);
    const codes::Region& city = *codes::FindRegion("4409");
    CloseCounty(city, problem);
    EXPECT_EQ(Validate(problem), absl::OkStatus());
    EXPECT_FALSE(problem.volunteers.empty());
    for (const Volunteer& person : problem.volunteers) {
      EXPECT_FALSE(codes::FindRegion(person.region)->IsWithin(city));
    }
  }
}

// More to choose from never costs coverage, and less never gains any.
TEST(ScenarioTest, SupplyNeverHurtsAndItsLossNeverHelps) {
  for (uint32_t seed = 0; seed < kSeeds; ++seed) {
    const Problem problem = RandomProblem(seed);
    Problem opened = problem;
    OpenTier(codes::Tier::kProvince, "", opened);
    const Comparison open = CompareWith(problem, opened);
    EXPECT_LE(Coverage(open.after), Coverage(open.before));
    Problem more = problem;
    AddExperts({3, "2104020", "440981000000", codes::Tier::kProvince}, more);
    AddExperts({2, "21045", "440981000000", codes::Tier::kCity}, more);
    EXPECT_EQ(more.volunteers.size(), problem.volunteers.size() + 5);
    const Comparison gain = CompareWith(problem, more);
    EXPECT_LE(Coverage(gain.after), Coverage(gain.before));
    Problem fewer = problem;
    Remove({problem.volunteers[0].id, problem.teams[0].id}, fewer);
    const Comparison loss = CompareWith(problem, fewer);
    EXPECT_LE(Coverage(loss.before), Coverage(loss.after));
  }
}

TEST(ScenarioTest, ATierIsOpenedToOneDemandAndNeverClosed) {
  Problem problem = RandomProblem(2);
  problem.demands[0].opened = codes::Tier::kTownship;
  problem.demands[1].opened = codes::Tier::kTownship;
  problem.demands[2].opened = codes::Tier::kProvince;
  OpenTier(codes::Tier::kCity, problem.demands[0].id, problem);
  EXPECT_EQ(problem.demands[0].opened, codes::Tier::kCity);
  EXPECT_EQ(problem.demands[1].opened, codes::Tier::kTownship);
  OpenTier(codes::Tier::kCity, "", problem);
  EXPECT_EQ(problem.demands[1].opened, codes::Tier::kCity);
  EXPECT_EQ(problem.demands[2].opened, codes::Tier::kProvince);
}

}  // namespace
}  // namespace jiedui::matcher::engine
