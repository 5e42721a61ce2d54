// Bundles made one demand after the other, in what capacity is left.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/bundles/allocation.h"
#include "services/matcher/engine/bundles/instance.h"

namespace jiedui::matcher::engine::bundles {

// Places the start in an empty allocation, then fills the parts of demands that
// have none but an expert, in order: first with what is worth its price, then
// with what is left.
void Complete(const Instance& instance, const Bundles& start,
              const std::vector<int64_t>& prices, Allocation& allocation);

// Gives every demand in turn the best it can have for itself, all others as
// they are. Quotas stay kept.
void Polish(const Instance& instance, Allocation& allocation);

}  // namespace jiedui::matcher::engine::bundles
