#include "services/matcher/engine/bundles/completion.h"

#include <algorithm>

#include "services/matcher/engine/bundles/oracle.h"

namespace jiedui::matcher::engine::bundles {
namespace {

bool IsBare(const Bundle& bundle) {
  return bundle.team == kNone && bundle.project == kNone &&
         std::all_of(bundle.talents.begin(), bundle.talents.end(),
                     [](int32_t talent) { return talent == kNone; });
}

}  // namespace

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

void Polish(const Instance& instance, Allocation& allocation) {
  Oracle oracle(instance);
  Bundle bundle;
  const auto cost = [&](int32_t resource) {
    return allocation.IsFree(resource) ? 0 : kBlocked;
  };
  for (int32_t i = 0; i < instance.demands(); ++i) {
    const Bundle old = allocation.bundle(i);
    const int64_t before = allocation.value();
    allocation.Remove(i);
    // All other quotas are used up, so that this one stays used.
    const bool settled =
        old.expert != kNone && instance.IsQuota(instance.resource(old.expert));
    if (settled) {
      oracle.BestWith(old.expert, i, cost, bundle);
    } else {
      oracle.Best(i, cost, bundle);
    }
    allocation.Place(i, bundle);
    if (allocation.value() > before) continue;
    allocation.Remove(i);
    allocation.Place(i, old);
  }
}

}  // namespace jiedui::matcher::engine::bundles
