// Places some demands anew, all others as they are: linear relaxation over the
// options that may matter, then a dive to whole bundles.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "services/matcher/engine/bundles/allocation.h"
#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/bundles/near_options.h"
#include "services/matcher/engine/bundles/oracle.h"
#include "services/matcher/engine/bundles/relaxation.h"

namespace jiedui::matcher::engine::bundles {

class Diver {
 public:
  // Keeps references; reads the prices as they are when called.
  Diver(const Instance& instance, const std::vector<int64_t>& prices,
        Allocation& allocation);

  // Strictly better, or as they were. Options count that lose up to `slack`
  // at the prices.
  void Improve(std::span<const int32_t> demands, int64_t slack);

  // Of the last relaxation, fixed parts and all other demands included; the
  // value before when there was none to solve.
  int64_t relaxed_value() const { return relaxed_value_; }

 private:
  bool IsSound(int32_t demand, const Bundle& bundle) const;
  bool PlaceAll(std::span<const int32_t> demands);
  void Fill(std::span<const int32_t> demands);

  const Instance& instance_;
  Allocation& allocation_;
  NearOptions near_options_;
  Relaxation relaxation_;
  Oracle oracle_;
  std::vector<std::vector<int32_t>> options_;
  Bundles old_;
  Bundles found_;
  Bundle scratch_;
  int64_t relaxed_value_ = 0;
};

}  // namespace jiedui::matcher::engine::bundles
