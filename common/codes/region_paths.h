// Regions by their names, as people write them in sheets and addresses.
#pragma once

#include <string_view>
#include <vector>

#include "common/codes/regions.h"

namespace jiedui::codes {

struct RegionMatch {
  // The one region meant; null when none or several match.
  const Region* region = nullptr;
  // When several match: all of them, in order of code. Otherwise empty.
  std::vector<const Region*> ambiguous;
};

// Finds "广东省/茂名市/高州市/根子镇/柏桥村委会" and its looser forms:
// - separators / \ - > → · , 、 and blanks, half or full width, or none at all
//   ("广东省茂名市高州市根子镇");
// - any upper level left out ("高州市/根子镇"), 市辖区 put in, or a city named
//   twice ("东莞市/东莞市/虎门镇");
// - when no exact name fits: the generic ending left out ("茂名/高州/根子"),
//   街道办事处 for 街道; for a village 柏桥, 柏桥村, 柏桥社区 for 柏桥村委会.
// The last name is the region sought; the names before it must be ancestors of
// it, from the top down. Of several matches the one that contains all others
// wins; then the only one in Guangdong (广东省), since that is where Jiedui
// works ("白云区" is Guangzhou's, not Guiyang's). Otherwise it is ambiguous.
// A region named like its parent is not found so: the parent is. Thread-safe.
RegionMatch FindRegionByPath(std::string_view path);

}  // namespace jiedui::codes
