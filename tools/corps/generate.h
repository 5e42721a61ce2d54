// Writes the sheets of a corps into a folder.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "tools/corps/corps.h"

namespace jiedui::corps {

struct Progress {
  std::string_view file;
  uint64_t rows;
  uint64_t total;
};

// Makes the folder when there is none and writes every sheet of Sheets() row
// by row, in memory that does not grow with the rows. A sheet has its name only
// when it is whole (it is written beside as NAME.part). `report` is called
// every so many rows, and once at the end of each sheet.
// Errors: kDataFolderUnusable, with the file and the reason, when a sheet is
// there already and `replace` is false (nothing is written then), or when
// writing fails (sheets finished before stay).
absl::Status WriteSheets(const Corps& corps, const std::string& folder,
                         bool replace,
                         const std::function<void(const Progress&)>& report);

}  // namespace jiedui::corps
