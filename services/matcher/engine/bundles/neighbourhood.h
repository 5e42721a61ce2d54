// Ruin and recreate: takes a few demands that share contested resources out of
// an allocation and places them anew, guided by prices.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "services/matcher/engine/bundles/allocation.h"
#include "services/matcher/engine/bundles/contest.h"
#include "services/matcher/engine/bundles/counter_random.h"
#include "services/matcher/engine/bundles/oracle.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine::bundles {

class Neighbourhood {
 public:
  // Keeps references. `allocation` is what moves work on.
  Neighbourhood(const Instance& instance, const Users& users,
                const Contest& contest, const std::vector<int64_t>& prices,
                uint64_t seed, Allocation& allocation);

  // Tries so many moves, accepting small losses at first, and leaves the
  // allocation at the best found. Stops early when it is worth `bound`.
  absl::Status Run(int64_t moves, int64_t bound, const Progress& progress);

  int64_t moves() const { return moves_; }

 private:
  bool PickDemands();
  void Move(uint32_t tolerance);
  bool Recreate();
  bool PlaceBest(int32_t demand, int32_t blend, bool quotas_first);
  bool QuotasKept() const;
  void Shuffle();
  void RememberBest();

  const Instance& instance_;
  const Users& users_;
  const Contest& contest_;
  const std::vector<int64_t>& prices_;
  CounterRandom random_;
  Allocation& allocation_;
  Oracle oracle_;
  std::vector<int32_t> picked_;
  std::vector<int32_t> changed_;  // since the best was remembered
  std::vector<char> is_changed_;
  Bundles old_;
  Bundles best_;
  int64_t best_value_ = 0;
  Bundle scratch_;
  int64_t moves_ = 0;
};

}  // namespace jiedui::matcher::engine::bundles
