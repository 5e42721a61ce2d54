#include "services/matcher/engine/bundles/bundle_solver.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/bundles/allocation.h"
#include "services/matcher/engine/bundles/clusters.h"
#include "services/matcher/engine/bundles/contest.h"
#include "services/matcher/engine/bundles/dive.h"
#include "services/matcher/engine/bundles/exact_search.h"
#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/bundles/neighbourhood.h"
#include "services/matcher/engine/bundles/oracle.h"
#include "services/matcher/engine/bundles/price_master.h"
#include "services/matcher/engine/bundles/price_search.h"

namespace jiedui::matcher::engine::bundles {
namespace {

// Options count in a relaxation that lose up to so small a share of what a
// demand earns on the average.
constexpr int64_t kSlackShare = 50;
// Prices are exact when they are so small a share of the bound off.
constexpr int64_t kTolerance = 20'000;
// In play for one demand of an exact search.
constexpr size_t kMostBundles = 200'000;

absl::Status Cancelled() { return base::MakeError(base::Reason::kCancelled); }

bool IsBare(const Bundle& bundle) {
  return bundle.team == kNone && bundle.project == kNone &&
         std::all_of(bundle.talents.begin(), bundle.talents.end(),
                     [](int32_t talent) { return talent == kNone; });
}

// Places the start, then fills the parts of demands that have none but an
// expert, in order, with what is worth its price.
void Complete(const Instance& instance, const Bundles& start,
              const std::vector<int64_t>& prices, Allocation& allocation) {
  for (int32_t i = 0; i < instance.demands(); ++i) {
    allocation.Place(i, start[i]);
  }
  Oracle oracle(instance);
  Bundle bundle;
  for (const int32_t share : {1, 0}) {
    for (int32_t i = 0; i < instance.demands(); ++i) {
      if (!IsBare(start[i])) continue;
      allocation.Remove(i);
      const auto cost = [&](int32_t resource) {
        return allocation.IsFree(resource) ? prices[resource] * share
                                           : kBlocked;
      };
      oracle.BestWith(start[i].expert, i, cost, bundle);
      allocation.Place(i, bundle);
    }
  }
}

// What the bound gives to one component: no selection earns more there.
int64_t BoundOf(const Instance& instance, const std::vector<int64_t>& prices,
                const std::vector<int32_t>& demands, Oracle& oracle) {
  Bundle bundle;
  int64_t bound = 0;
  std::vector<int32_t> priced;
  for (const int32_t demand : demands) {
    bound += oracle.Best(
        demand, [&](int32_t resource) { return prices[resource]; }, bundle);
    const Item& item = instance.item(demand);
    for (int32_t i = item.experts; i < item.end; ++i) {
      const int32_t resource = instance.resource(i);
      if (prices[resource] != 0) priced.push_back(resource);
    }
  }
  std::sort(priced.begin(), priced.end());
  priced.erase(std::unique(priced.begin(), priced.end()), priced.end());
  for (const int32_t resource : priced) {
    bound += prices[resource] * instance.capacity(resource);
  }
  return bound;
}

}  // namespace

absl::StatusOr<Solution> Solve(const Problem& problem, const Selection& start,
                               const Budget& budget, const Progress& progress) {
  const Instance instance(problem, start);
  const Users users(instance);
  PriceSearch prices(instance, users);
  RETURN_IF_ERROR(prices.Run(budget.price_rounds, 0, progress));
  const auto contested = [&] {
    return static_cast<int64_t>(prices.contest().demands.size());
  };
  const int64_t slack =
      prices.bound() / std::max(1, instance.demands()) / kSlackShare;
  const bool whole = contested() <= budget.relaxed_demands;
  if (whole && contested() > budget.searched_demands) {
    PriceMaster master(instance, prices);
    master.Run(budget.relaxation_rounds, slack, prices.bound() / kTolerance);
  }

  Allocation allocation(instance, prices.contest().resources);
  Complete(instance, instance.FromSelection(start), prices.prices(),
           allocation);
  Neighbourhood neighbourhood(instance, users, prices.contest(),
                              prices.prices(), budget.seed, allocation);
  neighbourhood.Polish();
  if (contested() > budget.searched_demands) {
    Diver diver(instance, prices.prices(), allocation);
    Clusters clusters(instance, users, prices.contest());
    for (const auto& cluster :
         clusters.Split(whole ? contested() : budget.cluster)) {
      diver.Improve(cluster, slack);
      if (progress && !progress(0, 1)) return Cancelled();
    }
    CounterRandom random(budget.seed);
    const int64_t dives = contested() * budget.dives / 100;
    for (int64_t i = 0; i < dives && allocation.value() < prices.bound(); ++i) {
      const int32_t seed = prices.contest().demands[random.Below(contested())];
      diver.Improve(clusters.Around(seed, budget.neighbours, random), slack);
      if (progress && !progress(i, dives)) return Cancelled();
    }
  }
  neighbourhood.Polish();
  RETURN_IF_ERROR(
      neighbourhood.Run(budget.moves * contested(), prices.bound(), progress));
  if (!whole) {
    RETURN_IF_ERROR(prices.Run(
        budget.price_rounds,
        allocation.value() + (prices.bound() - allocation.value()) / 2,
        progress));
  }

  Solution solution;
  solution.proven = prices.bound();
  ExactSearch search(instance, prices.prices(), allocation);
  Oracle oracle(instance);
  for (const std::vector<int32_t>& component : Components(instance, users)) {
    ++solution.components;
    if (static_cast<int32_t>(component.size()) > budget.searched_demands) {
      continue;
    }
    int64_t nodes = budget.search_nodes;
    if (!search.Improve(component, kMostBundles, nodes)) continue;
    ++solution.searched;
    int64_t value = 0;
    for (const int32_t i : component) {
      value += instance.Value(i, allocation.bundle(i));
    }
    solution.proven -=
        BoundOf(instance, prices.prices(), component, oracle) - value;
  }
  solution.selection = instance.ToSelection(allocation.bundles());
  solution.value = allocation.value();
  solution.prices = instance.ToPrices(prices.prices());
  solution.bound = prices.bound();
  return solution;
}

}  // namespace jiedui::matcher::engine::bundles
