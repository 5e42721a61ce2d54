// The best placement of a few demands in what capacity is left: branch and
// bound with the Lagrangian bound.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/matcher/engine/bundles/allocation.h"
#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/bundles/near_best.h"
#include "services/matcher/engine/bundles/oracle.h"

namespace jiedui::matcher::engine::bundles {

class ExactSearch {
 public:
  // Keeps references; any prices will do, good ones cut more.
  ExactSearch(const Instance& instance, const std::vector<int64_t>& prices,
              Allocation& allocation);

  // Places `demands` anew, leaving all others alone: strictly better, or as
  // they were. Returns whether it is proven that there is no better way;
  // otherwise `nodes` ran out, or a demand has more than `most` bundles in
  // play. Takes what it spent from `nodes`.
  bool Improve(std::span<const int32_t> demands, size_t most, int64_t& nodes);

 private:
  void CollectResources();
  int64_t PricedCapacity() const;
  void Search(size_t depth, int64_t value, int64_t capital);
  int64_t MostOfRest(size_t depth);
  void Take(const Bundle& bundle, int32_t times, int64_t& capital);
  bool QuotasKept() const;

  const Instance& instance_;
  const std::vector<int64_t>& prices_;
  Allocation& allocation_;
  NearBest near_best_;
  Oracle oracle_;
  std::vector<int32_t> demands_;
  std::vector<std::vector<NearBundle>> lists_;  // by demand
  std::vector<int64_t> best_from_;  // Σ best of the demands from each on
  std::vector<int32_t> resources_;  // that the demands could use
  std::vector<int32_t> free_;       // by resource; of those only
  std::vector<char> seen_;          // by resource
  std::vector<int32_t> picked_;     // by depth: in lists_
  std::vector<int32_t> best_picked_;
  int64_t best_value_ = 0;
  int64_t nodes_ = 0;
  Bundle scratch_;
};

}  // namespace jiedui::matcher::engine::bundles
