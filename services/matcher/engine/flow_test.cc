#include "services/matcher/engine/flow.h"

#include <algorithm>
#include <random>
#include <vector>

#include "common/base/error.h"
#include "gtest/gtest.h"

namespace jiedui::matcher::engine {
namespace {

struct Instance {
  std::vector<Objective> outside;
  std::vector<std::vector<Edge>> edges;
  std::vector<int32_t> capacity;

  FlowProblem Build() const {
    FlowProblem problem(capacity);
    for (size_t i = 0; i < outside.size(); ++i) {
      problem.AddDemand(outside[i], edges[i]);
    }
    return problem;
  }
};

Objective Unmet(bool mandatory, int urgency) {
  Objective cost;
  cost.mandatory_unmet = mandatory;
  cost.unmet[urgency] = 1;
  return cost;
}

Edge MakeEdge(int32_t resource, uint32_t tier_distance, uint32_t quality) {
  Edge edge;
  edge.resource = resource;
  edge.tier_distance = tier_distance;
  edge.quality = quality;
  return edge;
}

Instance RandomInstance(std::mt19937& random, int demands, int resources,
                        uint32_t qualities) {
  Instance instance;
  for (int i = 0; i < resources; ++i) {
    instance.capacity.push_back(static_cast<int32_t>(random() % 3));
  }
  for (int i = 0; i < demands; ++i) {
    instance.outside.push_back(Unmet(random() % 4 == 0, random() % 4));
    std::vector<Edge> edges;
    for (int j = 0; j < resources; ++j) {
      if (random() % 2) continue;
      edges.push_back(MakeEdge(j, random() % 4, random() % qualities));
    }
    instance.edges.push_back(edges);
  }
  return instance;
}

Objective BruteForce(const Instance& instance, size_t demand,
                     std::vector<int32_t>& left) {
  if (demand == instance.outside.size()) return Objective();
  Objective best =
      instance.outside[demand] + BruteForce(instance, demand + 1, left);
  for (const Edge& edge : instance.edges[demand]) {
    if (left[edge.resource] == 0) continue;
    --left[edge.resource];
    best =
        std::min(best, CostOf(edge) + BruteForce(instance, demand + 1, left));
    ++left[edge.resource];
  }
  return best;
}

// Kuhn's augmenting paths: shares nothing with the solver.
bool Augment(const Instance& instance, int demand, std::vector<char>& seen,
             std::vector<std::vector<int>>& taken) {
  for (const Edge& edge : instance.edges[demand]) {
    const int resource = edge.resource;
    if (seen[resource] || instance.capacity[resource] == 0) continue;
    seen[resource] = 1;
    if (static_cast<int>(taken[resource].size()) <
        instance.capacity[resource]) {
      taken[resource].push_back(demand);
      return true;
    }
    for (int& holder : taken[resource]) {
      if (Augment(instance, holder, seen, taken)) {
        holder = demand;
        return true;
      }
    }
  }
  return false;
}

int MaximumMatching(const Instance& instance, const std::vector<int>& demands) {
  std::vector<std::vector<int>> taken(instance.capacity.size());
  int size = 0;
  for (int demand : demands) {
    std::vector<char> seen(instance.capacity.size(), 0);
    size += Augment(instance, demand, seen, taken);
  }
  return size;
}

TEST(FlowTest, EqualsBruteForceOnAllLevels) {
  std::mt19937 random(20260101);
  for (int i = 0; i < 10'000; ++i) {
    const Instance instance =
        RandomInstance(random, 1 + random() % 6, 1 + random() % 5,
                       random() % 2 ? 4 : 1'000'000);
    const FlowResult result = *SolveFlow(instance.Build(), nullptr);
    std::vector<int32_t> left = instance.capacity;
    ASSERT_EQ(result.value, BruteForce(instance, 0, left)) << "case " << i;
    ASSERT_EQ(result.value, result.bound) << "case " << i;
  }
}

TEST(FlowTest, PricesProveTheOptimum) {
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    const Instance instance = RandomInstance(random, 40, 15, 1'000'000);
    const FlowProblem problem = instance.Build();
    const FlowResult result = *SolveFlow(problem, nullptr);
    std::vector<int32_t> load(problem.resources(), 0);
    for (int32_t resource : result.resource) {
      if (resource != kOutside) ++load[resource];
    }
    for (int32_t j = 0; j < problem.resources(); ++j) {
      ASSERT_LE(load[j], problem.capacity(j));
      ASSERT_GE(result.price[j], Objective());
      if (load[j] < problem.capacity(j)) {
        ASSERT_EQ(result.price[j], Objective());
      }
    }
    ASSERT_EQ(result.value, result.bound);
  }
}

TEST(FlowTest, MandatoryCoverageIsTheMaximumFlow) {
  std::mt19937 random(11);
  for (int i = 0; i < 500; ++i) {
    const Instance instance = RandomInstance(random, 30, 9, 1'000'000);
    std::vector<int> mandatory;
    for (size_t d = 0; d < instance.outside.size(); ++d) {
      if (instance.outside[d].mandatory_unmet) mandatory.push_back(d);
    }
    const FlowResult result = *SolveFlow(instance.Build(), nullptr);
    ASSERT_EQ(static_cast<int>(mandatory.size()) - result.value.mandatory_unmet,
              MaximumMatching(instance, mandatory));
  }
}

TEST(FlowTest, MoreUrgentDemandIsServedThoughTheOtherScoresHigher) {
  Instance instance;
  instance.capacity = {1};
  instance.outside = {Unmet(false, 3), Unmet(false, 0)};
  instance.edges = {{MakeEdge(0, 0, 1'000'000)}, {MakeEdge(0, 3, 1)}};
  const FlowResult result = *SolveFlow(instance.Build(), nullptr);
  EXPECT_EQ(result.resource, (std::vector<int32_t>{kOutside, 0}));
}

TEST(FlowTest, LowerTierIsPreferredToHigherScore) {
  Instance instance;
  instance.capacity = {1, 1};
  instance.outside = {Unmet(false, 2)};
  instance.edges = {{MakeEdge(0, 2, 990'000), MakeEdge(1, 0, 600'000)}};
  const FlowResult result = *SolveFlow(instance.Build(), nullptr);
  EXPECT_EQ(result.resource, (std::vector<int32_t>{1}));
}

TEST(FlowTest, TiesGoToTheFirstResource) {
  Instance instance;
  instance.capacity = {1, 1};
  instance.outside = {Unmet(false, 2)};
  instance.edges = {{MakeEdge(1, 0, 5), MakeEdge(0, 0, 5)}};
  const FlowResult result = *SolveFlow(instance.Build(), nullptr);
  EXPECT_EQ(result.resource, (std::vector<int32_t>{0}));
}

TEST(FlowTest, EmptyPoolsLeaveEveryoneOutside) {
  EXPECT_TRUE(SolveFlow(FlowProblem({}), nullptr)->resource.empty());
  FlowProblem problem({});
  problem.AddDemand(Unmet(true, 0), {});
  const FlowResult result = *SolveFlow(problem, nullptr);
  EXPECT_EQ(result.resource, (std::vector<int32_t>{kOutside}));
  EXPECT_EQ(result.value.mandatory_unmet, 1);
}

TEST(FlowTest, StopsWhenToldTo) {
  FlowProblem problem({1});
  problem.AddDemand(Unmet(false, 0), {MakeEdge(0, 0, 1)});
  const auto result =
      SolveFlow(problem, [](int64_t, int64_t) { return false; });
  EXPECT_TRUE(base::HasReason(result.status(), base::Reason::kCancelled));
}

}  // namespace
}  // namespace jiedui::matcher::engine
