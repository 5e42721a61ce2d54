// The judge must catch planted faults: each case spoils a sound plan in one
// way.
#include "services/matcher/engine/judge.h"

#include <string>

#include "common/base/error.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/round.h"

namespace jiedui::matcher::engine {
namespace {

struct Fault {
  const char* name;
  const char* told;  // part of the message
  void (*plant)(Problem&, Plan&);
};

Choice& ChosenOf(Plan& plan, Part part) {
  return plan.bundles[0].part(part).chosen.at(0);
}

class JudgeTest : public testing::TestWithParam<Fault> {};

TEST(JudgeTest, SoundPlanPasses) {
  const Problem problem = LitchiProblem();
  const Policy policy;
  EXPECT_TRUE(Judge(problem, policy, *Solve(problem, policy),
                    ExpertScores(problem, policy))
                  .ok());
}

TEST_P(JudgeTest, CatchesPlantedFault) {
  Problem problem = LitchiProblem();
  const Policy policy;
  Plan plan = *Solve(problem, policy);
  GetParam().plant(problem, plan);
  const absl::Status verdict =
      Judge(problem, policy, plan, ExpertScores(problem, policy));
  ASSERT_TRUE(base::HasReason(verdict, base::Reason::kPlanFault)) << verdict;
  EXPECT_NE(std::string(verdict.message()).find(GetParam().told),
            std::string::npos)
      << verdict;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, JudgeTest,
    testing::Values(
        Fault{"MissingBundle", "no bundle",
              [](Problem&, Plan& p) {
                p.bundles.clear();
                p.total = 0;
              }},
        Fault{"TwoBundles", "two bundles",
              [](Problem&, Plan& p) { p.bundles.push_back(p.bundles[0]); }},
        Fault{"UnknownDemand", "unknown demand",
              [](Problem&, Plan& p) { p.bundles[0].demand = "D-none"; }},
        Fault{"UnknownResource", "no such resource",
              [](Problem&, Plan& p) {
                ChosenOf(p, Part::kTeam).resource = "T-none";
              }},
        Fault{"PlanTotal", "do not add up to the total",
              [](Problem&, Plan& p) { ++p.total; }},
        Fault{"BundleTotal", "do not add up to the bundle",
              [](Problem&, Plan& p) {
                ++p.total;
                ++p.bundles[0].total;
              }},
        Fault{"Points", "do not follow",
              [](Problem&, Plan& p) {
                ++ChosenOf(p, Part::kExpert).entries[0].points;
              }},
        Fault{"Weight", "not the policy's",
              [](Problem&, Plan& p) {
                ++ChosenOf(p, Part::kExpert).entries[0].weight;
              }},
        Fault{"Score", "not that of the pair",
              [](Problem&, Plan& p) { ++ChosenOf(p, Part::kExpert).score; }},
        Fault{"TierDistance", "wrong tier distance",
              [](Problem&, Plan& p) {
                ++ChosenOf(p, Part::kExpert).tier_distance;
              }},
        Fault{"SynergyLeftOut", "left out",
              [](Problem&, Plan& p) { p.bundles[0].synergies.pop_back(); }},
        Fault{"SynergyNotEarned", "not earned",
              [](Problem& problem, Plan&) { problem.projects[0].owner = ""; }},
        Fault{"PersonTwice", "twice in a bundle",
              [](Problem&, Plan& p) {
                auto& talents = p.bundles[0].part(Part::kTalents).chosen;
                talents[1] = talents[0];
              }},
        Fault{"OverCapacity", "over capacity",
              [](Problem& problem, Plan&) { problem.teams[0].capacity = 0; }},
        Fault{"OverLicences", "over its licences",
              [](Problem& problem, Plan&) {
                problem.projects[0].exclusive = true;
                problem.projects[0].licences = 0;
              }},
        Fault{"Conflict", "conflict of interest",
              [](Problem& problem, Plan&) {
                problem.volunteers[0].employer =
                    problem.demands[0].requester_name;
              }},
        Fault{"Excluded", "excluded",
              [](Problem& problem, Plan&) {
                problem.exclusions = {
                    {"D-litchi", "T-litchi", ExclusionReason::kCoordinator}};
              }},
        Fault{"TierClosed", "tier not opened",
              [](Problem& problem, Plan&) {
                problem.demands[0].opened = codes::Tier::kTownship;
              }},
        Fault{"OutOfRegion", "outside the region",
              [](Problem& problem, Plan&) {
                problem.teams[0].region = "440106000000";
              }},
        Fault{"Window", "never free",
              [](Problem& problem, Plan&) {
                for (size_t i = 1; i < problem.volunteers.size(); ++i) {
                  problem.volunteers[i].availability = {{1, 2}};
                }
              }},
        Fault{"Specialism", "no discipline",
              [](Problem& problem, Plan&) {
                problem.projects[0].subjects = {"55010"};
              }},
        Fault{"OtherCity", "another city",
              [](Problem& problem, Plan&) {
                problem.enterprises[0].region = "440106000000";
              }},
        Fault{"OtherCounty", "another county",
              [](Problem& problem, Plan&) {
                problem.specialties[0].region = "440106000000";
              }},
        Fault{"NotWanted", "more chosen than asked",
              [](Problem& problem, Plan&) {
                problem.demands[0].want[0] = Want::kNone;
              }},
        Fault{"NotLookedAt", "not looked at",
              [](Problem&, Plan& p) {
                PartResult& team = p.bundles[0].part(Part::kTeam);
                team.chosen.clear();
                team.status = PartStatus::kNotRequired;
              }},
        Fault{"HiddenGap", "a gap is not told",
              [](Problem&, Plan& p) {
                p.bundles[0].part(Part::kTeam).chosen.clear();
              }},
        Fault{"LockNotHeld", "lock not held",
              [](Problem& problem, Plan&) {
                problem.locks = {{"D-litchi", Part::kExpert, "V-province"}};
              }},
        Fault{"WrongValue", "value is not the bound",
              [](Problem&, Plan& p) { ++p.expert.value.tier_distance; }},
        Fault{"WrongBound", "wrong bound",
              [](Problem&, Plan& p) { --p.expert.bound.loss; }},
        Fault{"NegativePrice", "negative price",
              [](Problem&, Plan& p) {
                Objective price;
                price.loss = -1;
                p.expert.prices = {{"V-county", price}};
              }},
        Fault{"PriceWithRoom", "wrong bound",
              [](Problem&, Plan& p) {
                Objective price;
                price.loss = 1;
                p.expert.prices = {{"V-province", price}};
              }},
        Fault{"WrongCount", "wrong count",
              [](Problem&, Plan& p) { ++p.expert.demands; }},
        Fault{"NoEvidence", "no evidence",
              [](Problem&, Plan& p) { p.evidence = nullptr; }},
        Fault{"EvidenceOfAnotherPlan", "values do not add up",
              [](Problem&, Plan& p) {
                auto evidence = std::make_shared<BundleEvidence>(*p.evidence);
                ++evidence->value;
                p.evidence = evidence;
              }},
        Fault{"WrongBoundOfTheTotal", "wrong bound of the total",
              [](Problem&, Plan& p) { --p.total_bound; }}),
    [](const auto& info) { return info.param.name; });

// A plan that is sound in every part, but another expert would have been
// better: only the prices can tell.
TEST(JudgeTest, CatchesAPlanThatIsNotOptimal) {
  const Problem problem = LitchiProblem();
  const Policy policy;
  Problem narrowed = problem;
  narrowed.exclusions = {
      {"D-litchi", "V-county", ExclusionReason::kCoordinator}};
  const Plan plan = *Solve(narrowed, policy);
  const absl::Status verdict =
      Judge(problem, policy, plan, ExpertScores(problem, policy));
  EXPECT_NE(std::string(verdict.message()).find("wrong bound"),
            std::string::npos)
      << verdict;
}

}  // namespace
}  // namespace jiedui::matcher::engine
