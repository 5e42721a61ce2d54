#include "services/matcher/engine/bundles/dive.h"

#include <algorithm>
#include <cmath>

namespace jiedui::matcher::engine::bundles {

Diver::Diver(const Instance& instance, const std::vector<int64_t>& prices,
             Allocation& allocation)
    : instance_(instance),
      allocation_(allocation),
      near_options_(instance, prices),
      relaxation_(instance),
      oracle_(instance) {}

void Diver::Improve(std::span<const int32_t> demands, int64_t slack) {
  const int64_t before = allocation_.value();
  old_.clear();
  for (const int32_t demand : demands) {
    old_.push_back(allocation_.bundle(demand));
    allocation_.Remove(demand);
  }
  const int64_t others = allocation_.value();
  const auto is_free = [&](int32_t r) { return allocation_.IsFree(r); };
  options_.resize(demands.size());
  for (size_t i = 0; i < demands.size(); ++i) {
    options_[i].clear();
    near_options_.List(demands[i], slack, old_[i], is_free, options_[i]);
  }
  relaxation_.Build(demands, options_, allocation_.free());
  relaxed_value_ = before;
  bool better = false;
  if (relaxation_.Solve()) {
    relaxed_value_ = others + std::llround(relaxation_.value());
    better = relaxed_value_ > before && relaxation_.Dive(found_) &&
             PlaceAll(demands);
    if (better) Fill(demands);
    better = better && allocation_.value() > before;
  }
  if (better) return;
  for (size_t i = 0; i < demands.size(); ++i) {
    allocation_.Remove(demands[i]);
  }
  for (size_t i = 0; i < demands.size(); ++i) {
    allocation_.Place(demands[i], old_[i]);
  }
}

// What floating point found is believed only when it holds in integers.
bool Diver::IsSound(int32_t demand, const Bundle& bundle) const {
  const Item& item = instance_.item(demand);
  std::vector<int32_t> persons;
  bool sound = true;
  bool empty = true;
  instance_.ForEachResource(bundle, [&](int32_t resource) {
    empty = false;
    sound &= allocation_.IsFree(resource);
    if (instance_.IsPerson(resource)) {
      persons.push_back(instance_.PersonOf(resource));
    }
  });
  std::sort(persons.begin(), persons.end());
  sound &= std::adjacent_find(persons.begin(), persons.end()) == persons.end();
  if (bundle.expert == kNone) {
    sound &= !item.needs_expert && (!item.anchored || empty);
  }
  return sound;
}

bool Diver::PlaceAll(std::span<const int32_t> demands) {
  for (size_t i = 0; i < demands.size(); ++i) {
    if (!IsSound(demands[i], found_[i])) return false;
    allocation_.Place(demands[i], found_[i]);
  }
  for (const Bundle& bundle : old_) {
    if (bundle.expert == kNone) continue;
    const int32_t resource = instance_.resource(bundle.expert);
    if (instance_.IsQuota(resource) && allocation_.IsFree(resource)) {
      return false;
    }
  }
  return true;
}

// What the relaxation left out, where it is still to be had; experts stay.
void Diver::Fill(std::span<const int32_t> demands) {
  const auto cost = [&](int32_t resource) {
    return allocation_.IsFree(resource) ? 0 : kBlocked;
  };
  for (const int32_t demand : demands) {
    const int32_t expert = allocation_.bundle(demand).expert;
    if (expert == kNone && instance_.item(demand).anchored) continue;
    allocation_.Remove(demand);
    oracle_.BestWith(expert, demand, cost, scratch_);
    allocation_.Place(demand, scratch_);
  }
}

}  // namespace jiedui::matcher::engine::bundles
