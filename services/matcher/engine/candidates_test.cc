#include "services/matcher/engine/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/example_problems.h"
#include "services/matcher/engine/exhaustive.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/matching.h"
#include "services/matcher/engine/text_sieve.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int32_t kMosts[] = {1, 3, 24, 1000};
constexpr int kSeeds = 12;

RandomSizes Crowded() {
  RandomSizes sizes;
  sizes.demands = 16;
  sizes.volunteers = 1500;
  sizes.teams = 120;
  sizes.projects = 120;
  sizes.exclusions = 300;
  return sizes;
}

// Candidates of `part` are those found exhaustively, up to `most`, and whoever
// is left out is owned to.
void ExpectExact(const Prepared& prepared, Part part,
                 const DemandFacts& demand) {
  const std::vector<Candidate> all =
      FindExhaustively(prepared, part, demand).best;
  for (const int32_t most : kMosts) {
    const auto count = static_cast<size_t>(most);
    const CandidateList found = FindByIndex(prepared, part, demand, most);
    const std::vector<Candidate> expected(
        all.begin(),
        all.begin() + static_cast<int64_t>(std::min(count, all.size())));
    ASSERT_EQ(found.best, expected)
        << "part " << static_cast<int>(part) << " of demand " << demand.index
        << ", best " << most;
    if (all.size() != count) {
      EXPECT_EQ(found.complete, all.size() < count);
    }
  }
}

void ExpectExact(const Prepared& prepared) {
  for (const DemandFacts& demand : prepared.demands()) {
    for (Part part : {Part::kExpert, Part::kTeam, Part::kProject}) {
      ExpectExact(prepared, part, demand);
    }
    ExpectExact(prepared, Part::kTalents, prepared.Seat(demand.index, 0));
  }
}

// Lets nearly everybody in, so that the order of the many is seen.
Policy Lenient() {
  Policy policy;
  policy.floor = 550'000;
  policy.admission = {1, 1, 1, 1, 1, 1};
  return policy;
}

TEST(CandidatesTest, AreThoseFoundExhaustively) {
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    ExpectExact(Prepared(RandomProblem(seed, Crowded()), Policy()));
    ExpectExact(Prepared(RandomProblem(seed, Crowded()), Lenient()));
  }
}

TEST(CandidatesTest, AreExactWhereTheActionIsAboutWhoComes) {
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    Problem problem = RandomProblem(seed, Crowded());
    for (size_t i = 0; i < problem.demands.size(); ++i) {
      problem.demands[i].action =
          i % 2 == 0 ? codes::Action::kAcademiciansToPrefectures
                     : codes::Action::kHongKongMacaoExperts;
    }
    ExpectExact(Prepared(problem, Policy()));
    ExpectExact(Prepared(std::move(problem), Lenient()));
  }
}

TEST(CandidatesTest, AreExactWhereManyAreEqual) {
  Problem problem = RandomProblem(5, Crowded());
  for (size_t i = 0; i < problem.volunteers.size(); ++i) {
    const std::string id = problem.volunteers[i].id;
    problem.volunteers[i] = problem.volunteers[i % 7];
    problem.volunteers[i].id = id;
  }
  ExpectExact(Prepared(std::move(problem), Lenient()));
}

TEST(CandidatesTest, AreExactWithMoreSubjectsThanTheIndexTellsApart) {
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    Problem problem = RandomProblem(seed, Crowded());
    for (size_t i = 0; i < problem.demands.size(); ++i) {
      std::vector<std::string>& subjects = problem.demands[i].subjects;
      for (const Demand& other : problem.demands) {
        for (const std::string& subject : other.subjects) {
          if (std::find(subjects.begin(), subjects.end(), subject) ==
              subjects.end()) {
            subjects.push_back(subject);
          }
        }
      }
    }
    for (size_t i = 0; i < problem.volunteers.size(); i += 3) {
      std::vector<Skill>& skills = problem.volunteers[i].skills;
      for (size_t k = 1; k < 4; ++k) {
        const Volunteer& other =
            problem.volunteers[(i + k) % problem.volunteers.size()];
        skills.insert(skills.end(), other.skills.begin(), other.skills.end());
      }
    }
    ExpectExact(Prepared(std::move(problem), Policy()));
  }
}

TEST(CandidatesTest, AreExactAfterVolunteersCameAndChanged) {
  for (uint32_t seed = 1; seed <= kSeeds; ++seed) {
    Problem rest = RandomProblem(seed, Crowded());
    const Problem others = RandomProblem(seed + 100, Crowded());
    const Policy policy;
    Corps corps(policy);
    for (const Volunteer& volunteer : rest.volunteers) corps.Add(volunteer);
    corps.Seal();
    for (size_t i = 0; i < others.volunteers.size(); i += 2) {
      Volunteer volunteer = others.volunteers[i];
      if (i % 4 == 0) volunteer.id += "-new";
      corps.Put(volunteer);
      // Some change twice, back to where they were.
      if (i % 8 == 2) corps.Put(rest.volunteers[i]);
    }
    rest.volunteers.clear();
    for (Team& team : rest.teams) {
      team.leader.clear();
      team.members.clear();
    }
    for (Project& project : rest.projects) project.owner.clear();
    ExpectExact(Prepared(std::move(rest), std::move(corps), policy));
  }
}

TEST(CandidatesTest, NobodyIsThereToBeFoundInAnEmptyPool) {
  Problem problem = LitchiProblem();
  problem.volunteers.clear();
  problem.teams.clear();
  problem.projects.clear();
  const Prepared prepared(std::move(problem), Policy());
  const CandidateList found =
      FindExperts(prepared, prepared.demands().front(), 24);
  EXPECT_TRUE(found.best.empty());
  EXPECT_TRUE(found.complete);
}

TEST(TextSieveTest, SaysTheSameWithAllInstructions) {
  uint32_t dice = 7;
  const auto roll = [&dice] { return dice = dice * 1664525 + 1013904223; };
  for (const int32_t weight : {1, 4, 9, 40, 300}) {
    TextSieve sieve;
    for (int i = 0; i < 12; ++i) sieve.Add(roll() >> 8, weight);
    std::vector<uint64_t> signatures = {0, ~uint64_t{0}};
    for (int i = 0; i < 1000; ++i) {
      signatures.push_back(static_cast<uint64_t>(roll()) << 32 | roll());
    }
    std::vector<uint8_t> best(signatures.size());
    std::vector<uint8_t> scalar(signatures.size());
    sieve.Match(signatures, best.data());
    sieve.Match(signatures, scalar.data(), TextSieve::Instructions::kScalar);
    EXPECT_EQ(best, scalar) << "weight " << weight;
    EXPECT_EQ(scalar[0], 0);
    EXPECT_EQ(scalar[1], std::min<int32_t>(12 * weight, TextSieve::kMost));
  }
}

TEST(MatchTest, IsTheSameOnAnyNumberOfThreads) {
  RandomSizes sizes = Crowded();
  sizes.demands = 150;
  for (uint32_t seed = 1; seed <= 2; ++seed) {
    const Prepared prepared(RandomProblem(seed, sizes), Policy());
    const auto alone = Match(prepared, 1, nullptr);
    const auto many = Match(prepared, 4, nullptr);
    ASSERT_TRUE(alone.ok());
    ASSERT_TRUE(many.ok());
    EXPECT_EQ(alone->drafts, many->drafts);
    EXPECT_EQ(alone->expert.value, many->expert.value);
    EXPECT_EQ(alone->expert.prices, many->expert.prices);
    EXPECT_EQ(alone->bundles->bound, many->bundles->bound);
  }
}

}  // namespace
}  // namespace jiedui::matcher::engine
