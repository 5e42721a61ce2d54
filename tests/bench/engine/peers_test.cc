// Both peers against the engine itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "common/codes/taxonomy.h"
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

using match::Part;
using match::Prepared;

constexpr int kBest = 64;

match::Problem SmallProvince() {
  NationOptions options = ProvinceSize();
  options.demands = 100;
  options.volunteers = 5'000;
  options.teams = 0;
  options.projects = 0;
  options.enterprises = 300;
  return Nation(options).Whole();
}

// As Prepared cuts texts.
std::vector<text::Token> Tokens(std::string_view text) {
  static const auto* const lexicon = [] {
    std::vector<text::Lexicon::Entry> entries;
    for (const codes::TaxonomyWord& word : codes::TaxonomyWords()) {
      const bool subject = word.kind == codes::TaxonomyKind::kSubject;
      entries.push_back(
          {std::string(word.name),
           (subject ? "13745:" : "4754:") + std::string(word.code)});
    }
    return new text::Lexicon(entries);
  }();
  return text::Tokenize(text, lexicon);
}

// Less than 0 for one who breaks a constraint or is not admitted.
int32_t ScoreOf(const Prepared& prepared, int32_t demand, int32_t volunteer) {
  const match::DemandFacts& facts = prepared.demands()[demand];
  if (!VolunteerConstraints(prepared, facts, volunteer).empty()) return -1;
  const int32_t score = Score(prepared.context(), Part::kExpert, facts,
                              prepared.volunteers()[volunteer]);
  return score < prepared.policy().admission[0] ? -1 : score;
}

class PeersTest : public testing::Test {
 protected:
  std::vector<Ranked> Expected(int32_t demand) const {
    std::vector<Ranked> all;
    for (int32_t i = 0; i < static_cast<int32_t>(volunteers().size()); ++i) {
      const int32_t score = ScoreOf(prepared_, demand, i);
      if (score >= 0) all.push_back({score, i});
    }
    std::sort(all.begin(), all.end());
    if (all.size() > kBest) all.resize(kBest);
    return all;
  }

  const std::vector<match::Demand>& demands() const {
    return prepared_.problem().demands;
  }
  const std::vector<match::Volunteer>& volunteers() const {
    return prepared_.problem().volunteers;
  }

  const match::Policy policy_;
  const Prepared prepared_{SmallProvince(), policy_};
};

TEST_F(PeersTest, BruteForceOverTheSieveFindsWhatTheEngineWould) {
  SieveTable table;
  for (const match::Volunteer& volunteer : volunteers()) table.Add(volunteer);
  for (int32_t i = 0; i < static_cast<int32_t>(demands().size()); ++i) {
    const auto score = [&](int32_t row) { return ScoreOf(prepared_, i, row); };
    EXPECT_EQ(BestByBruteForce(table.columns(), table.SieveFor(demands()[i]),
                               kBest, score, Instructions::kBest),
              Expected(i));
  }
}

class PostgresTest : public PeersTest,
                     public testing::WithParamInterface<PostgresIndices> {};

TEST_P(PostgresTest, FindsWhatTheEngineWould) {
  auto peer =
      PostgresPeer::Start(testing::TempDir(), policy_, Tokens, GetParam());
  if (absl::IsNotFound(peer.status())) {
    GTEST_SKIP() << peer.status().message();
  }
  ASSERT_TRUE(peer.ok()) << peer.status().message();
  auto next = volunteers().begin();
  const absl::Status loaded = (*peer)->Load([&](match::Volunteer& volunteer) {
    if (next == volunteers().end()) return false;
    volunteer = *next++;
    return true;
  });
  ASSERT_TRUE(loaded.ok()) << loaded.message();
  for (int32_t i = 0; i < static_cast<int32_t>(demands().size()); ++i) {
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
