// Small random assignments for tests, and their optimum by trying everything.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "services/matcher/engine/flow/flow.h"
#include "services/matcher/engine/flow/network.h"

namespace jiedui::matcher::engine {

// Pseudo-random numbers of the tests' own (splitmix64): the same for the same
// seed, everywhere.
class Dice {
 public:
  using result_type = uint32_t;

  explicit Dice(uint32_t seed) : state_(seed) {}
  static constexpr uint32_t min() { return 0; }
  static constexpr uint32_t max() { return UINT32_MAX; }
  uint32_t operator()() {
    uint64_t mixed = state_ += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return static_cast<uint32_t>((mixed ^ (mixed >> 31)) >> 32);
  }

 private:
  uint64_t state_;
};

// A plain or a level cost, for tests of both models.
inline PlainEdge RandomEdge(Dice& random, int32_t resource, PlainCosts) {
  return {resource, static_cast<int32_t>(random() % 12) - 3};
}
inline LevelEdge RandomEdge(Dice& random, int32_t resource, LevelCosts) {
  LevelEdge edge;
  edge.resource = resource;
  edge.tier_distance = random() % 3;
  edge.quality = random() % 6;
  return edge;
}
inline int64_t RandomOutside(Dice& random, PlainCosts) {
  return static_cast<int64_t>(random() % 24) - 4;
}
inline Objective RandomOutside(Dice& random, LevelCosts) {
  Objective outside;
  outside.mandatory_unmet = random() % 4 == 0;
  outside.unmet[random() % kUrgencyClasses] = 1;
  if (random() % 8 == 0) outside = {};
  return outside;
}
inline int64_t RandomMarginal(Dice& random, PlainCosts) { return random() % 5; }
inline Objective RandomMarginal(Dice& random, LevelCosts) {
  Objective cost;
  cost.tier_distance = random() % 2;
  cost.loss = random() % 4;
  return cost;
}

template <typename Model>
struct Instance {
  using Cost = typename Model::Cost;
  using Edge = typename Model::Edge;

  struct Row {
    Cost outside = {};
    std::vector<Edge> edges;
    bool in = true;
  };
  struct Resource {
    int32_t capacity;
    std::vector<Cost> marginal;
  };
  std::vector<Row> rows;
  std::vector<Resource> resources;

  static Row RandomRow(Dice& random, int32_t resources) {
    Row row{RandomOutside(random, Model())};
    for (int32_t i = 0; i < resources; ++i) {
      if (random() % 2) row.edges.push_back(RandomEdge(random, i, Model()));
    }
    std::shuffle(row.edges.begin(), row.edges.end(), random);
    return row;
  }
  static Resource RandomResource(Dice& random, bool with_marginal) {
    Resource resource{static_cast<int32_t>(random() % 4)};
    if (with_marginal && random() % 2) {
      for (uint32_t i = 1 + random() % 3; i > 0; --i) {
        resource.marginal.push_back(RandomMarginal(random, Model()));
      }
      std::sort(resource.marginal.begin(), resource.marginal.end());
    }
    return resource;
  }
  static Instance Random(Dice& random, int32_t rows, int32_t resources,
                         bool with_marginal) {
    Instance instance;
    for (int32_t i = 0; i < resources; ++i) {
      instance.resources.push_back(RandomResource(random, with_marginal));
    }
    for (int32_t i = 0; i < rows; ++i) {
      instance.rows.push_back(RandomRow(random, resources));
    }
    return instance;
  }

  // Rows that are not `in` are added and taken out.
  Flow<Model> Build() const {
    Flow<Model> flow;
    for (const Resource& resource : resources) {
      EXPECT_TRUE(flow.AddResource(resource.capacity, resource.marginal).ok());
    }
    for (const Row& row : rows) {
      const auto number = flow.AddRow(row.outside, row.edges);
      EXPECT_TRUE(number.ok());
      if (!row.in) flow.Remove(*number);
    }
    return flow;
  }

  // What Build() hides.
  Network<Model> BuildNetwork() const {
    Network<Model> network;
    for (const Resource& resource : resources) {
      std::vector<typename Model::Key> marginal;
      for (const Cost& cost : resource.marginal) {
        marginal.push_back(Model::KeyOf(cost));
      }
      network.AddResource(resource.capacity, std::move(marginal));
    }
    for (const Row& row : rows) {
      network.AddRow(Model::KeyOf(row.outside), row.edges);
    }
    return network;
  }

  Cost Optimum() const {
    std::vector<int32_t> load(resources.size(), 0);
    return OptimumFrom(0, load);
  }

 private:
  Cost OptimumFrom(size_t number, std::vector<int32_t>& load) const {
    if (number == rows.size()) return {};
    const Row& row = rows[number];
    if (!row.in) return OptimumFrom(number + 1, load);
    Cost best = row.outside + OptimumFrom(number + 1, load);
    for (const Edge& edge : row.edges) {
      const Resource& resource = resources[edge.resource];
      int32_t& used = load[edge.resource];
      if (used == resource.capacity) continue;
      Cost cost = Model::CostOf(Model::KeyOf(edge));
      if (!resource.marginal.empty()) {
        cost +=
            resource
                .marginal[std::min<size_t>(used, resource.marginal.size() - 1)];
      }
      ++used;
      best = std::min(best, cost + OptimumFrom(number + 1, load));
      --used;
    }
    return best;
  }
};

}  // namespace jiedui::matcher::engine
