// Cells that name an entry of common/codes, by code or by name. Readers as in
// cells.h; what they return lives as long as the program.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"

namespace jiedui::sheet {

// 2, 4, 6, 9 or 12 digits, or a path such as 广东省/茂名市/高州市/根子镇 in the
// forms of codes::FindRegionByPath. kUnknownCode, kRegionAmbiguous,
// kCellScientific.
struct RegionCell {
  absl::StatusOr<const codes::Region*> operator()(std::string_view cell) const;
};

// 3, 5 or 7 digits of GB/T 13745, or the exact name. kUnknownCode.
struct SubjectCell {
  absl::StatusOr<const codes::Subject*> operator()(std::string_view cell) const;
};

// 2 to 4 digits of GB/T 4754, or the exact name. kUnknownCode. (Excel drops the
// zero of 0149, and 149 is another industry: nothing can tell. The template
// shows a name for that reason.)
struct IndustryCell {
  absl::StatusOr<const codes::Industry*> operator()(
      std::string_view cell) const;
};

}  // namespace jiedui::sheet
