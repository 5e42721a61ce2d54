#include "tests/bench/engine/served.h"

#include <algorithm>

namespace jiedui::bench {

const codes::Region& ServedBy(const matcher::engine::Volunteer& volunteer) {
  using codes::RegionLevel;
  int level = static_cast<int>(volunteer.tier);
  if (volunteer.line == codes::Line::kSociety ||
      volunteer.line == codes::Line::kUniversity) {
    level = std::max(level - 1, static_cast<int>(RegionLevel::kProvince));
  }
  const codes::Region& base = *codes::FindRegion(volunteer.region);
  const codes::Region* served =
      base.AncestorAt(static_cast<RegionLevel>(level));
  return served == nullptr ? base : *served;
}

}  // namespace jiedui::bench
