#include "common/sheet/columns.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/sheet/cell_errors.h"
#include "common/text/normalize.h"

namespace jiedui::sheet {
namespace {

using base::MakeError;
using base::Reason;

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// What Excel writes into a cell whose formula failed, and ######## when a
// column is too narrow for a number or date.
std::optional<Reason> ExcelFault(std::string_view cell) {
  if (!cell.starts_with('#')) return std::nullopt;
  if (cell.size() >= 3 && cell.find_first_not_of('#') == cell.npos) {
    return Reason::kCellTooNarrow;
  }
  for (const std::string_view fault :
       {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}) {
    if (cell == fault) return Reason::kCellFormula;
  }
  return std::nullopt;
}

// OK for a blank cell of an optional column, which is not set.
absl::Status ReadCell(
    const Heading& heading, size_t index, std::string_view cell,
    const std::function<absl::Status(size_t, std::string_view)>& set) {
  if (text::Blank(cell)) {
    return heading.required ? MakeError(Reason::kFieldRequired)
                            : absl::OkStatus();
  }
  if (const std::optional<Reason> fault = ExcelFault(cell)) {
    return MakeError(*fault, {{"value", Shown(cell)}});
  }
  return set(index, cell);
}

void AppendCell(std::string_view cell, std::string& out) {
  if (cell.find_first_of(",\"\r\n") == cell.npos) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string CellError::Message(base::Language language) const {
  return base::Violation{column, reason, args}.Message(language);
}

CellError ErrorOfCell(int32_t row, std::string_view column,
                      std::string_view value, const absl::Status& status) {
  CellError error{row, std::string(column), Shown(value)};
  if (std::optional<base::ErrorInfo> info = base::Info(status)) {
    error.reason = info->reason;
    error.args = std::move(info->args);
  } else {
    error.args = {{"detail", std::string(status.message())}};
  }
  return error;
}

std::string HeaderKey(std::string_view header) {
  std::string key;
  int depth = 0;
  for (const char c : text::Normalize(header)) {
    if (c == '(' || c == '[') {
      ++depth;
    } else if ((c == ')' || c == ']') && depth > 0) {
      --depth;
    } else if (depth == 0 &&
               std::string_view(" _-*").find(c) == std::string_view::npos) {
      key += c;
    }
  }
  return key;
}

std::string Template(const std::vector<Heading>& headings,
                     base::Language language) {
  std::string out(kByteOrderMark);
  const auto append_row = [&](auto cell_of) {
    for (size_t i = 0; i < headings.size(); ++i) {
      if (i > 0) out += ',';
      AppendCell(cell_of(headings[i]), out);
    }
    out += "\r\n";
  };
  append_row([language](const Heading& heading) -> std::string_view {
    return language == base::Language::kChinese ? heading.zh : heading.en;
  });
  append_row([](const Heading& heading) -> std::string_view {
    return heading.example;
  });
  return out;
}

absl::StatusOr<Binding> Bind(const std::vector<Heading>& headings,
                             const Table& table) {
  absl::flat_hash_map<std::string, size_t> known;
  for (size_t i = 0; i < headings.size(); ++i) {
    known[HeaderKey(headings[i].zh)] = i;
    known[HeaderKey(headings[i].en)] = i;
  }
  Binding binding;
  binding.columns.assign(headings.size(), Binding::kAbsent);
  std::vector<size_t> counts(headings.size());
  for (size_t column = 0; column < table.headers().size(); ++column) {
    const std::string& header = table.headers()[column];
    const auto heading = known.find(HeaderKey(header));
    if (heading != known.end()) {
      binding.columns[heading->second] = column;
      ++counts[heading->second];
    } else if (!header.empty()) {
      binding.ignored.push_back(header);
    }
  }
  base::Violations wrong;
  for (size_t i = 0; i < headings.size(); ++i) {
    if (counts[i] > 1) {
      wrong.Add(headings[i].zh, Reason::kHeaderDuplicate,
                {{"count", absl::StrCat(counts[i])}});
    } else if (counts[i] == 0 && headings[i].required) {
      wrong.Add(headings[i].zh, Reason::kHeaderMissing);
    }
  }
  if (!wrong.empty()) return wrong.ToStatus();
  return binding;
}

bool ReadCells(const std::vector<Heading>& headings, const Binding& binding,
               const Table& table, size_t row,
               const std::function<absl::Status(size_t, std::string_view)>& set,
               CellErrors& errors) {
  const int32_t number = table.RowNumber(row);
  if (table.CellCount(row) != table.headers().size()) {
    errors.Add(ErrorOfCell(
        number, "", "",
        MakeError(Reason::kRowShape,
                  {{"found", absl::StrCat(table.CellCount(row))},
                   {"expected", absl::StrCat(table.headers().size())}})));
    return false;
  }
  const size_t errors_before = errors.count();
  for (size_t i = 0; i < headings.size(); ++i) {
    const size_t column = binding.columns[i];
    if (column == Binding::kAbsent) continue;
    const std::string_view cell = table.Cell(row, column);
    const absl::Status status = ReadCell(headings[i], i, cell, set);
    if (!status.ok()) {
      errors.Add(ErrorOfCell(number, table.headers()[column], cell, status));
    }
  }
  return errors.count() == errors_before;
}

}  // namespace jiedui::sheet
