#include "tools/cli/sheet_split.h"

namespace jiedui::cli {
namespace {

// The length of the first row with its line break. UTF-8 and GB18030 never use
// the bytes of a quotation mark or a line break for anything else.
size_t RowLength(std::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '\n' && !quoted) return i + 1;
  }
  return text.size();
}

bool IsUtf16(std::string_view sheet) {
  return sheet.starts_with("\xFF\xFE") || sheet.starts_with("\xFE\xFF");
}

}  // namespace

std::optional<std::vector<SheetPart>> SplitSheet(std::string_view sheet,
                                                 size_t limit) {
  if (sheet.size() <= limit) {
    return std::vector<SheetPart>{{std::string(sheet), 0}};
  }
  if (IsUtf16(sheet)) return std::nullopt;
  const std::string header(sheet.substr(0, RowLength(sheet)));
  sheet.remove_prefix(header.size());
  std::vector<SheetPart> parts;
  int32_t rows = 0;
  while (!sheet.empty()) {
    const std::string_view row = sheet.substr(0, RowLength(sheet));
    if (header.size() + row.size() > limit) return std::nullopt;
    if (parts.empty() || parts.back().content.size() + row.size() > limit) {
      parts.push_back({header, rows});
    }
    parts.back().content += row;
    sheet.remove_prefix(row.size());
    ++rows;
  }
  return parts;
}

}  // namespace jiedui::cli
