// The options of a demand that may matter at given prices.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/bundles/oracle.h"

namespace jiedui::matcher::engine::bundles {

class NearOptions {
 public:
  // Keeps references.
  NearOptions(const Instance& instance, const std::vector<int64_t>& prices)
      : instance_(instance), prices_(prices) {}

  // Appends, in order, the demand's options that some bundle contains which
  // loses about `slack` or less against the best at the prices, and those of
  // `held` whatever they lose. Only resources that is_free(resource) counts.
  template <class IsFree>
  void List(int32_t demand, int64_t slack, const Bundle& held,
            const IsFree& is_free, std::vector<int32_t>& options) {
    const Item& item = instance_.item(demand);
    net_.clear();
    for (int32_t i = item.experts; i < item.end; ++i) {
      const int32_t resource = instance_.resource(i);
      net_.push_back(is_free(resource)
                         ? instance_.option(i).value - prices_[resource]
                         : kImpossible);
    }
    ListNets(item, slack, held, options);
  }

 private:
  void ListNets(const Item& item, int64_t slack, const Bundle& held,
                std::vector<int32_t>& options);
  // Gains of experts with their best of [begin, end), and the loss each of
  // those means beside the best expert.
  void AddGains(const Item& item, int32_t begin, int32_t end, int64_t pairs,
                int64_t end_pairs);
  void AddLosses(const Item& item, int32_t begin, int32_t end, int64_t pairs,
                 int64_t end_pairs);

  const Instance& instance_;
  const std::vector<int64_t>& prices_;
  std::vector<int64_t> net_;    // by option of the demand: value − price
  std::vector<int64_t> gain_;   // by expert: what he earns with team, project
  std::vector<int64_t> joint_;  // by expert: that of one part
  std::vector<int64_t> loss_;   // by option of the demand
  std::vector<int64_t> seats_;
};

}  // namespace jiedui::matcher::engine::bundles
