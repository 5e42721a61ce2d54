// Cuts a sheet that is too large for one request into several.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jiedui::cli {

// Rows of a sheet under its header.
struct SheetPart {
  std::string content;
  // To be added to a row number in this part, to get the one in the sheet.
  int32_t rows_before = 0;
};

// `sheet` in parts of at most `limit` bytes, each begun with the header row.
// Cuts only between rows: line breaks inside quotation marks belong to a cell.
// A sheet within the limit is one part, whatever it holds. Nothing when a row
// with the header is larger than the limit, or the sheet is UTF-16, whose line
// breaks are not single bytes.
std::optional<std::vector<SheetPart>> SplitSheet(std::string_view sheet,
                                                 size_t limit);

}  // namespace jiedui::cli
