// Brings many rows in at once.
#pragma once

#include <algorithm>
#include <cstdint>

#include "absl/status/status.h"
#include "services/matcher/engine/flow/network.h"
#include "services/matcher/engine/flow/search.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// How many edges searches may look at before the rows count as contested and
// an auction goes before them. What an auction takes is in proportion to the
// edges; for few rows it is never worth it.
template <typename Model>
int64_t PatienceFor(const Network<Model>& network) {
  return std::max<int64_t>(1 << 20, 2 * network.edge_count());
}

// Brings in all waiting rows. CANCELLED when `progress` says so: then the
// network is reset.
template <typename Model>
absl::Status BringIn(Network<Model>& network, Search<Model>& search,
                     int64_t patience, const Progress& progress);

}  // namespace jiedui::matcher::engine
