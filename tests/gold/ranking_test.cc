// The round over the sample province, held against what a reader judged: better
// judged pairs score higher, and nobody judged wrong is chosen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/matcher/engine/round.h"
#include "tests/gold/judged_pairs.h"
#include "tests/gold/sample_province.h"

namespace jiedui::gold {
namespace {

using matcher::engine::Part;
using testing::IsEmpty;

// A little below what the policy reaches, so that a change which costs more
// than a pair or two is seen.
constexpr double kConcordanceFloor = 0.96;
constexpr double kGoodAboveWrongFloor = 0.985;
constexpr double kGoodExpertChosenFloor = 0.85;

struct Scored {
  JudgedPair pair;
  int32_t score;
  std::string ToString() const {
    return absl::StrCat(pair.resource, " ", score, " ", pair.reason);
  }
};

std::string Join(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) absl::StrAppend(&all, "\n  ", line);
  return all;
}

template <typename T>
size_t PositionOf(const std::string& id, const std::vector<T>& list) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const T& item) { return item.id == id; });
  EXPECT_NE(found, list.end()) << id << " is not in the sample";
  return found - list.begin();
}

class RankingTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::string root = JIEDUI_SOURCE_DIR;
    problem_ = new auto(*LoadSampleProvince(root + "/deploy/sample",
                                            absl::CivilDay(2026, 12, 1)));
    pairs_ = new auto(
        *LoadJudgedPairs(root + "/tests/gold/testdata/judged_pairs.csv"));
    plan_ =
        new auto(*matcher::engine::Solve(*problem_, matcher::engine::Policy()));
  }

  static void TearDownTestSuite() {
    delete problem_;
    delete pairs_;
    delete plan_;
  }

  static std::vector<Scored> JudgedExperts() {
    const auto score =
        matcher::engine::ExpertScores(*problem_, matcher::engine::Policy());
    std::vector<Scored> experts;
    for (const JudgedPair& pair : *pairs_) {
      if (pair.part != Part::kExpert) continue;
      const size_t demand = PositionOf(pair.demand, problem_->demands);
      const size_t person = PositionOf(pair.resource, problem_->volunteers);
      experts.push_back({pair, score(demand, person)});
    }
    return experts;
  }

  static bool IsChosen(const JudgedPair& pair) {
    const size_t demand = PositionOf(pair.demand, problem_->demands);
    for (const matcher::engine::Bundle& bundle : plan_->bundles) {
      if (bundle.demand != problem_->demands[demand].id) continue;
      for (const matcher::engine::Choice& choice :
           bundle.part(pair.part).chosen) {
        if (choice.resource == pair.resource) return true;
      }
    }
    return false;
  }

  // The demand's expert when there is nobody else in the province.
  static bool WouldBeTakenAlone(const JudgedPair& pair) {
    matcher::engine::Problem alone;
    alone.demands.push_back(
        problem_->demands[PositionOf(pair.demand, problem_->demands)]);
    alone.demands[0].want = {matcher::engine::Want::kRequired};
    alone.volunteers.push_back(
        problem_->volunteers[PositionOf(pair.resource, problem_->volunteers)]);
    const auto plan = matcher::engine::Solve(alone, matcher::engine::Policy());
    return plan.ok() && !plan->bundles[0].part(Part::kExpert).chosen.empty();
  }

  static inline const matcher::engine::Problem* problem_ = nullptr;
  static inline const std::vector<JudgedPair>* pairs_ = nullptr;
  static inline const matcher::engine::Plan* plan_ = nullptr;
};

TEST_F(RankingTest, OfTwoExpertsForADemandTheBetterJudgedScoresHigher) {
  const std::vector<Scored> experts = JudgedExperts();
  int concordant = 0;
  std::vector<std::string> discordant;
  for (const Scored& better : experts) {
    for (const Scored& worse : experts) {
      if (better.pair.demand != worse.pair.demand ||
          better.pair.judgement <= worse.pair.judgement) {
        continue;
      }
      if (better.score > worse.score) {
        ++concordant;
      } else {
        discordant.push_back(absl::StrCat(better.pair.demand, ": ",
                                          better.ToString(), " < ",
                                          worse.ToString()));
      }
    }
  }
  const double all = concordant + discordant.size();
  ASSERT_GE(all, 200);
  RecordProperty("concordance", absl::StrCat(concordant / all));
  EXPECT_GE(concordant / all, kConcordanceFloor) << Join(discordant);
}

TEST_F(RankingTest, GoodExpertsScoreAboveWrongOnesAcrossDemands) {
  const std::vector<Scored> experts = JudgedExperts();
  double above = 0;
  double all = 0;
  for (const Scored& good : experts) {
    if (good.pair.judgement != Judgement::kGood) continue;
    for (const Scored& wrong : experts) {
      if (wrong.pair.judgement != Judgement::kWrong) continue;
      ++all;
      if (good.score > wrong.score) ++above;
    }
  }
  RecordProperty("auc", absl::StrCat(above / all));
  EXPECT_GE(above / all, kGoodAboveWrongFloor);
}

TEST_F(RankingTest, EveryGoodExpertMayServe) {
  for (const Scored& expert : JudgedExperts()) {
    if (expert.pair.judgement != Judgement::kGood) continue;
    EXPECT_TRUE(WouldBeTakenAlone(expert.pair))
        << expert.pair.demand << " " << expert.ToString();
  }
}

TEST_F(RankingTest, TheRoundChoosesNobodyJudgedWrong) {
  std::vector<std::string> wrong;
  for (const JudgedPair& pair : *pairs_) {
    if (pair.judgement == Judgement::kWrong && IsChosen(pair)) {
      wrong.push_back(
          absl::StrCat(pair.demand, " ", pair.resource, " ", pair.reason));
    }
  }
  EXPECT_THAT(wrong, IsEmpty());
}

TEST_F(RankingTest, TheRoundMostlyTakesAnExpertJudgedGood) {
  std::set<std::string> demands;
  std::set<std::string> well_served;
  for (const Scored& expert : JudgedExperts()) {
    demands.insert(expert.pair.demand);
    if (expert.pair.judgement == Judgement::kGood && IsChosen(expert.pair)) {
      well_served.insert(expert.pair.demand);
    }
  }
  std::vector<std::string> others;
  std::set_difference(demands.begin(), demands.end(), well_served.begin(),
                      well_served.end(), std::back_inserter(others));
  EXPECT_GE(well_served.size(), kGoodExpertChosenFloor * demands.size())
      << Join(others);
}

}  // namespace
}  // namespace jiedui::gold
