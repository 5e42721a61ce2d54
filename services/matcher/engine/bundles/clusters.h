// Demands near one another: those that could use the same contested resources.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/bundles/contest.h"
#include "services/matcher/engine/bundles/counter_random.h"
#include "services/matcher/engine/bundles/instance.h"

namespace jiedui::matcher::engine::bundles {

class Clusters {
 public:
  // Keeps references.
  Clusters(const Instance& instance, const Users& users, const Contest& contest)
      : instance_(instance),
        users_(users),
        contest_(contest),
        seen_(instance.demands(), 0) {}

  // All demands of the contest in clusters of at most `size`, each grown from
  // the first that is left.
  std::vector<std::vector<int32_t>> Split(int32_t size);
  // One cluster grown from `seed`, which differs from time to time.
  std::vector<int32_t> Around(int32_t seed, int32_t size,
                              CounterRandom& random);

 private:
  void Grow(std::vector<int32_t>& cluster, int32_t size, CounterRandom* random);

  const Instance& instance_;
  const Users& users_;
  const Contest& contest_;
  std::vector<char> seen_;  // by demand
};

}  // namespace jiedui::matcher::engine::bundles
