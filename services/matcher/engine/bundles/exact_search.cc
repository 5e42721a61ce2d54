#include "services/matcher/engine/bundles/exact_search.h"

#include <algorithm>

namespace jiedui::matcher::engine::bundles {

ExactSearch::ExactSearch(const Instance& instance,
                         const std::vector<int64_t>& prices,
                         Allocation& allocation)
    : instance_(instance),
      prices_(prices),
      allocation_(allocation),
      near_best_(instance, prices),
      oracle_(instance),
      free_(instance.resources(), 0),
      seen_(instance.resources(), 0) {}

void ExactSearch::CollectResources() {
  resources_.clear();
  for (const int32_t demand : demands_) {
    const Item& item = instance_.item(demand);
    for (int32_t i = item.experts; i < item.end; ++i) {
      const int32_t resource = instance_.resource(i);
      if (seen_[resource]) continue;
      seen_[resource] = 1;
      resources_.push_back(resource);
      free_[resource] = allocation_.free(resource);
    }
  }
  for (const int32_t resource : resources_) seen_[resource] = 0;
}

int64_t ExactSearch::PricedCapacity() const {
  int64_t sum = 0;
  for (const int32_t resource : resources_) {
    if (prices_[resource] != 0) sum += prices_[resource] * free_[resource];
  }
  return sum;
}

bool ExactSearch::Improve(std::span<const int32_t> demands, size_t most,
                          int64_t& nodes) {
  demands_.assign(demands.begin(), demands.end());
  Bundles old;
  int64_t old_value = 0;
  for (const int32_t demand : demands_) {
    old.push_back(allocation_.bundle(demand));
    old_value += instance_.Value(demand, old.back());
    allocation_.Remove(demand);
  }
  CollectResources();
  const int64_t capital = PricedCapacity();
  const auto is_free = [&](int32_t resource) { return free_[resource] > 0; };

  int64_t bound = capital;
  for (const int32_t demand : demands_) {
    bound += oracle_.Best(
        demand, [&](int32_t r) { return is_free(r) ? prices_[r] : kBlocked; },
        scratch_);
  }
  bool complete = true;
  best_value_ = old_value;
  best_picked_.clear();
  if (bound > old_value) {
    if (lists_.size() < demands_.size()) lists_.resize(demands_.size());
    best_from_.assign(demands_.size() + 1, 0);
    for (size_t i = 0; i < demands_.size(); ++i) {
      complete &= near_best_.List(demands_[i], is_free, bound - old_value, most,
                                  lists_[i]);
      best_from_[i] = near_best_.best();
    }
    for (size_t i = demands_.size(); i-- > 0;) {
      best_from_[i] += best_from_[i + 1];
    }
    picked_.assign(demands_.size(), 0);
    nodes_ = nodes;
    Search(0, 0, capital);
    nodes = std::max<int64_t>(nodes_, 0);
    complete &= nodes_ >= 0;
  }
  for (size_t i = 0; i < demands_.size(); ++i) {
    allocation_.Place(demands_[i], best_picked_.empty()
                                       ? old[i]
                                       : lists_[i][best_picked_[i]].bundle);
  }
  return complete;
}

void ExactSearch::Take(const Bundle& bundle, int32_t times, int64_t& capital) {
  instance_.ForEachResource(bundle, [&](int32_t resource) {
    if (instance_.capacity(resource) == kUnlimited) return;
    free_[resource] -= times;
    capital -= times * prices_[resource];
  });
}

bool ExactSearch::QuotasKept() const {
  for (const int32_t resource : resources_) {
    if (instance_.IsQuota(resource) && free_[resource] > 0) return false;
  }
  return true;
}

// What the demands from `depth` on earn at most, prices deducted, of what is
// free now.
int64_t ExactSearch::MostOfRest(size_t depth) {
  int64_t most = 0;
  for (; depth < demands_.size(); ++depth) {
    const int64_t best = oracle_.Best(
        demands_[depth],
        [&](int32_t r) { return free_[r] > 0 ? prices_[r] : kBlocked; },
        scratch_);
    if (best == kImpossible) return kImpossible;
    most += best;
  }
  return most;
}

void ExactSearch::Search(size_t depth, int64_t value, int64_t capital) {
  if (--nodes_ < 0) return;
  if (depth == demands_.size()) {
    if (value > best_value_ && QuotasKept()) {
      best_value_ = value;
      best_picked_ = picked_;
    }
    return;
  }
  const int64_t rest = MostOfRest(depth);
  if (rest == kImpossible || value + capital + rest <= best_value_) return;
  const std::vector<NearBundle>& list = lists_[depth];
  for (size_t i = 0; i < list.size(); ++i) {
    // capital and value together lose exactly what bundles lose.
    if (value + capital + best_from_[depth] - list[i].loss <= best_value_) {
      break;
    }
    bool fits = true;
    instance_.ForEachResource(
        list[i].bundle, [&](int32_t resource) { fits &= free_[resource] > 0; });
    if (!fits) continue;
    picked_[depth] = static_cast<int32_t>(i);
    int64_t left = capital;
    Take(list[i].bundle, 1, left);
    Search(depth + 1, value + list[i].value, left);
    Take(list[i].bundle, -1, left);
    if (nodes_ < 0) return;
  }
}

}  // namespace jiedui::matcher::engine::bundles
