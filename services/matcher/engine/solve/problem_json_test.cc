#include "services/matcher/engine/solve/problem_json.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "common/base/error.h"
#include "gmock/gmock.h"
#include "services/matcher/engine/judge.h"
#include "services/matcher/engine/round.h"
#include "services/matcher/engine/solve/test_instances.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

std::string Litchi() { return ReadTestData("litchi.json"); }

// The file with one text in it replaced.
std::string With(const std::string& before, const std::string& after) {
  const std::string json = Litchi();
  EXPECT_NE(json.find(before), std::string::npos) << before;
  return absl::StrReplaceAll(json, {{before, after}});
}

void ExpectFault(const std::string& json, const std::string& field,
                 Reason reason) {
  const auto problem = ParseProblem(json, "x.json");
  const auto info = base::Info(problem.status());
  ASSERT_TRUE(info.has_value()) << field;
  for (const base::Violation& violation : info->violations) {
    if (violation.field == field && violation.reason == reason) return;
  }
  ADD_FAILURE() << field << ": " << problem.status();
}

TEST(ProblemJsonTest, ReadsEveryPart) {
  const Problem problem = *ParseProblem(Litchi(), "litchi.json");
  ASSERT_EQ(problem.demands.size(), 2u);
  const Demand& demand = problem.demands[0];
  EXPECT_EQ(demand.urgency, Urgency::kUrgent);
  EXPECT_EQ(demand.mode, Mode::kOnSite);
  EXPECT_EQ(demand.tier, codes::Tier::kTownship);
  EXPECT_EQ(demand.opened, codes::Tier::kProvince);
  EXPECT_EQ(demand.window, (Window{20574, 20666}));
  EXPECT_EQ(demand.wants(Part::kExpert), Want::kRequired);
  EXPECT_EQ(demand.wants(Part::kProject), Want::kDesired);
  EXPECT_EQ(demand.talents_count, 1);
  const Demand& longan = problem.demands[1];
  EXPECT_EQ(longan.urgency, Urgency::kNormal);
  EXPECT_EQ(longan.wants(Part::kTalents), Want::kNone);
  EXPECT_EQ(longan.wants(Part::kTeam), Want::kNone);
  ASSERT_EQ(problem.volunteers.size(), 2u);
  EXPECT_EQ(problem.volunteers[0].rating.sum, 14);
  EXPECT_EQ(problem.volunteers[1].skills[1].expires, 21184);
  EXPECT_EQ(problem.volunteers[1].tier, codes::Tier::kProvince);
  EXPECT_EQ(problem.teams[0].leader, "V-county");
  EXPECT_EQ(problem.projects[0].readiness, 8);
  EXPECT_TRUE(problem.enterprises[0].leading);
  EXPECT_EQ(problem.specialties[0].weight, 60);
  EXPECT_EQ(problem.exclusions[0].reason, ExclusionReason::kDeclined);
}

TEST(ProblemJsonTest, IsSolvedAndJudged) {
  const Problem problem = *ParseProblem(Litchi(), "litchi.json");
  const Policy policy;
  const auto plan = Solve(problem, policy);
  ASSERT_TRUE(plan.ok()) << plan.status();
  EXPECT_TRUE(
      Judge(problem, policy, *plan, ExpertScores(problem, policy)).ok());
  ASSERT_EQ(plan->bundles.size(), 2u);
  EXPECT_EQ(plan->bundles[0].part(Part::kExpert).chosen.size(), 1u);
  EXPECT_GT(plan->bundles[0].total, 0);
}

TEST(ProblemJsonTest, WhatIsNoSuchJsonIsRefused) {
  for (const std::string& json :
       {std::string(), std::string("[]"), std::string("{"),
        std::string("{\"demands\": 5}"), With("\"urgency\"", "\"urgncy\""),
        With("URGENCY_HIGH", "URGENT"),
        With("\"capacity\": 1", "\"capacity\": 1e12"),
        std::string(10'000, '[')}) {
    const auto problem = ParseProblem(json, "x.json");
    EXPECT_TRUE(base::HasReason(problem.status(), Reason::kJsonMalformed))
        << json.substr(0, 60) << problem.status();
  }
}

TEST(ProblemJsonTest, BadProblemsNameTheCulprit) {
  ExpectFault("{}", "demands", Reason::kFieldRequired);
  ExpectFault(With("2026-05-01", "2026-02-30"), "demand D-litchi, window",
              Reason::kFieldMalformed);
  ExpectFault(With("2026-07-31", "2026-04-01"), "demand D-litchi, window",
              Reason::kWindowReversed);
  ExpectFault(With("\"URGENCY_HIGH\"", "77"), "demand D-litchi, urgency",
              Reason::kUnknownValue);
  ExpectFault(With("\"capacity\": 2", "\"capacity\": -2"),
              "volunteer V-province, capacity", Reason::kValueOutOfRange);
  ExpectFault(With("\"capacity\": 2", "\"capacity\": 2000000000"),
              "volunteer V-province, capacity", Reason::kValueOutOfRange);
  ExpectFault(With("\"id\": \"D-longan\"", "\"id\": \"D-litchi\""),
              "demand D-litchi, id", Reason::kDuplicateId);
  ExpectFault(With("\"leader\"", "\"parent\": \"T-litchi\", \"leader\""),
              "team T-litchi, parent", Reason::kCycle);
  ExpectFault(With("\"exclusions\"",
                   "\"locks\": [{\"demand\": \"D-longan\", \"part\": "
                   "\"PART_KIND_TEAM\", \"resource\": \"T-litchi\"}], "
                   "\"exclusions\""),
              "lock D-longan T-litchi, lock", Reason::kLockCannotHold);
}

TEST(ProblemJsonTest, ARequiredPartNeedsAPool) {
  const std::string json =
      "{\"demands\": [{\"id\": \"D1\", \"region\": \"440981103000\","
      " \"parts\": {\"expert\": \"WANT_REQUIRED\"}}]}";
  ExpectFault(json, "demand D1", Reason::kPoolEmpty);
  EXPECT_TRUE(
      ParseProblem(absl::StrReplaceAll(json, {{"REQUIRED", "DESIRED"}}), "x")
          .ok());
}

}  // namespace
}  // namespace jiedui::matcher::engine
