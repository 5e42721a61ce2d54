#include "services/matcher/engine/bundles/contest.h"

#include <algorithm>
#include <numeric>

namespace jiedui::matcher::engine::bundles {

Users::Users(const Instance& instance) {
  first_.assign(instance.resources() + 1, 0);
  // A demand with several seats may have a resource more than once.
  std::vector<int32_t> last(instance.resources(), kNone);
  const auto for_each = [&](const auto& use) {
    last.assign(last.size(), kNone);
    for (int32_t i = 0; i < instance.demands(); ++i) {
      const Item& item = instance.item(i);
      for (int32_t k = item.experts; k < item.end; ++k) {
        const int32_t resource = instance.resource(k);
        if (instance.capacity(resource) == kUnlimited) continue;
        if (last[resource] == i) continue;
        last[resource] = i;
        use(i, resource);
      }
    }
  };
  for_each([&](int32_t, int32_t resource) { ++first_[resource + 1]; });
  for (size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  users_.resize(first_.back());
  std::vector<int64_t> next(first_.begin(), first_.end() - 1);
  for_each([&](int32_t demand, int32_t resource) {
    users_[next[resource]++] = demand;
  });
}

std::vector<std::vector<int32_t>> Components(const Instance& instance,
                                             const Users& users) {
  std::vector<int32_t> root(instance.demands());
  std::iota(root.begin(), root.end(), 0);
  const auto root_of = [&](int32_t demand) {
    while (root[demand] != demand) {
      demand = root[demand] = root[root[demand]];
    }
    return demand;
  };
  for (int32_t r = 0; r < instance.resources(); ++r) {
    const auto sharing = users.of(r);
    const auto capacity = static_cast<size_t>(instance.capacity(r));
    if (sharing.size() <= capacity && !instance.IsQuota(r)) continue;
    for (const int32_t demand : sharing) {
      const int32_t a = root_of(sharing[0]);
      const int32_t b = root_of(demand);
      root[std::max(a, b)] = std::min(a, b);
    }
  }
  std::vector<int32_t> number(instance.demands(), kNone);
  std::vector<std::vector<int32_t>> components;
  for (int32_t i = 0; i < instance.demands(); ++i) {
    int32_t& component = number[root_of(i)];
    if (component == kNone) {
      component = static_cast<int32_t>(components.size());
      components.emplace_back();
    }
    components[component].push_back(i);
  }
  return components;
}

}  // namespace jiedui::matcher::engine::bundles
