#include "services/matcher/engine/flow/flow.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "common/base/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/flow/random_instances.h"

namespace jiedui::matcher::engine {
namespace {

using ::testing::HasSubstr;

template <typename Model>
class FlowTest : public ::testing::Test {};

using Models = ::testing::Types<PlainCosts, LevelCosts>;
TYPED_TEST_SUITE(FlowTest, Models);

TYPED_TEST(FlowTest, EqualsBruteForce) {
  Dice random(1);
  for (int i = 0; i < 4000; ++i) {
    const auto instance = Instance<TypeParam>::Random(
        random, random() % 6, random() % 5, /*with_marginal=*/i % 2 == 1);
    auto flow = instance.Build();
    ASSERT_TRUE(flow.Solve().ok());
    ASSERT_EQ(flow.Check(), absl::OkStatus()) << "case " << i;
    ASSERT_EQ(flow.Value(), instance.Optimum()) << "case " << i;
    ASSERT_EQ(flow.Bound(), flow.Value()) << "case " << i;
  }
}

TYPED_TEST(FlowTest, GivesTheSameAssignmentTwice) {
  Dice random(2);
  const auto instance =
      Instance<TypeParam>::Random(random, 200, 60, /*with_marginal=*/true);
  auto one = instance.Build();
  auto other = instance.Build();
  ASSERT_TRUE(one.Solve().ok());
  ASSERT_TRUE(other.Solve().ok());
  for (int32_t row = 0; row < one.rows(); ++row) {
    EXPECT_EQ(one.Assigned(row), other.Assigned(row));
    EXPECT_EQ(one.Paid(row), other.Paid(row));
  }
}

TYPED_TEST(FlowTest, OfNothingCostsNothing) {
  Flow<TypeParam> flow;
  ASSERT_TRUE(flow.Solve().ok());
  EXPECT_EQ(flow.Value(), typename TypeParam::Cost());
  EXPECT_EQ(flow.Bound(), typename TypeParam::Cost());
}

TYPED_TEST(FlowTest, LeavesRowsWaitingWhenCancelled) {
  Dice random(3);
  const auto instance =
      Instance<TypeParam>::Random(random, 600, 20, /*with_marginal=*/false);
  auto flow = instance.Build();
  const absl::Status cancelled =
      flow.Solve([](int64_t done, int64_t) { return done < 300; });
  EXPECT_TRUE(base::HasReason(cancelled, base::Reason::kCancelled));
  for (int32_t row = 0; row < flow.rows(); ++row) {
    EXPECT_FALSE(flow.IsIn(row));
    EXPECT_EQ(flow.Assigned(row), Flow<TypeParam>::kOutside);
  }
  auto anew = instance.Build();
  ASSERT_TRUE(flow.Solve().ok());
  ASSERT_TRUE(anew.Solve().ok());
  EXPECT_EQ(flow.Check(), absl::OkStatus());
  EXPECT_EQ(flow.Value(), anew.Value());
}

TEST(PlainFlowTest, NamesWhatIsOutOfRange) {
  Flow<PlainCosts> flow;
  EXPECT_THAT(std::string(flow.AddResource(-1).status().message()),
              HasSubstr("resource 0, capacity"));
  ASSERT_TRUE(flow.AddResource(1).ok());
  EXPECT_THAT(std::string(flow.AddRow(0, {{1, 0}}).status().message()),
              HasSubstr("row 0, resource"));
  EXPECT_THAT(std::string(flow.AddRow(0, {{0, 1 << 27}}).status().message()),
              HasSubstr("row 0, resource 0"));
  EXPECT_THAT(std::string(flow.AddRow(int64_t{1} << 41, {}).status().message()),
              HasSubstr("row 0, outside"));
  EXPECT_THAT(std::string(flow.AddResource(1, {1, -1}).status().message()),
              HasSubstr("resource 1, marginal[1]"));
  EXPECT_THAT(std::string(flow.AddResource(1, {2, 1}).status().message()),
              HasSubstr("resource 1, marginal[1]"));
  EXPECT_EQ(flow.rows(), 0);
  EXPECT_EQ(flow.resources(), 1);
}

TEST(LevelFlowTest, NamesTheLevelOutOfRange) {
  Flow<LevelCosts> flow;
  Objective outside;
  outside.unmet[2] = 4;
  EXPECT_THAT(std::string(flow.AddRow(outside, {}).status().message()),
              HasSubstr("row 0, outside.unmet[2]"));
}

TEST(LevelFlowTest, KeepsTheLevelsOfACost) {
  Objective cost;
  cost.mandatory_unmet = 3;
  cost.unmet = {-1, 2, 0, -3};
  cost.tier_distance = -62;
  cost.loss = -(int64_t{1} << 40);
  EXPECT_EQ(LevelCosts::CostOf(LevelCosts::KeyOf(cost)), cost);
}

// OR-Library's assign100, whose optimum is published as 305.
TEST(PlainFlowTest, ReachesThePublishedOptimum) {
  std::ifstream file(JIEDUI_SOURCE_DIR
                     "/services/matcher/engine/flow/testdata/assign100.txt");
  int32_t size = 0;
  file >> size;
  ASSERT_EQ(size, 100);
  Flow<PlainCosts> flow;
  for (int32_t i = 0; i < size; ++i) ASSERT_TRUE(flow.AddResource(1).ok());
  for (int32_t i = 0; i < size; ++i) {
    std::vector<PlainEdge> edges(size);
    for (int32_t j = 0; j < size; ++j) {
      edges[j].resource = j;
      file >> edges[j].cost;
    }
    ASSERT_TRUE(flow.AddRow(1 << 20, edges).ok());
  }
  ASSERT_FALSE(file.fail());
  ASSERT_TRUE(flow.Solve().ok());
  EXPECT_EQ(flow.Value(), 305);
  EXPECT_EQ(flow.Bound(), 305);
}

// The shortest way to lose coverage is to prefer quality, or fewer tiers, over
// it: one demand fits only the resource that another likes best.
TEST(LevelFlowTest, NeverTradesCoverageForQuality) {
  Flow<LevelCosts> flow;
  ASSERT_TRUE(flow.AddResource(1).ok());
  ASSERT_TRUE(flow.AddResource(1).ok());
  Objective outside;
  outside.unmet[3] = 1;
  LevelEdge best{0};
  best.quality = (1u << 26) - 1;
  LevelEdge far{1};
  far.tier_distance = 63;
  LevelEdge only{0};
  ASSERT_TRUE(flow.AddRow(outside, {best, far}).ok());
  ASSERT_TRUE(flow.AddRow(outside, {only}).ok());
  ASSERT_TRUE(flow.Solve().ok());
  EXPECT_EQ(flow.Assigned(0), 1);
  EXPECT_EQ(flow.Assigned(1), 0);
}

}  // namespace
}  // namespace jiedui::matcher::engine
