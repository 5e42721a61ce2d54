// Which demands a resource may serve: by discipline and place, as they come and
// go.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/btree_set.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

class DemandIndex {
 public:
  DemandIndex();

  // A demand is found by its own disciplines and those of its talents.
  void Add(const Prepared& prepared, int32_t demand);
  // REQUIRES: added, and unchanged in `prepared` since.
  void Remove(const Prepared& prepared, int32_t demand);

  // Demands in a region, or everywhere, that ask for what the resource knows;
  // ascending, each once. Expired skills count: this is who might be concerned.
  std::vector<int32_t> In(PlaceIndex region, const Facts& resource) const;
  std::vector<int32_t> Anywhere(const Facts& resource) const;

 private:
  using Places = absl::btree_set<std::pair<PlaceIndex, int32_t>>;

  std::vector<Places> by_discipline_;
};

}  // namespace jiedui::matcher::engine
