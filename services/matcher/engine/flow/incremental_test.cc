#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "services/matcher/engine/flow/flow.h"
#include "services/matcher/engine/flow/random_instances.h"

namespace jiedui::matcher::engine {
namespace {

// A flow that changes, beside what it should be a solution of.
template <typename Model>
class Changing {
 public:
  Changing(uint32_t seed, int32_t rows, int32_t resources, bool with_marginal)
      : random_(seed),
        with_marginal_(with_marginal),
        instance_(
            Instance<Model>::Random(random_, rows, resources, with_marginal)),
        flow_(instance_.Build()) {
    EXPECT_TRUE(flow_.Solve().ok());
  }

  void ChangeSomething() {
    switch (random_() % 9) {
      case 0:
        return Insert();
      case 1:
        return Remove();
      case 2:
        return Replace();
      case 3:
        return Extend();
      case 4:
        return AddRow();
      case 5:
        return AddResource();
      default:
        return SetCapacity();
    }
  }

  void ExpectOptimal() {
    ASSERT_EQ(flow_.Check(), absl::OkStatus());
    auto anew = instance_.Build();
    ASSERT_TRUE(anew.Solve().ok());
    ASSERT_EQ(flow_.Value(), anew.Value());
    ASSERT_EQ(flow_.Bound(), flow_.Value());
  }

 private:
  using Rows = Instance<Model>;

  int32_t AnyRow() { return random_() % instance_.rows.size(); }
  int32_t resources() { return static_cast<int32_t>(flow_.resources()); }

  void Insert() {
    const int32_t row = AnyRow();
    instance_.rows[row].in = true;
    flow_.Insert(row);
  }
  void Remove() {
    const int32_t row = AnyRow();
    instance_.rows[row].in = false;
    flow_.Remove(row);
  }
  void Replace() {
    const int32_t row = AnyRow();
    const bool in = instance_.rows[row].in;
    instance_.rows[row] = Rows::RandomRow(random_, resources());
    instance_.rows[row].in = in;
    ASSERT_TRUE(flow_
                    .ReplaceRow(row, instance_.rows[row].outside,
                                instance_.rows[row].edges)
                    .ok());
  }
  void Extend() {
    const int32_t row = AnyRow();
    const auto more = Rows::RandomRow(random_, resources()).edges;
    auto& edges = instance_.rows[row].edges;
    edges.insert(edges.end(), more.begin(), more.end());
    ASSERT_TRUE(flow_.ExtendRow(row, more).ok());
  }
  void AddRow() {
    auto row = Rows::RandomRow(random_, resources());
    const auto number = flow_.AddRow(row.outside, row.edges);
    ASSERT_TRUE(number.ok());
    flow_.Insert(*number);
    instance_.rows.push_back(std::move(row));
  }
  void AddResource() {
    auto resource = Rows::RandomResource(random_, with_marginal_);
    ASSERT_TRUE(flow_.AddResource(resource.capacity, resource.marginal).ok());
    instance_.resources.push_back(std::move(resource));
    Extend();
  }
  void SetCapacity() {
    const int32_t resource = random_() % resources();
    const auto capacity = static_cast<int32_t>(random_() % 5);
    instance_.resources[resource].capacity = capacity;
    ASSERT_TRUE(flow_.SetCapacity(resource, capacity).ok());
  }

  Dice random_;
  bool with_marginal_;
  Instance<Model> instance_;
  Flow<Model> flow_;
};

template <typename Model>
class IncrementalTest : public ::testing::Test {};

using Models = ::testing::Types<PlainCosts, LevelCosts>;
TYPED_TEST_SUITE(IncrementalTest, Models);

TYPED_TEST(IncrementalTest, StaysOptimalAfterEveryChange) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    Changing<TypeParam> changing(seed, 12, 8, /*with_marginal=*/seed % 2 == 1);
    for (int change = 0; change < 100; ++change) {
      changing.ChangeSomething();
      ASSERT_NO_FATAL_FAILURE(changing.ExpectOptimal())
          << "seed " << seed << " change " << change;
    }
  }
}

TYPED_TEST(IncrementalTest, PreparedPricesAreWhatOneUnitLessCosts) {
  Dice random(9);
  for (int i = 0; i < 50; ++i) {
    const auto instance =
        Instance<TypeParam>::Random(random, 12, 6, /*with_marginal=*/i % 2);
    auto flow = instance.Build();
    ASSERT_TRUE(flow.Solve().ok());
    flow.PrepareForChanges();
    ASSERT_EQ(flow.Check(), absl::OkStatus());
    for (int32_t resource = 0; resource < flow.resources(); ++resource) {
      const auto& stated = instance.resources[resource];
      if (stated.capacity == 0 || !stated.marginal.empty()) continue;
      auto less = instance;
      --less.resources[resource].capacity;
      auto anew = less.Build();
      ASSERT_TRUE(anew.Solve().ok());
      const auto cost = anew.Value() - flow.Value();
      if (flow.Load(resource) < stated.capacity) {
        ASSERT_EQ(flow.Price(resource), typename TypeParam::Cost());
      } else {
        ASSERT_EQ(flow.Price(resource), cost);
      }
    }
  }
}

TYPED_TEST(IncrementalTest, StaysOptimalWithManyRows) {
  Changing<TypeParam> changing(99, 200, 60, /*with_marginal=*/true);
  for (int change = 0; change < 200; ++change) {
    changing.ChangeSomething();
    ASSERT_NO_FATAL_FAILURE(changing.ExpectOptimal()) << "change " << change;
  }
}

}  // namespace
}  // namespace jiedui::matcher::engine
