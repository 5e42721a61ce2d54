#include "services/matcher/engine/bundles/price_master.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "common/base/error.h"
#include "services/matcher/engine/bundles/near_options.h"

namespace jiedui::matcher::engine::bundles {

PriceMaster::PriceMaster(const Instance& instance, PriceSearch& prices)
    : instance_(instance), prices_(prices), relaxation_(instance) {}

void PriceMaster::AddOptions(const std::vector<int64_t>& prices,
                             int64_t slack) {
  NearOptions near(instance_, prices);
  const Bundle nothing;
  std::vector<int32_t> listed;
  std::vector<int32_t> all;
  options_.resize(demands_.size());
  for (size_t i = 0; i < demands_.size(); ++i) {
    listed.clear();
    all.clear();
    near.List(
        demands_[i], slack, nothing, [](int32_t) { return true; }, listed);
    std::set_union(listed.begin(), listed.end(), options_[i].begin(),
                   options_[i].end(), std::back_inserter(all));
    options_[i].swap(all);
  }
}

absl::StatusOr<int64_t> PriceMaster::Run(int32_t rounds, int64_t slack,
                                         int64_t tolerance,
                                         const Progress& progress) {
  int64_t relaxed = 0;
  std::vector<int32_t> capacity;
  for (int32_t r = 0; r < instance_.resources(); ++r) {
    capacity.push_back(instance_.capacity(r));
  }
  std::vector<int64_t> prices = prices_.prices();
  for (int32_t round = 0; round < rounds; ++round) {
    if (progress && !progress(round, rounds)) {
      return base::MakeError(base::Reason::kCancelled);
    }
    // Prices may draw in demands from outside the contest.
    demands_ = prices_.contest().demands;
    AddOptions(prices, round == 0 ? slack : 0);
    relaxation_.Build(demands_, options_, capacity);
    if (!relaxation_.Solve()) return 0;
    std::fill(prices.begin(), prices.end(), 0);
    relaxation_.WritePrices(prices);
    const int64_t bound = prices_.Offer(prices);
    relaxed = std::llround(relaxation_.value()) + prices_.quiet_value();
    for (const int32_t demand : demands_) {
      relaxed += instance_.item(demand).constant;
    }
    if (bound - relaxed <= tolerance) break;
  }
  return relaxed;
}

}  // namespace jiedui::matcher::engine::bundles
