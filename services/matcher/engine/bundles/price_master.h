// Exact prices: the linear relaxation over options that may matter, whose dual
// prices show which other options matter, until none is missed.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/bundles/price_search.h"
#include "services/matcher/engine/bundles/relaxation.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine::bundles {

class PriceMaster {
 public:
  // Keeps references.
  PriceMaster(const Instance& instance, PriceSearch& prices);

  // Solves the relaxation of the whole contest up to `rounds` times and offers
  // its prices to the search. Begins with options that lose up to `slack`;
  // stops when the bound is within `tolerance` of the relaxation. Returns the
  // relaxation's value, which the lowest bound is about at; 0 when there is
  // none. CANCELLED when `progress` says so.
  absl::StatusOr<int64_t> Run(int32_t rounds, int64_t slack, int64_t tolerance,
                              const Progress& progress);

 private:
  // Adds the demands' options near the best at `prices`.
  void AddOptions(const std::vector<int64_t>& prices, int64_t slack);

  const Instance& instance_;
  PriceSearch& prices_;
  Relaxation relaxation_;
  std::vector<int32_t> demands_;
  std::vector<std::vector<int32_t>> options_;
};

}  // namespace jiedui::matcher::engine::bundles
