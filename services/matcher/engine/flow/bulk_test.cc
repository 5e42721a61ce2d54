#include "services/matcher/engine/flow/bulk.h"

#include <cstdint>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "gtest/gtest.h"
#include "services/matcher/engine/flow/random_instances.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int64_t kNoAuction = std::numeric_limits<int64_t>::max() / 2;

template <typename Model>
class BulkTest : public ::testing::Test {};

using Models = ::testing::Types<PlainCosts, LevelCosts>;
TYPED_TEST_SUITE(BulkTest, Models);

TYPED_TEST(BulkTest, AuctionAndRepairEqualBruteForce) {
  Dice random(4);
  for (int i = 0; i < 4000; ++i) {
    const auto instance = Instance<TypeParam>::Random(
        random, random() % 6, random() % 5, /*with_marginal=*/i % 2 == 1);
    auto network = instance.BuildNetwork();
    Search<TypeParam> search(network);
    ASSERT_TRUE(BringIn(network, search, 0, nullptr).ok());
    ASSERT_EQ(CheckSlackness(network), absl::OkStatus()) << "case " << i;
    ASSERT_EQ(PrimalValue(network), instance.Optimum()) << "case " << i;
    ASSERT_EQ(DualValue(network), PrimalValue(network)) << "case " << i;
  }
}

TYPED_TEST(BulkTest, AuctionAndRepairEqualSearchesAlone) {
  Dice random(5);
  for (int i = 0; i < 20; ++i) {
    // About as many rows as units: contested.
    const auto instance =
        Instance<TypeParam>::Random(random, 300, 200, /*with_marginal=*/i % 2);
    auto one = instance.BuildNetwork();
    auto other = instance.BuildNetwork();
    Search<TypeParam> search(one);
    Search<TypeParam> other_search(other);
    ASSERT_TRUE(BringIn(one, search, 20000, nullptr).ok());
    ASSERT_TRUE(BringIn(other, other_search, kNoAuction, nullptr).ok());
    ASSERT_EQ(CheckSlackness(one), absl::OkStatus()) << "case " << i;
    ASSERT_EQ(PrimalValue(one), PrimalValue(other)) << "case " << i;
  }
}

TYPED_TEST(BulkTest, ResetsWhenCancelledAtAnyPoint) {
  Dice random(6);
  const auto instance =
      Instance<TypeParam>::Random(random, 400, 200, /*with_marginal=*/false);
  int64_t asked = 0;
  for (int64_t refuse_at = 0; refuse_at < 30; ++refuse_at) {
    auto network = instance.BuildNetwork();
    Search<TypeParam> search(network);
    asked = 0;
    const absl::Status status =
        BringIn(network, search, 1000, [&](int64_t done, int64_t total) {
          EXPECT_LE(done, total);
          return asked++ < refuse_at;
        });
    if (asked <= refuse_at) {
      EXPECT_TRUE(status.ok());
      continue;
    }
    EXPECT_TRUE(base::HasReason(status, base::Reason::kCancelled));
    for (int32_t row = 0; row < network.rows(); ++row) {
      ASSERT_EQ(network.row(row).resource, kNone);
      ASSERT_EQ(network.row(row).state, RowState::kWaiting);
    }
    ASSERT_EQ(CheckSlackness(network), absl::OkStatus());
  }
  EXPECT_GE(asked, 5);  // inserting, two scales, filling, inserting
}

// The most mandatory rows that can have a unit: augmenting paths found by
// breadth, sharing nothing with the solver.
int32_t MostCovered(const Instance<LevelCosts>& instance) {
  std::vector<int32_t> at(instance.rows.size(), -1);
  std::vector<int32_t> load(instance.resources.size(), 0);
  int32_t covered = 0;
  for (size_t root = 0; root < instance.rows.size(); ++root) {
    if (instance.rows[root].outside.mandatory_unmet == 0) continue;
    std::vector<int32_t> reached_by(instance.resources.size(), -1);
    std::queue<int32_t> rows;
    rows.push(static_cast<int32_t>(root));
    int32_t end = -1;
    while (end == -1 && !rows.empty()) {
      const int32_t row = rows.front();
      rows.pop();
      for (const LevelEdge& edge : instance.rows[row].edges) {
        if (reached_by[edge.resource] != -1) continue;
        reached_by[edge.resource] = row;
        if (load[edge.resource] < instance.resources[edge.resource].capacity) {
          end = edge.resource;
          break;
        }
        for (size_t other = 0; other < at.size(); ++other) {
          if (at[other] == edge.resource) {
            rows.push(static_cast<int32_t>(other));
          }
        }
      }
    }
    if (end == -1) continue;
    ++covered;
    ++load[end];
    while (end != -1) {
      end = std::exchange(at[reached_by[end]], end);
    }
  }
  return covered;
}

TEST(CoverageTest, EqualsTheMaximumFlow) {
  Dice random(7);
  for (int i = 0; i < 200; ++i) {
    const int32_t rows = 1 + random() % 60;
    const auto instance = Instance<LevelCosts>::Random(
        random, rows, 1 + random() % 12, /*with_marginal=*/false);
    int32_t mandatory = 0;
    for (const auto& row : instance.rows) {
      mandatory += row.outside.mandatory_unmet;
    }
    auto network = instance.BuildNetwork();
    Search<LevelCosts> search(network);
    ASSERT_TRUE(BringIn(network, search, i % 2 ? 0 : kNoAuction, nullptr).ok());
    ASSERT_EQ(mandatory - PrimalValue(network).mandatory_unmet,
              MostCovered(instance))
        << "case " << i;
  }
}

TEST(CoverageTest, NeverFallsWhenEdgesOrCapacityAreAdded) {
  Dice random(8);
  for (int i = 0; i < 100; ++i) {
    const auto instance =
        Instance<LevelCosts>::Random(random, 30, 10, /*with_marginal=*/false);
    auto flow = instance.Build();
    ASSERT_TRUE(flow.Solve().ok());
    Objective before = flow.Value();
    for (int change = 0; change < 20; ++change) {
      const int32_t resource = random() % flow.resources();
      if (change % 2) {
        ASSERT_TRUE(
            flow.SetCapacity(resource, flow.Capacity(resource) + 1).ok());
      } else {
        ASSERT_TRUE(flow.ExtendRow(random() % flow.rows(),
                                   {RandomEdge(random, resource, LevelCosts())})
                        .ok());
      }
      ASSERT_LE(flow.Value(), before);
      ASSERT_LE(flow.Value().mandatory_unmet, before.mandatory_unmet);
      before = flow.Value();
    }
  }
}

}  // namespace
}  // namespace jiedui::matcher::engine
