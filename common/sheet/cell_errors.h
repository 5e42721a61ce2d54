// The errors that readers of cells share. For the files of this folder.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace jiedui::sheet {

inline absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

// As much of a cell as an error shows.
std::string Shown(std::string_view cell);

// `expected`: an example or a short description, the same in all languages.
absl::Status Malformed(std::string_view cell, std::string_view expected);
absl::Status OutOfRange(std::string_view cell, std::string_view min,
                        std::string_view max);

// 4.40981e+11, which Excel makes of long numbers. REQUIRES: normalised.
bool IsScientific(std::string_view normalized);
absl::Status Scientific(std::string_view cell);

}  // namespace jiedui::sheet
