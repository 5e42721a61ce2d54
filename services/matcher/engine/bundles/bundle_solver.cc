#include "services/matcher/engine/bundles/bundle_solver.h"

#include <algorithm>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/bundles/allocation.h"
#include "services/matcher/engine/bundles/clusters.h"
#include "services/matcher/engine/bundles/completion.h"
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

// The stages of a solution, each told how far all is when it begins and ends.
class Solver {
 public:
  Solver(const Problem& problem, const Selection& start, const Budget& budget,
         const Progress& progress)
      : budget_(budget),
        progress_(progress),
        instance_(problem, start),
        users_(instance_),
        prices_(instance_, users_),
        start_(instance_.FromSelection(start)) {}

  absl::StatusOr<Solution> Run() {
    RETURN_IF_ERROR(FindPrices());
    Allocation allocation(instance_, prices_.contest().resources);
    Complete(instance_, start_, prices_.prices(), allocation);
    Neighbourhood neighbourhood(instance_, users_, prices_.contest(),
                                prices_.prices(), budget_.seed, allocation);
    Polish(instance_, allocation);
    if (relaxes_) RETURN_IF_ERROR(Dive(allocation));
    Polish(instance_, allocation);
    RETURN_IF_ERROR(neighbourhood.Run(budget_.moves * contested(),
                                      prices_.bound(), Within(700, 900)));
    if (!whole_) RETURN_IF_ERROR(MendPrices(allocation.value()));
    Solution solution;
    SearchSmall(allocation, solution);
    solution.selection = instance_.ToSelection(allocation.bundles());
    solution.value = allocation.value();
    solution.prices = instance_.ToPrices(prices_.prices());
    solution.bound = prices_.bound();
    return solution;
  }

 private:
  int64_t contested() const {
    return static_cast<int64_t>(prices_.contest().demands.size());
  }

  // Progress of a stage, as ‰ of the whole.
  Progress Within(int64_t begin, int64_t end) const {
    if (!progress_) return nullptr;
    return [this, begin, end](int64_t done, int64_t total) {
      const int64_t stage = total == 0 ? 0 : (end - begin) * done / total;
      return progress_(begin + stage, 1000);
    };
  }

  // What is reached without any prices.
  int64_t EasyValue() const {
    Allocation allocation(instance_, {});
    Complete(instance_, start_, prices_.prices(), allocation);
    Polish(instance_, allocation);
    return allocation.value();
  }

  absl::Status FindPrices() {
    RETURN_IF_ERROR(prices_.Run(budget_.price_rounds, EasyValue(), Aim::kFar,
                                Within(0, 100)));
    slack_ = prices_.bound() / std::max(1, instance_.demands()) / kSlackShare;
    whole_ = contested() <= budget_.relaxed_demands;
    relaxes_ =
        budget_.relaxation_rounds > 0 && contested() > budget_.searched_demands;
    if (!relaxes_ || !whole_) return absl::OkStatus();
    const int64_t rounds =
        std::clamp<int64_t>(2 * budget_.relaxed_demands / contested(), 1,
                            budget_.relaxation_rounds);
    PriceMaster master(instance_, prices_);
    ASSIGN_OR_RETURN(
        const int64_t relaxed,
        master.Run(static_cast<int32_t>(rounds), slack_,
                   prices_.bound() / kTolerance, Within(100, 250)));
    if (relaxed == 0 ||
        prices_.bound() - relaxed <= prices_.bound() / kTolerance) {
      return absl::OkStatus();
    }
    return prices_.Run(budget_.price_rounds, relaxed, Aim::kNear,
                       Within(250, 300));
  }

  // The whole contest, or clusters of it, then neighbourhoods here and there.
  absl::Status Dive(Allocation& allocation) {
    Diver diver(instance_, prices_.prices(), allocation);
    Clusters clusters(instance_, users_, prices_.contest());
    const std::vector<int32_t>& demands = prices_.contest().demands;
    const int64_t dives = std::min<int64_t>(budget_.dives, contested() / 5);
    const auto split = clusters.Split(whole_ ? static_cast<int32_t>(contested())
                                             : budget_.cluster);
    const int64_t all = static_cast<int64_t>(split.size()) + dives;
    const Progress progress = Within(300, 700);
    int64_t done = 0;
    for (const std::vector<int32_t>& cluster : split) {
      diver.Improve(cluster, slack_);
      if (progress && !progress(++done, all)) return Cancelled();
    }
    CounterRandom random(budget_.seed);
    for (int64_t i = 0; i < dives && allocation.value() < prices_.bound();
         ++i) {
      const int32_t seed = demands[random.Below(contested())];
      diver.Improve(clusters.Around(seed, budget_.neighbours, random), slack_);
      if (progress && !progress(++done, all)) return Cancelled();
    }
    return absl::OkStatus();
  }

  // The lowest bound is thought to be nearer to the value than to the best one
  // so far.
  absl::Status MendPrices(int64_t value) {
    const int64_t target = value + (prices_.bound() - value) / 3;
    return prices_.Run(budget_.price_rounds, target, Aim::kNear,
                       Within(900, 1000));
  }

  void SearchSmall(Allocation& allocation, Solution& solution) {
    solution.proven = prices_.bound();
    ExactSearch search(instance_, prices_.prices(), allocation);
    Oracle oracle(instance_);
    for (const auto& component : Components(instance_, users_)) {
      ++solution.components;
      if (static_cast<int32_t>(component.size()) > budget_.searched_demands) {
        continue;
      }
      int64_t nodes = budget_.search_nodes;
      if (!search.Improve(component, kMostBundles, nodes)) continue;
      ++solution.searched;
      int64_t value = 0;
      for (const int32_t i : component) {
        value += instance_.Value(i, allocation.bundle(i));
      }
      solution.proven -=
          BoundOf(instance_, prices_.prices(), component, oracle) - value;
    }
  }

  const Budget& budget_;
  const Progress& progress_;
  const Instance instance_;
  const Users users_;
  PriceSearch prices_;
  const Bundles start_;
  int64_t slack_ = 0;     // for options to count in a relaxation
  bool whole_ = false;    // the contest is small enough to relax as a whole
  bool relaxes_ = false;  // relaxation is wanted, and there is enough to relax
};

}  // namespace

absl::StatusOr<Solution> Solve(const Problem& problem, const Selection& start,
                               const Budget& budget, const Progress& progress) {
  return Solver(problem, start, budget, progress).Run();
}

}  // namespace jiedui::matcher::engine::bundles
