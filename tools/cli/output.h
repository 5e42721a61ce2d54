// Tables and JSON.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace google::protobuf {
class Message;
}

namespace jiedui::cli {

enum class OutputFormat { kTable, kJson };

struct Column {
  std::string title;
  int64_t widest = 0;  // longer cells are shortened with …; 0: never
  bool right = false;  // numbers
};

// Rows under headings, columns aligned by what characters take on a terminal
// (East Asian ones two places), two blanks apart; no blanks at line ends. Line
// breaks in cells become blanks.
std::string RenderTable(const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows);

// `text` padded with blanks to `width` places of a terminal.
std::string Padded(std::string_view text, int64_t width);

// `text` cut to `width` places, the last one … when something was cut.
std::string Cut(std::string_view text, int64_t width);

// `text` in lines of at most `width` places, each begun with `indent`. Breaks
// at blanks, or between Chinese characters.
std::string Wrapped(std::string_view text, int64_t width,
                    std::string_view indent);

// Proto3 JSON on one line, fields in the order of their numbers.
std::string CompactJson(const google::protobuf::Message& message);

// JSON indented by two blanks, one line a value, with a newline at the end.
// REQUIRES: `json` is well formed.
std::string PrettyJson(std::string_view json);

// {"demands":[…]} of JSON texts.
std::string JsonList(std::string_view key,
                     const std::vector<std::string>& items);

}  // namespace jiedui::cli
