// The committed tables as they are embedded in the binary. For the files of
// this folder only; others use regions.h, subjects.h, industries.h,
// crosswalk.h.
#pragma once

#include <string_view>

namespace jiedui::codes {

// Whole files, UTF-8, valid for the life of the program.
std::string_view EmbeddedRegions();
std::string_view EmbeddedSubjects();
std::string_view EmbeddedIndustries();
std::string_view EmbeddedCrosswalk();

// Calls `row` with each line of `table` that is neither empty nor a comment
// (#), without its newline.
template <typename Row>
void ForEachLine(std::string_view table, Row row) {
  while (!table.empty()) {
    const size_t end = table.find('\n');
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(end == table.npos ? table.size() : end + 1);
    if (!line.empty() && line.front() != '#') row(line);
  }
}

// Cuts `line` at the first `separator`: returns what stands before it and
// leaves in `line` what follows; without one, returns all and leaves nothing.
inline std::string_view TakeField(std::string_view& line, char separator) {
  const size_t end = line.find(separator);
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(end == line.npos ? line.size() : end + 1);
  return field;
}

// The word after "# `key` " in the comments at the head of `table`; empty when
// there is none.
std::string_view HeaderValue(std::string_view table, std::string_view key);

}  // namespace jiedui::codes
