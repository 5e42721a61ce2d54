// Bad problems and policies get errors that name the culprit.
#include <algorithm>
#include <string>

#include "common/base/error.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {
namespace {

using base::Reason;

struct BadProblem {
  const char* name;
  const char* culprit;  // begins the violation's field
  Reason reason;
  void (*spoil)(Problem&);
};

class ValidateTest : public testing::TestWithParam<BadProblem> {};

TEST(ValidateTest, AcceptsGoodProblems) {
  EXPECT_TRUE(Validate(LitchiProblem()).ok());
  EXPECT_TRUE(Validate(Problem()).ok());
  for (uint32_t seed = 0; seed < 50; ++seed) {
    ASSERT_TRUE(Validate(RandomProblem(seed)).ok()) << seed;
  }
}

TEST_P(ValidateTest, NamesTheCulprit) {
  Problem problem = LitchiProblem();
  GetParam().spoil(problem);
  const auto info = base::Info(Validate(problem));
  ASSERT_TRUE(info.has_value());
  const bool told =
      std::any_of(info->violations.begin(), info->violations.end(),
                  [](const base::Violation& violation) {
                    return violation.reason == GetParam().reason &&
                           violation.field.find(GetParam().culprit) == 0;
                  });
  EXPECT_TRUE(told) << Validate(problem);
}

INSTANTIATE_TEST_SUITE_P(
    Bad, ValidateTest,
    testing::Values(
        BadProblem{"EmptyId", "demand , id", Reason::kFieldRequired,
                   [](Problem& p) { p.demands[0].id = ""; }},
        BadProblem{"DuplicateDemand", "demand D-litchi", Reason::kDuplicateId,
                   [](Problem& p) { p.demands.push_back(p.demands[0]); }},
        BadProblem{"TeamNamedAsVolunteer", "team V-county",
                   Reason::kDuplicateId,
                   [](Problem& p) { p.teams[0].id = "V-county"; }},
        BadProblem{"NegativeCapacity", "volunteer V-county, capacity",
                   Reason::kValueOutOfRange,
                   [](Problem& p) { p.volunteers[0].capacity = -1; }},
        BadProblem{"TeamUnderItself", "team T-litchi, parent", Reason::kCycle,
                   [](Problem& p) { p.teams[0].parent = "T-litchi"; }},
        BadProblem{"CycleOfTeams", "team T-sub, parent", Reason::kCycle,
                   [](Problem& p) {
                     p.teams[0].parent = "T-sub";
                     p.teams.push_back(p.teams[0]);
                     p.teams[1].id = "T-sub";
                     p.teams[1].parent = "T-litchi";
                   }},
        BadProblem{"UnknownParent", "team T-litchi, parent",
                   Reason::kReferenceMissing,
                   [](Problem& p) { p.teams[0].parent = "V-county"; }},
        BadProblem{"HugeCapacity", "team T-litchi, capacity",
                   Reason::kValueOutOfRange,
                   [](Problem& p) { p.teams[0].capacity = 2'000'000'000; }},
        BadProblem{"UnknownRegion", "demand D-litchi, region",
                   Reason::kUnknownCode,
                   [](Problem& p) { p.demands[0].region = "999999"; }},
        BadProblem{"SubjectSection", "demand D-litchi, subject",
                   Reason::kUnknownCode,
                   [](Problem& p) { p.demands[0].subjects = {"B"}; }},
        BadProblem{
            "UnknownSubject", "volunteer V-county, subject",
            Reason::kUnknownCode,
            [](Problem& p) { p.volunteers[0].skills[0].subject = "99999"; }},
        BadProblem{"UnknownIndustry", "specialty S-litchi, industry",
                   Reason::kUnknownCode,
                   [](Problem& p) { p.specialties[0].industry = "9999"; }},
        BadProblem{
            "Proficiency", "volunteer V-county, proficiency",
            Reason::kValueOutOfRange,
            [](Problem& p) { p.volunteers[0].skills[0].proficiency = 6; }},
        BadProblem{"ReversedWindow", "demand D-litchi, window",
                   Reason::kWindowReversed,
                   [](Problem& p) {
                     p.demands[0].window = {5, 5};
                   }},
        BadProblem{"Stars", "volunteer V-county, rating sum",
                   Reason::kValueOutOfRange,
                   [](Problem& p) {
                     p.volunteers[0].rating = {11, 2};
                   }},
        BadProblem{"UnknownLeader", "team T-litchi, leader",
                   Reason::kReferenceMissing,
                   [](Problem& p) { p.teams[0].leader = "V-none"; }},
        BadProblem{"UnknownOwner", "project P-fresh, owner",
                   Reason::kReferenceMissing,
                   [](Problem& p) { p.projects[0].owner = "V-none"; }},
        BadProblem{"ExclusionOfNobody", "exclusion D-litchi V-none",
                   Reason::kReferenceMissing,
                   [](Problem& p) {
                     p.exclusions = {{"D-litchi", "V-none", {}}};
                   }},
        BadProblem{"LockOfNobody", "lock D-litchi V-none",
                   Reason::kReferenceMissing,
                   [](Problem& p) {
                     p.locks = {{"D-litchi", Part::kExpert, "V-none"}};
                   }},
        BadProblem{"LockOfUnwantedPart", "lock D-litchi V-county",
                   Reason::kLockCannotHold,
                   [](Problem& p) {
                     p.demands[0].want.fill(Want::kNone);
                     p.locks = {{"D-litchi", Part::kExpert, "V-county"}};
                   }},
        BadProblem{"TwoLocksForOneSeat", "lock D-litchi V-province",
                   Reason::kLockCannotHold,
                   [](Problem& p) {
                     p.locks = {{"D-litchi", Part::kExpert, "V-county"},
                                {"D-litchi", Part::kExpert, "V-province"}};
                   }},
        BadProblem{"LockedTwiceInOnePairing", "lock D-litchi V-county",
                   Reason::kLockCannotHold,
                   [](Problem& p) {
                     p.volunteers[0].capacity = 2;
                     p.locks = {{"D-litchi", Part::kExpert, "V-county"},
                                {"D-litchi", Part::kTalents, "V-county"}};
                   }},
        BadProblem{"LockOverCapacity", "lock D-litchi V-county",
                   Reason::kLockCannotHold,
                   [](Problem& p) {
                     p.volunteers[0].capacity = 0;
                     p.locks = {{"D-litchi", Part::kExpert, "V-county"}};
                   }}),
    [](const auto& info) { return info.param.name; });

TEST(PolicyTest, DefaultIsValid) { EXPECT_TRUE(Validate(Policy()).ok()); }

TEST(PolicyTest, WeightsMustSumToAThousand) {
  Policy policy;
  ++policy.bundle[0];
  policy.features[1][0].weight -= 1;
  const auto info = base::Info(Validate(policy));
  ASSERT_TRUE(info.has_value());
  ASSERT_EQ(info->violations.size(), 2u);
  EXPECT_EQ(info->violations[0].field, "bundle");
  EXPECT_EQ(info->violations[1].field, "features[1]");
  EXPECT_EQ(info->violations[1].reason, Reason::kWeightsDoNotSum);
}

TEST(PolicyTest, FeatureMayBeNamedOnce) {
  Policy policy;
  policy.features[0][1].feature = policy.features[0][0].feature;
  EXPECT_FALSE(Validate(policy).ok());
}

TEST(PolicyTest, FeaturesWithoutAFunctionAreRefused) {
  Policy policy;
  policy.features[0][0].feature = Feature::kRequester;
  EXPECT_FALSE(Validate(policy).ok());
}

TEST(PolicyTest, AnchorsMustBeAboveZero) {
  Policy policy;
  policy.text_anchor = 0;
  EXPECT_FALSE(Validate(policy).ok());
}

TEST(PolicyTest, EveryWeightIsPartOfTheIdentity) {
  const std::string bytes = Canonical(Policy());
  Policy policy;
  policy.features[0][0].weight += 1;
  EXPECT_NE(Canonical(policy), bytes);
  policy = Policy();
  policy.floor += 1;
  EXPECT_NE(Canonical(policy), bytes);
}

TEST(CanonicalTest, EveryChangeChangesTheBytes) {
  const Problem problem = LitchiProblem();
  const std::string bytes = Canonical(problem);
  void (*const changes[])(Problem&) = {
      [](Problem& p) { p.demands[0].mandatory = true; },
      [](Problem& p) { p.demands[0].text += "。"; },
      [](Problem& p) { p.demands[0].want[2] = Want::kDesired; },
      [](Problem& p) { ++p.volunteers[1].capacity; },
      [](Problem& p) { p.volunteers[1].skills[0].expires = 3; },
      [](Problem& p) { p.teams[0].members.pop_back(); },
      [](Problem& p) { p.teams[0].parent = "T-county"; },
      [](Problem& p) { p.projects[0].exclusive = true; },
      [](Problem& p) { ++p.specialties[0].weight; },
      [](Problem& p) {
        p.locks = {{"D-litchi", Part::kTeam, "T-litchi"}};
      },
      [](Problem& p) { p.enterprises.clear(); }};
  for (const auto change : changes) {
    Problem changed = problem;
    change(changed);
    EXPECT_NE(Canonical(changed), bytes);
  }
}

}  // namespace
}  // namespace jiedui::matcher::engine
