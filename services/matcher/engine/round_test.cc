#include "services/matcher/engine/round.h"

#include <algorithm>
#include <random>
#include <string>

#include "common/base/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/judge.h"

namespace jiedui::matcher::engine {
namespace {

Plan SolveOrDie(const Problem& problem, const Policy& policy = {}) {
  absl::StatusOr<Plan> plan = Solve(problem, policy);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return *std::move(plan);
}

const PartResult& PartOf(const Plan& plan, Part part) {
  return plan.bundles[0].part(part);
}

std::string ChosenFor(const Plan& plan, Part part) {
  const PartResult& result = PartOf(plan, part);
  return result.chosen.empty() ? "" : result.chosen[0].resource;
}

// Everything of a plan that a caller can see, as one text.
std::string Print(const Plan& plan) {
  std::string text;
  const auto put = [&](auto value) { text += std::to_string(value) + ","; };
  const auto put_choice = [&](const Choice& choice) {
    text += choice.resource + ":";
    put(choice.score);
    put(choice.points);
    put(choice.tier_distance);
    for (const Entry& entry : choice.entries) put(entry.raw), put(entry.points);
  };
  for (const Bundle& bundle : plan.bundles) {
    text += "\n" + bundle.demand + " ";
    put(bundle.total);
    for (const PartResult& part : bundle.parts) {
      put(static_cast<int>(part.status));
      for (const Choice& choice : part.chosen) put_choice(choice);
      for (const RunnerUp& runner : part.runners_up) {
        put_choice(runner.choice);
        put(runner.shortfall);
        text += runner.taken_by;
      }
      if (part.excluded) put_choice(part.excluded->choice);
      if (part.gap) put(static_cast<int>(part.gap->reason));
    }
  }
  for (const auto& [id, price] : plan.expert.prices) {
    text += id;
    put(price.loss);
  }
  return text;
}

TEST(RoundTest, FillsAllSixPartsOfTheLitchiDemand) {
  const Plan plan = SolveOrDie(LitchiProblem());
  EXPECT_EQ(ChosenFor(plan, Part::kExpert), "V-county");
  EXPECT_EQ(ChosenFor(plan, Part::kProject), "P-fresh");
  EXPECT_EQ(ChosenFor(plan, Part::kTeam), "T-litchi");
  EXPECT_EQ(ChosenFor(plan, Part::kEnterprise), "E-coop");
  EXPECT_EQ(ChosenFor(plan, Part::kIndustry), "S-litchi");
  EXPECT_EQ(PartOf(plan, Part::kTalents).chosen.size(), 2u);
  for (const PartResult& part : plan.bundles[0].parts) {
    EXPECT_EQ(part.status, PartStatus::kFilled);
  }
  // The expert leads the team and owns the project.
  EXPECT_EQ(plan.bundles[0].synergies.size(), 2u);
  EXPECT_EQ(plan.bundles[0].possible, 1'000'000);
  EXPECT_GT(plan.bundles[0].total, 700'000);
}

TEST(RoundTest, HigherTierIsTakenWhenTheLowerOneIsBelowTheFloor) {
  Problem problem = LitchiProblem();
  problem.volunteers[0].skills = {{"21010", 1, {}}};
  problem.volunteers.resize(2);
  problem.teams.clear();
  Policy policy;
  policy.admission[static_cast<int>(Part::kExpert)] = 0;
  EXPECT_EQ(ChosenFor(SolveOrDie(problem, policy), Part::kExpert),
            "V-province");
  policy.floor = 0;
  EXPECT_EQ(ChosenFor(SolveOrDie(problem, policy), Part::kExpert), "V-county");
}

TEST(RoundTest, RunnersUpAreToldWithWhatTheyLack) {
  Problem problem = LitchiProblem();
  problem.demands[0].talents_count = 0;
  const Plan plan = SolveOrDie(problem);
  const PartResult& expert = PartOf(plan, Part::kExpert);
  ASSERT_FALSE(expert.runners_up.empty());
  const auto province = std::find_if(
      expert.runners_up.begin(), expert.runners_up.end(),
      [](const auto& r) { return r.choice.resource == "V-province"; });
  ASSERT_NE(province, expert.runners_up.end());
  EXPECT_EQ(province->lacks, Feature::kGeo);
  EXPECT_EQ(province->choice.tier_distance, 2);
}

// The litchi demand with only its first experts, nothing but experts wanted.
Problem ExpertsOnly(size_t volunteers) {
  Problem problem = LitchiProblem();
  problem.demands[0].want = {};
  problem.demands[0].want[0] = Want::kRequired;
  problem.demands[0].talents_count = 0;
  problem.volunteers.resize(volunteers);
  problem.teams.clear();
  problem.projects.clear();
  return problem;
}

TEST(RoundTest, MarginalTellsWhatIsLostWithoutTheExpertAndWhoWouldServe) {
  const Plan two = SolveOrDie(ExpertsOnly(2));
  ASSERT_TRUE(PartOf(two, Part::kExpert).marginal.has_value());
  EXPECT_EQ(PartOf(two, Part::kExpert).marginal->next, "V-province");
  EXPECT_EQ(PartOf(two, Part::kExpert).marginal->loss.tier_distance, 2);
  Problem problem = ExpertsOnly(1);
  problem.projects.clear();
  const Plan one = SolveOrDie(problem);
  EXPECT_EQ(PartOf(one, Part::kExpert).marginal->next, "");
  Objective unmet = PartOf(one, Part::kExpert).marginal->loss;
  EXPECT_EQ(unmet.unmet[static_cast<size_t>(problem.demands[0].urgency)], 1);
}

TEST(RoundTest, MarginalTellsWhomTheExpertWouldServeInstead) {
  Problem problem = ExpertsOnly(1);
  problem.demands.push_back(problem.demands[0]);
  problem.demands[1].id = "D-other";
  const Plan plan = SolveOrDie(problem);
  for (const Bundle& bundle : plan.bundles) {
    const PartResult& expert = bundle.part(Part::kExpert);
    if (expert.chosen.empty()) continue;
    EXPECT_NE(expert.marginal->instead, bundle.demand);
    EXPECT_FALSE(expert.marginal->instead.empty());
  }
}

TEST(RoundTest, OpeningTellsWhomAHigherTierWouldBring) {
  Problem problem = ExpertsOnly(2);
  problem.demands[0].opened = codes::Tier::kCounty;
  problem.volunteers[0].capacity = 0;
  const Plan closed = SolveOrDie(problem);
  const PartResult& expert = PartOf(closed, Part::kExpert);
  ASSERT_EQ(expert.status, PartStatus::kGap);
  ASSERT_TRUE(expert.opening.has_value());
  EXPECT_EQ(expert.opening->choice.resource, "V-province");
  EXPECT_EQ(expert.opening->gain, expert.opening->choice.points);
  problem.demands[0].opened = codes::Tier::kProvince;
  EXPECT_FALSE(PartOf(SolveOrDie(problem), Part::kExpert).opening.has_value());
}

TEST(RoundTest, RunnerUpTakenByAnotherDemandNamesIt) {
  Problem problem = LitchiProblem();
  problem.demands.push_back(problem.demands[0]);
  problem.demands[1].id = "D-other";
  problem.demands[1].talents_count = 0;
  problem.demands[0].talents_count = 0;
  const Plan plan = SolveOrDie(problem);
  const Bundle& other = plan.bundles[1];
  ASSERT_EQ(other.demand, "D-other");
  const Bundle& litchi = plan.bundles[0];
  const std::string taken = other.part(Part::kExpert).chosen[0].resource;
  const auto& runners = litchi.part(Part::kExpert).runners_up;
  const auto found = std::find_if(
      runners.begin(), runners.end(),
      [&](const RunnerUp& r) { return r.choice.resource == taken; });
  ASSERT_NE(found, runners.end());
  EXPECT_EQ(found->taken_by, "D-other");
}

TEST(RoundTest, RandomPlansPassTheJudge) {
  const Policy policy;
  int experts = 0;
  for (uint32_t seed = 0; seed < 400; ++seed) {
    const Problem problem = RandomProblem(seed);
    const Plan plan = SolveOrDie(problem, policy);
    const absl::Status verdict =
        Judge(problem, policy, plan, ExpertScores(problem, policy));
    ASSERT_TRUE(verdict.ok()) << "seed " << seed << ": " << verdict;
    for (const Bundle& bundle : plan.bundles) {
      experts += !bundle.part(Part::kExpert).chosen.empty();
    }
  }
  EXPECT_GT(experts, 400);  // the instances are not empty of choices
}

TEST(RoundTest, RandomPlansWithLocksKeepThemAndPassTheJudge) {
  const Policy policy;
  int locks = 0;
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Problem problem = RandomProblem(seed);
    for (const Bundle& bundle : SolveOrDie(problem, policy).bundles) {
      for (const PartResult& part : bundle.parts) {
        if (part.chosen.empty() || (locks + part.chosen.size()) % 3) continue;
        for (const Choice& choice : part.chosen) {
          problem.locks.push_back({bundle.demand, part.part, choice.resource});
        }
      }
      ++locks;
    }
    for (Volunteer& volunteer : problem.volunteers) {
      volunteer.dialects.clear();  // what is locked holds, whatever changes
    }
    const Plan plan = SolveOrDie(problem, policy);
    const absl::Status verdict =
        Judge(problem, policy, plan, ExpertScores(problem, policy));
    ASSERT_TRUE(verdict.ok()) << "seed " << seed << ": " << verdict;
  }
}

TEST(RoundTest, OrderOfTheInputChangesNothing) {
  std::mt19937 random(3);
  for (uint32_t seed = 0; seed < 60; ++seed) {
    Problem problem = RandomProblem(seed);
    const std::string plan = Print(SolveOrDie(problem));
    const std::string bytes = Canonical(problem);
    std::shuffle(problem.demands.begin(), problem.demands.end(), random);
    std::shuffle(problem.volunteers.begin(), problem.volunteers.end(), random);
    std::shuffle(problem.teams.begin(), problem.teams.end(), random);
    std::shuffle(problem.projects.begin(), problem.projects.end(), random);
    std::shuffle(problem.enterprises.begin(), problem.enterprises.end(),
                 random);
    std::shuffle(problem.specialties.begin(), problem.specialties.end(),
                 random);
    std::shuffle(problem.exclusions.begin(), problem.exclusions.end(), random);
    ASSERT_EQ(Print(SolveOrDie(problem)), plan) << "seed " << seed;
    ASSERT_EQ(Canonical(problem), bytes);
  }
}

TEST(RoundTest, AddingAVolunteerNeverLowersCoverage) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    Problem problem = RandomProblem(seed, {.volunteers = 20});
    const Objective before = SolveOrDie(problem).expert.value;
    const Problem other = RandomProblem(seed + 1'000);
    problem.volunteers.push_back(other.volunteers[0]);
    problem.volunteers.back().id = "V-new";
    const Objective after = SolveOrDie(problem).expert.value;
    ASSERT_LE(after.mandatory_unmet, before.mandatory_unmet);
    ASSERT_LE(after, before);
  }
}

TEST(RoundTest, EveryPartIsFilledNotRequiredOrAGapWithAReason) {
  for (uint32_t seed = 0; seed < 100; ++seed) {
    for (const Bundle& bundle : SolveOrDie(RandomProblem(seed)).bundles) {
      for (const PartResult& part : bundle.parts) {
        ASSERT_EQ(part.status == PartStatus::kGap, part.gap.has_value());
      }
    }
  }
}

TEST(RoundTest, StopsWhenToldTo) {
  const auto plan =
      Solve(LitchiProblem(), Policy(), [](int64_t, int64_t) { return false; });
  EXPECT_TRUE(base::HasReason(plan.status(), base::Reason::kCancelled));
}

TEST(RoundTest, EmptyProblemHasAnEmptyPlan) {
  const Plan plan = SolveOrDie(Problem());
  EXPECT_TRUE(plan.bundles.empty());
  EXPECT_TRUE(
      Judge(Problem(), Policy(), plan, ExpertScores(Problem(), Policy())).ok());
}

struct GapCase {
  const char* name;
  GapReason reason;
  void (*spoil)(Problem&);
};

class GapTest : public testing::TestWithParam<GapCase> {};

TEST_P(GapTest, ReasonIsWhatKeepsTheLastCandidateOut) {
  Problem problem = LitchiProblem();
  problem.volunteers.resize(1);
  problem.teams.clear();
  problem.demands[0].talents_count = 0;
  GetParam().spoil(problem);
  const Plan plan = SolveOrDie(problem);
  const PartResult& expert = PartOf(plan, Part::kExpert);
  ASSERT_EQ(expert.status, PartStatus::kGap);
  EXPECT_EQ(expert.gap->reason, GetParam().reason);
  EXPECT_TRUE(
      Judge(problem, Policy(), plan, ExpertScores(problem, Policy())).ok());
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, GapTest,
    testing::Values(
        GapCase{"NoCandidate", GapReason::kNoCandidate,
                [](Problem& p) {
                  p.volunteers[0].skills = {{"55010", 5, {}}};
                }},
        GapCase{"OtherCounty", GapReason::kNoCandidate,
                [](Problem& p) { p.volunteers[0].region = "440106000000"; }},
        GapCase{"BelowFloor", GapReason::kBelowFloor,
                [](Problem& p) {
                  p.volunteers[0].skills = {{"21010", 1, {}}};
                  p.volunteers[0].industries.clear();
                  p.volunteers[0].text.clear();
                  p.volunteers[0].title = codes::Title::kNone;
                  p.volunteers[0].rating = {10, 10};
                  p.volunteers[0].offered = 20;
                  p.volunteers[0].availability = {{20500, 20501}};
                  p.volunteers[0].dialects.clear();
                }},
        GapCase{"Capacity", GapReason::kCapacity,
                [](Problem& p) { p.volunteers[0].capacity = 0; }},
        GapCase{"Taken", GapReason::kCapacity,
                [](Problem& p) {
                  p.demands.push_back(p.demands[0]);
                  p.demands[1].id = "D-z";
                  p.demands[1].mandatory = true;
                }},
        GapCase{"Window", GapReason::kWindow,
                [](Problem& p) {
                  p.volunteers[0].availability = {{1, 2}};
                }},
        GapCase{"SameUnit", GapReason::kConflictOfInterest,
                [](Problem& p) {
                  p.volunteers[0].employer = p.demands[0].requester_name;
                }},
        GapCase{"DeclaredConflict", GapReason::kConflictOfInterest,
                [](Problem& p) {
                  p.volunteers[0].conflicts = {p.demands[0].requester_name};
                }},
        GapCase{"Excluded", GapReason::kExcluded,
                [](Problem& p) {
                  p.exclusions = {
                      {"D-litchi", "V-county", ExclusionReason::kCoordinator}};
                }},
        GapCase{"Declined", GapReason::kDeclined,
                [](Problem& p) {
                  p.exclusions = {
                      {"D-litchi", "V-county", ExclusionReason::kDeclined}};
                }},
        GapCase{"TimedOut", GapReason::kTimeout,
                [](Problem& p) {
                  p.exclusions = {
                      {"D-litchi", "V-county", ExclusionReason::kTimedOut}};
                }},
        GapCase{"TierClosed", GapReason::kTierClosed,
                [](Problem& p) {
                  p.volunteers[0].tier = codes::Tier::kCity;
                  p.demands[0].opened = codes::Tier::kCounty;
                }},
        GapCase{"NoSubjects", GapReason::kDataMissing,
                [](Problem& p) { p.demands[0].subjects.clear(); }}),
    [](const auto& info) { return info.param.name; });

TEST(GapTest, SocietyServesOneLevelWider) {
  Problem problem = LitchiProblem();
  problem.volunteers.resize(1);
  problem.teams.clear();
  problem.volunteers[0].region = "440902000000";  // another county of the city
  EXPECT_EQ(ChosenFor(SolveOrDie(problem), Part::kExpert), "");
  problem.volunteers[0].line = codes::Line::kSociety;
  EXPECT_EQ(ChosenFor(SolveOrDie(problem), Part::kExpert), "V-county");
}

TEST(GapTest, BestExcludedIsToldWithAllThatBarsIt) {
  Problem problem = LitchiProblem();
  problem.volunteers[1].tier = codes::Tier::kCity;
  problem.volunteers[1].region = "440902000000";
  problem.volunteers[1].availability.clear();
  problem.demands[0].opened = codes::Tier::kCounty;
  const Plan plan = SolveOrDie(problem);
  const PartResult& expert = PartOf(plan, Part::kExpert);
  ASSERT_TRUE(expert.excluded.has_value());
  EXPECT_EQ(expert.excluded->choice.resource, "V-province");
  EXPECT_THAT(
      expert.excluded->violated.ToVector(),
      testing::ElementsAre(Constraint::kTierClosed, Constraint::kWindow));
}

}  // namespace
}  // namespace jiedui::matcher::engine
