// The peers, and the index they are measured beside, against the engine's own
// constraints and scores.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/scorer.h"
#include "tests/bench/engine/nation.h"
#include "tests/bench/engine/peer_avx2.h"
#include "tests/bench/engine/peer_postgres.h"
#include "tests/bench/engine/sieve_table.h"

namespace jiedui::bench {
namespace {

using match::Prepared;

constexpr int kBest = 64;

match::Problem SmallProvince() {
  NationOptions options = ProvinceSize();
  options.demands = 100;
  options.volunteers = 10'000;
  options.teams = 0;
  options.projects = 0;
  options.enterprises = 300;
  return Nation(options).Whole();
}

// In the engine's order of rows.
std::vector<match::Volunteer> InOrderOfRows(
    std::vector<match::Volunteer> volunteers, const match::Corps& corps) {
  std::vector<match::Volunteer> ordered(volunteers.size());
  for (match::Volunteer& volunteer : volunteers) {
    ordered[static_cast<size_t>(corps.Find(volunteer.id))] =
        std::move(volunteer);
  }
  return ordered;
}

class PeersTest : public testing::Test {
 protected:
  PeersTest()
      : prepared_(SmallProvince(), policy_),
        volunteers_(
            InOrderOfRows(SmallProvince().volunteers, prepared_.corps())) {}

  const std::vector<match::Demand>& demands() const {
    return prepared_.problem().demands;
  }

  // By the engine's own constraints and scores, without its index.
  bool RankFor(const match::DemandFacts& demand, Ranked& ranked) const {
    if (!VolunteerConstraints(prepared_, demand, ranked.row).empty()) {
      return false;
    }
    const match::Facts facts = prepared_.corps().facts(ranked.row);
    ranked.score =
        match::Scorer(policy_, match::Part::kExpert, demand).Score(facts);
    ranked.distance = PersonDistance(policy_, demand, facts, ranked.score);
    return ranked.score >= policy_.admission[0];
  }
  std::vector<Ranked> Expected(size_t demand) const {
    std::vector<Ranked> all;
    Ranked ranked;
    for (ranked.row = 0; ranked.row < prepared_.corps().size(); ++ranked.row) {
      if (RankFor(prepared_.demands()[demand], ranked)) all.push_back(ranked);
    }
    std::sort(all.begin(), all.end());
    if (all.size() > kBest) all.resize(kBest);
    return all;
  }

  const match::Policy policy_;
  const Prepared prepared_;
  const std::vector<match::Volunteer> volunteers_;
};

TEST_F(PeersTest, TheIndexFindsWhatBruteForceFinds) {
  for (size_t i = 0; i < demands().size(); ++i) {
    std::vector<Ranked> found;
    for (const match::Candidate& candidate :
         FindExperts(prepared_, prepared_.demands()[i], kBest).best) {
      found.push_back(
          {candidate.distance, candidate.score, candidate.resource});
    }
    EXPECT_EQ(found, Expected(i)) << demands()[i].id;
  }
}

TEST_F(PeersTest, BruteForceOverTheSieveFindsWhatTheEngineWould) {
  SieveTable table;
  for (const match::Volunteer& volunteer : volunteers_) table.Add(volunteer);
  for (size_t i = 0; i < demands().size(); ++i) {
    const auto rank = [&](Ranked& ranked) {
      return RankFor(prepared_.demands()[i], ranked);
    };
    EXPECT_EQ(BestByBruteForce(table.columns(), table.SieveFor(demands()[i]),
                               kBest, rank, Instructions::kBest),
              Expected(i));
  }
}

class PostgresTest : public PeersTest,
                     public testing::WithParamInterface<PostgresIndices> {};

TEST_P(PostgresTest, FindsWhatTheEngineWould) {
  auto peer = PostgresPeer::Start(testing::TempDir(), policy_, GetParam());
  if (absl::IsNotFound(peer.status())) {
    GTEST_SKIP() << peer.status().message();
  }
  ASSERT_TRUE(peer.ok()) << peer.status().message();
  auto next = volunteers_.begin();
  const absl::Status loaded = (*peer)->Load([&](match::Volunteer& volunteer) {
    if (next == volunteers_.end()) return false;
    volunteer = *next++;
    return true;
  });
  ASSERT_TRUE(loaded.ok()) << loaded.message();
  for (size_t i = 0; i < demands().size(); ++i) {
    const auto question = (*peer)->Ask(demands()[i], kBest);
    ASSERT_TRUE(question.ok()) << question.status().message();
    const auto answer = (*peer)->Answer(*question);
    ASSERT_TRUE(answer.ok()) << answer.status().message();
    EXPECT_EQ(*answer, Expected(i)) << demands()[i].id;
  }
}

INSTANTIATE_TEST_SUITE_P(Indices, PostgresTest,
                         testing::Values(PostgresIndices::kSkillsAndRegion,
                                         PostgresIndices::kPairs));

}  // namespace
}  // namespace jiedui::bench
