#include "tools/cli/output.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/text/normalize.h"
#include "google/protobuf/message.h"
#include "google/protobuf/util/json_util.h"

namespace jiedui::cli {
namespace {

constexpr char kGap[] = "  ";

// Bytes of the UTF-8 character that begins with `first`.
size_t CharacterLength(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

// The bytes of `text` that fit into `width` places.
size_t FittingBytes(std::string_view text, int64_t width) {
  size_t end = 0;
  while (end < text.size()) {
    const size_t length =
        std::min(CharacterLength(text[end]), text.size() - end);
    width -= text::DisplayWidth(text.substr(end, length));
    if (width < 0) break;
    end += length;
  }
  return end;
}

std::string OneLine(const std::string& cell) {
  std::string line = cell;
  std::replace(line.begin(), line.end(), '\n', ' ');
  std::replace(line.begin(), line.end(), '\r', ' ');
  std::replace(line.begin(), line.end(), '\t', ' ');
  return line;
}

std::string TableLine(const std::vector<Column>& columns,
                      const std::vector<int64_t>& widths,
                      const std::vector<std::string>& cells) {
  std::string line;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string fill(
        std::max<int64_t>(0, widths[i] - text::DisplayWidth(cells[i])), ' ');
    absl::StrAppend(&line, i == 0 ? "" : kGap, columns[i].right ? fill : "",
                    cells[i], columns[i].right ? "" : fill);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

// Where a line of `text` ends that may hold `end` bytes: before the Latin word
// it would cut, and with no Chinese stop left to begin the next line.
size_t LineEnd(std::string_view text, size_t end) {
  if (end >= text.size()) return text.size();
  if (text[end] != ' ' && static_cast<unsigned char>(text[end]) < 0x80) {
    const size_t blank = text.substr(0, end).rfind(' ');
    return blank != text.npos && blank > 0 ? blank : end;
  }
  for (std::string_view stop :
       {"，", "。", "、", "；", "：", "！", "？", "）", "”", "》"}) {
    if (!text.substr(end).starts_with(stop)) continue;
    size_t before = end - 1;
    while (before > 0 && (text[before] & 0xC0) == 0x80) --before;
    return before > 0 ? before : end;
  }
  return end;
}

}  // namespace

std::string Padded(std::string_view text, int64_t width) {
  const int64_t missing = width - text::DisplayWidth(text);
  return std::string(text) + std::string(std::max<int64_t>(0, missing), ' ');
}

std::string Cut(std::string_view text, int64_t width) {
  if (text::DisplayWidth(text) <= width) return std::string(text);
  return std::string(text.substr(0, FittingBytes(text, width - 1))) + "…";
}

std::string Wrapped(std::string_view text, int64_t width,
                    std::string_view indent) {
  const int64_t room =
      std::max<int64_t>(20, width - text::DisplayWidth(indent));
  std::string lines;
  while (!text.empty()) {
    const size_t line_end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, line_end);
    const size_t end = LineEnd(line, FittingBytes(line, room));
    lines += std::string(indent) + std::string(text.substr(0, end));
    lines.erase(lines.find_last_not_of(' ') + 1);
    lines += "\n";
    text.remove_prefix(end);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) {
      text.remove_prefix(1);
    }
  }
  return lines;
}

std::string RenderTable(const std::vector<Column>& columns,
                        const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> titles;
  std::vector<int64_t> widths;
  for (const Column& column : columns) {
    titles.push_back(column.title);
    widths.push_back(text::DisplayWidth(column.title));
  }
  std::vector<std::vector<std::string>> cut = rows;
  for (std::vector<std::string>& row : cut) {
    for (size_t i = 0; i < columns.size(); ++i) {
      row[i] = OneLine(row[i]);
      if (columns[i].widest > 0) row[i] = Cut(row[i], columns[i].widest);
      widths[i] = std::max(widths[i], text::DisplayWidth(row[i]));
    }
  }
  std::string table = TableLine(columns, widths, titles);
  for (const std::vector<std::string>& row : cut) {
    table += TableLine(columns, widths, row);
  }
  return table;
}

std::string CompactJson(const google::protobuf::Message& message) {
  std::string json;
  const auto status =
      google::protobuf::util::MessageToJsonString(message, &json);
  // Only a text that is not UTF-8 or an Any of an unknown type cannot be said.
  return status.ok() ? json : "{}";
}

std::string PrettyJson(std::string_view json) {
  std::string pretty;
  int depth = 0;
  bool in_string = false;
  const auto new_line = [&] { pretty += "\n" + std::string(2 * depth, ' '); };
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      pretty += c;
      if (c == '\\' && i + 1 < json.size()) pretty += json[++i];
      in_string = c != '"';
    } else if (c == '{' || c == '[') {
      pretty += c;
      const bool empty = json[i + 1] == '}' || json[i + 1] == ']';
      if (empty) {
        pretty += json[++i];
      } else {
        ++depth;
        new_line();
      }
    } else if (c == '}' || c == ']') {
      --depth;
      new_line();
      pretty += c;
    } else if (c == ',') {
      pretty += c;
      new_line();
    } else {
      pretty += c;
      if (c == ':') pretty += ' ';
      in_string = c == '"';
    }
  }
  return pretty + "\n";
}

std::string JsonList(std::string_view key,
                     const std::vector<std::string>& items) {
  return absl::StrCat("{\"", std::string(key), "\":[",
                      absl::StrJoin(items, ","), "]}");
}

}  // namespace jiedui::cli
