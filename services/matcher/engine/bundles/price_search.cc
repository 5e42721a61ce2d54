#include "services/matcher/engine/bundles/price_search.h"

#include <algorithm>
#include <cmath>

#include "common/base/error.h"

namespace jiedui::matcher::engine::bundles {
namespace {

// How much of the last direction is kept: damps the zigzag of subgradients.
constexpr double kMomentum = 0.7;
constexpr int32_t kPatience = 20;  // rounds without a better bound
constexpr double kSlower = 0.7;

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
    direction = over + kMomentum * direction;
    if (!free_sign && exact_prices_[r] <= 0 && direction < 0) direction = 0;
    norm += direction * direction;
  }
  if (norm == 0) return;
  const double step = pace_ * (1 - kMomentum) *
                      static_cast<double>(bound - target) / norm *
                      (1 / (1 - kMomentum));
  for (const int32_t r : contest_.resources) {
    double& price = exact_prices_[r];
    price += step * direction_[r];
    if (!instance_.IsQuota(r) && price < 0) price = 0;
    prices_[r] = std::llround(price);
  }
}

absl::Status PriceSearch::Run(int32_t rounds, int64_t target,
                              const Progress& progress) {
  for (int32_t round = 0; round < rounds; ++round, ++rounds_) {
    if (progress && !progress(round, rounds)) {
      return base::MakeError(base::Reason::kCancelled);
    }
    const int64_t bound = Evaluate();
    if (bound < best_bound_) {
      best_bound_ = bound;
      best_prices_ = prices_;
      idle_ = 0;
    } else if (++idle_ >= kPatience) {
      idle_ = 0;
      pace_ *= kSlower;
      prices_ = best_prices_;
      for (const int32_t r : contest_.resources) {
        exact_prices_[r] = static_cast<double>(prices_[r]);
        direction_[r] = 0;
      }
      continue;
    }
    if (best_bound_ <= target) return absl::OkStatus();
    Step(bound, target);
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine::bundles
