// C++ source as the taste check reads it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiedui::taste {

// Returns `source` with comments and the insides of literals blanked out: of
// the same length, with the same line breaks, so that positions agree.
std::string CodeView(std::string_view source);

struct Include {
  int line;  // from 1
  std::string path;
};

// The #include directives of `source`, in order.
std::vector<Include> IncludesOf(std::string_view source);

// `text` cut at line breaks, without them. A last line without a line break
// counts; nothing follows a last line break.
std::vector<std::string_view> LinesOf(std::string_view text);

// Whether `word` stands in `code` by itself, that is, not as a part of a longer
// name at either end where it begins or ends like one.
bool ContainsWord(std::string_view code, std::string_view word);

}  // namespace jiedui::taste
