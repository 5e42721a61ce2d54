#include "services/matcher/engine/bundles/allocation.h"

#include <algorithm>

namespace jiedui::matcher::engine::bundles {

Allocation::Allocation(const Instance& instance,
                       const std::vector<int32_t>& watched)
    : instance_(instance),
      watched_(instance.resources(), kNone),
      holders_(watched.size()) {
  bundles_.reserve(instance.demands());
  for (int32_t i = 0; i < instance.demands(); ++i) {
    bundles_.push_back(instance.EmptyBundle(i));
    value_ += instance.item(i).constant;
  }
  free_.reserve(instance.resources());
  for (int32_t r = 0; r < instance.resources(); ++r) {
    free_.push_back(instance.capacity(r));
  }
  for (size_t i = 0; i < watched.size(); ++i) {
    watched_[watched[i]] = static_cast<int32_t>(i);
  }
}

void Allocation::Place(int32_t demand, const Bundle& bundle) {
  value_ += instance_.Value(demand, bundle) - instance_.item(demand).constant;
  bundles_[demand] = bundle;
  instance_.ForEachResource(bundle, [&](int32_t resource) {
    if (instance_.capacity(resource) != kUnlimited) --free_[resource];
    if (IsWatched(resource)) holders_[watched_[resource]].push_back(demand);
  });
}

void Allocation::Remove(int32_t demand) {
  Bundle& bundle = bundles_[demand];
  value_ -= instance_.Value(demand, bundle) - instance_.item(demand).constant;
  instance_.ForEachResource(bundle, [&](int32_t resource) {
    if (instance_.capacity(resource) != kUnlimited) ++free_[resource];
    if (!IsWatched(resource)) return;
    auto& holders = holders_[watched_[resource]];
    *std::find(holders.begin(), holders.end(), demand) = holders.back();
    holders.pop_back();
  });
  bundle.expert = bundle.team = bundle.project = kNone;
  std::fill(bundle.talents.begin(), bundle.talents.end(), kNone);
}

}  // namespace jiedui::matcher::engine::bundles
