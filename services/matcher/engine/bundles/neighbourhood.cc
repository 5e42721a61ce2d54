#include "services/matcher/engine/bundles/neighbourhood.h"

#include <algorithm>

#include "common/base/error.h"

namespace jiedui::matcher::engine::bundles {
namespace {

constexpr int64_t kTellEvery = 4096;
constexpr uint32_t kFewest = 2;
constexpr uint32_t kMost = 8;
constexpr int kPickTries = 60;
constexpr int kBlends = 4;  // prices count 0, 1/3, 2/3, 1
// Losses up to this are accepted at first, in micro-points.
constexpr int64_t kFirstTolerance = 5'000;
constexpr int64_t kPermille = 1000;
// More than any bundle is worth.
constexpr int64_t kQuotaLure = 1'000'000'000;

}  // namespace

Neighbourhood::Neighbourhood(const Instance& instance, const Users& users,
                             const Contest& contest,
                             const std::vector<int64_t>& prices, uint64_t seed,
                             Allocation& allocation)
    : instance_(instance),
      users_(users),
      contest_(contest),
      prices_(prices),
      random_(seed),
      allocation_(allocation),
      oracle_(instance),
      is_changed_(instance.demands(), 0) {}

// A demand of the contest, then others that hold, or could use, contested
// resources that one picked could use.
bool Neighbourhood::PickDemands() {
  picked_.clear();
  picked_.push_back(contest_.demands[random_.Below(contest_.demands.size())]);
  const size_t wanted = kFewest + random_.Below(kMost - kFewest + 1);
  for (int tries = 0; picked_.size() < wanted && tries < kPickTries; ++tries) {
    const int32_t from = picked_[random_.Below(picked_.size())];
    const Item& item = instance_.item(from);
    const int32_t options = item.end - item.experts;
    if (options == 0) continue;
    const int32_t resource =
        instance_.resource(item.experts + random_.Below(options));
    if (!allocation_.IsWatched(resource)) continue;
    const auto& holders = allocation_.holders(resource);
    int32_t other = 0;
    if (!holders.empty() && random_.Below(4) != 0) {
      other = holders[random_.Below(holders.size())];
    } else {
      const auto users = users_.of(resource);
      other = users[random_.Below(users.size())];
    }
    if (std::find(picked_.begin(), picked_.end(), other) == picked_.end()) {
      picked_.push_back(other);
    }
  }
  return picked_.size() > 1;
}

void Neighbourhood::Shuffle() {
  for (uint32_t i = picked_.size(); i > 1; --i) {
    std::swap(picked_[i - 1], picked_[random_.Below(i)]);
  }
}

bool Neighbourhood::PlaceBest(int32_t demand, int32_t blend,
                              bool quotas_first) {
  const auto cost = [&](int32_t resource) {
    if (!allocation_.IsFree(resource)) return kBlocked;
    int64_t price = prices_[resource] * blend / (kBlends - 1);
    if (quotas_first && instance_.IsQuota(resource)) price -= kQuotaLure;
    return price;
  };
  if (oracle_.Best(demand, cost, scratch_) == kImpossible) return false;
  allocation_.Place(demand, scratch_);
  return true;
}

bool Neighbourhood::Recreate() {
  const int32_t blend = random_.Below(kBlends);
  const bool quotas_first = random_.Below(2) == 0;
  for (const int32_t demand : picked_) {
    if (!PlaceBest(demand, blend, quotas_first)) return false;
  }
  if (blend == 0) return true;
  // What prices held back is taken now, where it is still to be had.
  for (const int32_t demand : picked_) {
    allocation_.Remove(demand);
    if (!PlaceBest(demand, 0, quotas_first)) return false;
  }
  return true;
}

bool Neighbourhood::QuotasKept() const {
  for (const Bundle& bundle : old_) {
    if (bundle.expert == kNone) continue;
    const int32_t resource = instance_.resource(bundle.expert);
    if (instance_.IsQuota(resource) && allocation_.IsFree(resource)) {
      return false;
    }
  }
  return true;
}

void Neighbourhood::Move(uint32_t tolerance) {
  if (!PickDemands()) return;
  Shuffle();
  const int64_t before = allocation_.value();
  old_.clear();
  for (const int32_t demand : picked_) {
    old_.push_back(allocation_.bundle(demand));
    allocation_.Remove(demand);
  }
  bool accept = Recreate() && QuotasKept();
  if (accept) {
    accept = before - allocation_.value() <= random_.Below(tolerance + 1);
  }
  if (!accept) {
    for (const int32_t demand : picked_) allocation_.Remove(demand);
    for (size_t i = 0; i < picked_.size(); ++i) {
      allocation_.Place(picked_[i], old_[i]);
    }
    return;
  }
  for (const int32_t demand : picked_) {
    if (is_changed_[demand]) continue;
    is_changed_[demand] = 1;
    changed_.push_back(demand);
  }
  if (allocation_.value() > best_value_) RememberBest();
}

void Neighbourhood::RememberBest() {
  best_value_ = allocation_.value();
  for (const int32_t demand : changed_) {
    best_[demand] = allocation_.bundle(demand);
    is_changed_[demand] = 0;
  }
  changed_.clear();
}

absl::Status Neighbourhood::Run(int64_t moves, int64_t bound,
                                const Progress& progress) {
  if (contest_.demands.empty()) return absl::OkStatus();
  best_ = allocation_.bundles();
  best_value_ = allocation_.value();
  uint32_t tolerance = 0;
  for (int64_t i = 0; i < moves && best_value_ < bound; ++i, ++moves_) {
    if (i % kTellEvery == 0) {
      if (progress && !progress(i, moves)) {
        return base::MakeError(base::Reason::kCancelled);
      }
      // Falls with the square of what is left to do.
      const int64_t left = (moves - i) * kPermille / moves;
      tolerance = kFirstTolerance * left * left / (kPermille * kPermille);
    }
    Move(tolerance);
  }
  for (const int32_t demand : changed_) allocation_.Remove(demand);
  for (const int32_t demand : changed_) {
    allocation_.Place(demand, best_[demand]);
    is_changed_[demand] = 0;
  }
  changed_.clear();
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine::bundles
