#include "tools/corps/weights.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jiedui::corps {
namespace {

TEST(Random, IsThePublishedSequence) {
  // SplitMix64 from state 0, as published with the algorithm.
  uint64_t state = 0;
  EXPECT_EQ(Scatter(state += 0x9E3779B97F4A7C15u), 0xE220A8397B1DCDAFu);
  EXPECT_EQ(Scatter(state += 0x9E3779B97F4A7C15u), 0x6E789E6AA1B965F4u);
  EXPECT_EQ(Scatter(state += 0x9E3779B97F4A7C15u), 0x06C45D188009454Fu);
}

TEST(Random, EverySeedStreamAndIndexIsASequenceOfItsOwn) {
  EXPECT_EQ(Random(1, 2, 3).Next(), Random(1, 2, 3).Next());
  EXPECT_NE(Random(1, 2, 3).Next(), Random(2, 2, 3).Next());
  EXPECT_NE(Random(1, 2, 3).Next(), Random(1, 3, 3).Next());
  EXPECT_NE(Random(1, 2, 3).Next(), Random(1, 2, 4).Next());
}

TEST(Random, BetweenReachesBothEndsAndNothingElse) {
  Random random(1, 1, 1);
  int seen[5] = {};
  for (int i = 0; i < 1000; ++i) ++seen[random.Between(-2, 2) + 2];
  for (const int count : seen) EXPECT_GT(count, 100);
}

TEST(Weights, PicksByWeightAndNeverWhatWeighsNothing) {
  const Weights weights = {1, 0, 3};
  Random random(1, 1, 1);
  int seen[3] = {};
  for (int i = 0; i < 4000; ++i) ++seen[weights.Pick(random)];
  EXPECT_NEAR(seen[0], 1000, 120);
  EXPECT_EQ(seen[1], 0);
  EXPECT_NEAR(seen[2], 3000, 120);
}

TEST(Shuffled, IsAPermutation) {
  Random random(1, 1, 1);
  std::vector<uint32_t> order = Shuffled(100, random);
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (uint32_t i = 0; i < 100; ++i) EXPECT_EQ(order[i], i);
}

TEST(Deal, GivesEverythingAndNobodyMoreThanTheShareRoundedUp) {
  const std::vector<uint64_t> weights = {5, 0, 1, 1, 13, 7};
  for (uint64_t total = 0; total <= 27; ++total) {
    const std::vector<uint64_t> starts = Deal(total, weights);
    ASSERT_EQ(starts.size(), weights.size() + 1);
    EXPECT_EQ(starts.front(), 0u);
    EXPECT_EQ(starts.back(), total);
    for (size_t i = 0; i < weights.size(); ++i) {
      EXPECT_LE(starts[i + 1] - starts[i], (total * weights[i] + 26) / 27);
    }
  }
}

TEST(Deal, WithoutAnyWeightNobodyGetsAnything) {
  const std::vector<uint64_t> weights = {0, 0};
  EXPECT_EQ(Deal(5, weights).back(), 0u);
}

TEST(ShareOf, FindsTheShareAndPassesEmptyOnes) {
  const std::vector<uint64_t> starts = {0, 2, 2, 5};
  EXPECT_EQ(ShareOf(starts, 0), 0u);
  EXPECT_EQ(ShareOf(starts, 1), 0u);
  EXPECT_EQ(ShareOf(starts, 2), 2u);
  EXPECT_EQ(ShareOf(starts, 4), 2u);
}

}  // namespace
}  // namespace jiedui::corps
