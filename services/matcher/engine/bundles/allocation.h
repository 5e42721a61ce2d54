// Bundles placed, what capacity they leave, and who holds what.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "services/matcher/engine/bundles/instance.h"

namespace jiedui::matcher::engine::bundles {

class Allocation {
 public:
  // Nothing placed. Holders are told of `watched` resources only.
  Allocation(const Instance& instance, const std::vector<int32_t>& watched);

  // REQUIRES: the demand has nothing, and all the bundle takes is free.
  void Place(int32_t demand, const Bundle& bundle);
  // Takes back what the demand has.
  void Remove(int32_t demand);

  bool IsFree(int32_t resource) const { return free_[resource] > 0; }
  int32_t free(int32_t resource) const { return free_[resource]; }
  const std::vector<int32_t>& free() const { return free_; }
  const Bundle& bundle(int32_t demand) const { return bundles_[demand]; }
  const Bundles& bundles() const { return bundles_; }
  // REQUIRES: the resource is watched.
  const absl::InlinedVector<int32_t, 4>& holders(int32_t resource) const {
    return holders_[watched_[resource]];
  }
  bool IsWatched(int32_t resource) const { return watched_[resource] != kNone; }
  // Σ value of the bundles.
  int64_t value() const { return value_; }

 private:
  const Instance& instance_;
  Bundles bundles_;
  std::vector<int32_t> free_;     // by resource
  std::vector<int32_t> watched_;  // by resource: in holders_
  std::vector<absl::InlinedVector<int32_t, 4>> holders_;
  int64_t value_ = 0;
};

}  // namespace jiedui::matcher::engine::bundles
