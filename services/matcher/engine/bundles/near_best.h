// All bundles of one demand that are nearly as good as its best at given
// prices.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/bundles/oracle.h"

namespace jiedui::matcher::engine::bundles {

struct NearBundle {
  Bundle bundle;
  int64_t loss = 0;   // against the best, at the prices
  int64_t value = 0;  // prices not deducted
};

class NearBest {
 public:
  // Keeps references.
  NearBest(const Instance& instance, const std::vector<int64_t>& prices)
      : instance_(instance), prices_(prices), oracle_(instance) {}

  // Lists the bundles that lose less than `slack`, made of what is_free(r)
  // says, least loss first; nothing when the demand can have none. Returns
  // false, and some of them, when there would be more than `most`.
  template <class IsFree>
  bool List(int32_t demand, const IsFree& is_free, int64_t slack, size_t most,
            std::vector<NearBundle>& list) {
    const auto cost = [&](int32_t resource) {
      return is_free(resource) ? prices_[resource] : kBlocked;
    };
    Bundle bundle;
    best_ = oracle_.Best(demand, cost, bundle);
    list.clear();
    if (best_ == kImpossible) return true;
    net_.clear();
    const Item& item = instance_.item(demand);
    for (int32_t i = item.experts; i < item.end; ++i) {
      const int32_t resource = instance_.resource(i);
      net_.push_back(is_free(resource)
                         ? instance_.option(i).value - prices_[resource]
                         : kImpossible);
    }
    return Enumerate(demand, slack, most, list);
  }
  // The best at the prices, of what is free. After List.
  int64_t best() const { return best_; }

 private:
  bool Enumerate(int32_t demand, int64_t slack, size_t most,
                 std::vector<NearBundle>& list);
  void WithExpert(int32_t expert, int64_t net);
  void WithSlots(int32_t slot, int64_t net);
  int64_t Pairing(int64_t begin, int64_t end, int32_t expert,
                  int32_t other) const;
  int64_t MostOf(int32_t begin, int32_t end, int64_t pairs, int64_t end_pairs,
                 int32_t expert) const;
  int64_t Net(int32_t option) const { return net_[option - item_->experts]; }

  const Instance& instance_;
  const std::vector<int64_t>& prices_;
  Oracle oracle_;
  int64_t best_ = 0;
  std::vector<int64_t> net_;  // by option of the demand: value − price
  // Of the enumeration.
  int32_t demand_ = 0;
  const Item* item_ = nullptr;
  std::vector<int32_t> slot_group_;
  std::vector<int64_t> most_from_;  // what slots from each on earn at most
  int64_t least_ = 0;               // a bundle must earn more
  size_t most_ = 0;
  std::vector<NearBundle>* list_ = nullptr;
  Bundle bundle_;
};

}  // namespace jiedui::matcher::engine::bundles
