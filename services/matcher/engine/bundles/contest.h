// Who competes for what: the resources that are asked for beyond their
// capacity, and the demands that have an option among them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/matcher/engine/bundles/instance.h"

namespace jiedui::matcher::engine::bundles {

// The demands that have an option on each resource of limited capacity.
class Users {
 public:
  explicit Users(const Instance& instance);
  std::span<const int32_t> of(int32_t resource) const {
    return {users_.data() + first_[resource],
            static_cast<size_t>(first_[resource + 1] - first_[resource])};
  }

 private:
  std::vector<int64_t> first_;
  std::vector<int32_t> users_;
};

// Demands in groups that compete for nothing with one another: no resource that
// more demands could use than it has capacity for, and no quota, is shared
// between two. By their first demand; in each by number.
std::vector<std::vector<int32_t>> Components(const Instance& instance,
                                             const Users& users);

// Grows while prices are sought.
struct Contest {
  std::vector<int32_t> resources;  // in the order found
  std::vector<int32_t> demands;    // in the order found
  std::vector<char> has_resource;  // by resource
  std::vector<char> has_demand;    // by demand
};

}  // namespace jiedui::matcher::engine::bundles
