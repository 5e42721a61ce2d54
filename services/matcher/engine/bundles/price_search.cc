#include "services/matcher/engine/bundles/price_search.h"

#include <algorithm>
#include <cmath>

#include "common/base/error.h"

namespace jiedui::matcher::engine::bundles {
namespace {

// How a search goes about it. Steps towards a target that is far are too long
// at first, and must become shorter soon, from the best prices.
struct Manner {
  double momentum;   // share of the last direction kept: damps the zigzag
  double pace;       // of the step that would reach the target, at first
  double slower;     // factor on it when bounds no longer get better
  int32_t patience;  // rounds without a better bound before that
  bool back;         // to the best prices then
};
constexpr Manner kFar = {
    .momentum = 0.7, .pace = 1, .slower = 0.7, .patience = 20, .back = true};
constexpr Manner kNear = {
    .momentum = 0.9, .pace = 0.3, .slower = 0.7, .patience = 60, .back = false};

}  // namespace

PriceSearch::PriceSearch(const Instance& instance, const Users& users)
    : instance_(instance),
      users_(users),
      oracle_(instance),
      bundles_(instance.demands()),
      value_(instance.demands(), 0),
      use_(instance.resources(), 0),
      prices_(instance.resources(), 0),
      exact_prices_(instance.resources(), 0.0),
      direction_(instance.resources(), 0.0) {
  contest_.has_resource.assign(instance.resources(), 0);
  contest_.has_demand.assign(instance.demands(), 0);
  for (int32_t i = 0; i < instance.demands(); ++i) {
    value_[i] = oracle_.Best(
        i, [](int32_t) { return int64_t{0}; }, bundles_[i]);
    quiet_value_ += value_[i];
    Count(i, 1);
  }
  best_bound_ = quiet_value_;
  best_prices_ = prices_;
  for (int32_t r = 0; r < instance.resources(); ++r) {
    if (instance.IsQuota(r) || use_[r] > instance.capacity(r)) AddResource(r);
  }
}

void PriceSearch::AddResource(int32_t resource) {
  if (contest_.has_resource[resource]) return;
  contest_.has_resource[resource] = 1;
  contest_.resources.push_back(resource);
  for (const int32_t demand : users_.of(resource)) AddDemand(demand);
}

void PriceSearch::AddDemand(int32_t demand) {
  if (contest_.has_demand[demand]) return;
  contest_.has_demand[demand] = 1;
  contest_.demands.push_back(demand);
  quiet_value_ -= value_[demand];
}

void PriceSearch::Count(int32_t demand, int32_t times) {
  instance_.ForEachResource(bundles_[demand],
                            [&](int32_t resource) { use_[resource] += times; });
}

int64_t PriceSearch::Evaluate() {
  const auto cost = [&](int32_t resource) { return prices_[resource]; };
  int64_t bound = quiet_value_;
  for (const int32_t demand : contest_.demands) {
    Count(demand, -1);
    value_[demand] = oracle_.Best(demand, cost, bundles_[demand]);
    Count(demand, 1);
    bound += value_[demand];
  }
  for (const int32_t resource : contest_.resources) {
    bound += prices_[resource] * instance_.capacity(resource);
  }
  // Those just found are dear from the next round on.
  for (size_t i = 0, n = contest_.demands.size(); i < n; ++i) {
    instance_.ForEachResource(
        bundles_[contest_.demands[i]], [&](int32_t resource) {
          if (use_[resource] > instance_.capacity(resource)) {
            AddResource(resource);
          }
        });
  }
  return bound;
}

void PriceSearch::Step(int64_t bound, int64_t target) {
  double norm = 0;
  for (const int32_t r : contest_.resources) {
    double over = use_[r] - instance_.capacity(r);
    const bool free_sign = instance_.IsQuota(r);
    double& direction = direction_[r];
    direction = over + momentum_ * direction;
    if (!free_sign && exact_prices_[r] <= 0 && direction < 0) direction = 0;
    norm += direction * direction;
  }
  if (norm == 0) return;
  const double step = pace_ * static_cast<double>(bound - target) / norm;
  for (const int32_t r : contest_.resources) {
    double& price = exact_prices_[r];
    price += step * direction_[r];
    if (!instance_.IsQuota(r) && price < 0) price = 0;
    prices_[r] = std::llround(price);
  }
}

void PriceSearch::BackToBest() {
  prices_ = best_prices_;
  for (const int32_t r : contest_.resources) {
    exact_prices_[r] = static_cast<double>(prices_[r]);
    direction_[r] = 0;
  }
}

int64_t PriceSearch::Offer(const std::vector<int64_t>& prices) {
  for (int32_t r = 0; r < instance_.resources(); ++r) {
    if (prices[r] != 0) AddResource(r);
  }
  prices_ = prices;
  const int64_t bound = Evaluate();
  if (bound < best_bound_) {
    best_bound_ = bound;
    best_prices_ = prices_;
  }
  return bound;
}

absl::Status PriceSearch::Run(int32_t rounds, int64_t target, Aim aim,
                              const Progress& progress) {
  const Manner& manner = aim == Aim::kFar ? kFar : kNear;
  BackToBest();
  pace_ = manner.pace;
  momentum_ = manner.momentum;
  idle_ = 0;
  for (int32_t round = 0; round < rounds; ++round, ++rounds_) {
    if (progress && !progress(round, rounds)) {
      return base::MakeError(base::Reason::kCancelled);
    }
    const int64_t bound = Evaluate();
    if (bound < best_bound_) {
      best_bound_ = bound;
      best_prices_ = prices_;
      idle_ = 0;
    } else if (++idle_ >= manner.patience) {
      idle_ = 0;
      pace_ *= manner.slower;
      if (manner.back) {
        BackToBest();
        continue;
      }
    }
    if (best_bound_ <= target) return absl::OkStatus();
    Step(bound, target);
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine::bundles
