// Counties compete for two places of one expert of the province.
#include <map>
#include <string>

#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"

namespace jiedui::matcher::engine {
namespace {

constexpr char kGaozhou[] = "440981";
constexpr char kHuazhou[] = "440982";

// Three demands of Gaozhou, whose words the expert knows a little better, and
// one of Huazhou; only the province's expert, twice.
Problem Contest() {
  Problem problem = LitchiProblem();
  Demand demand = problem.demands[0];
  demand.want = {};
  demand.want[static_cast<size_t>(Part::kExpert)] = Want::kRequired;
  demand.talents_count = 0;
  problem.demands.clear();
  for (const char* id : {"D-1", "D-2", "D-3", "D-4"}) {
    demand.id = id;
    problem.demands.push_back(demand);
  }
  problem.demands[3].region = std::string(kHuazhou) + "000000";
  problem.demands[3].text = "荔枝采后";
  problem.volunteers = {problem.volunteers[1]};
  problem.volunteers[0].capacity = 2;
  problem.teams.clear();
  problem.projects.clear();
  return problem;
}

std::map<std::string, int> ServedByCounty(const Problem& problem,
                                          const Policy& policy) {
  const auto plan = Solve(problem, policy);
  EXPECT_TRUE(plan.ok()) << plan.status();
  EXPECT_TRUE(
      Judge(problem, policy, *plan, ExpertScores(problem, policy)).ok());
  std::map<std::string, int> served;
  for (size_t i = 0; i < problem.demands.size(); ++i) {
    served[problem.demands[i].region.substr(0, 6)] +=
        !plan->bundles[i].part(Part::kExpert).chosen.empty();
  }
  return served;
}

Policy WithBand(int32_t band) {
  Policy policy;
  policy.fairness_band = band;
  return policy;
}

TEST(FairnessTest, WithoutABandQualityAloneDecides) {
  EXPECT_EQ(ServedByCounty(Contest(), WithBand(0))[kHuazhou], 0);
}

TEST(FairnessTest, InsideTheBandNoCountyIsLeftOut) {
  auto served = ServedByCounty(Contest(), WithBand(200));
  EXPECT_EQ(served[kGaozhou], 1);
  EXPECT_EQ(served[kHuazhou], 1);
}

TEST(FairnessTest, WhatACountyHadBeforeCounts) {
  Problem problem = Contest();
  // Huazhou has been served well, Gaozhou badly.
  problem.history = {{std::string(kHuazhou) + "000000", 20, 20},
                     {std::string(kGaozhou) + "000000", 20, 1}};
  EXPECT_EQ(ServedByCounty(problem, WithBand(200))[kHuazhou], 0);
}

TEST(FairnessTest, CoverageIsNeverGivenUp) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    const Problem problem = RandomProblem(seed, {.volunteers = 12});
    int plain = 0, shared = 0;
    for (const auto& [county, served] : ServedByCounty(problem, WithBand(0))) {
      plain += served;
    }
    for (const auto& [county, served] :
         ServedByCounty(problem, WithBand(1000))) {
      shared += served;
    }
    ASSERT_EQ(plain, shared) << "seed " << seed;
  }
}

}  // namespace
}  // namespace jiedui::matcher::engine
