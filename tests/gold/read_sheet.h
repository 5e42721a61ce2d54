// A sheet in a file, row by row.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/sheet/columns.h"

namespace jiedui::gold {

// The rows of the sheet at `path`. Errors: NotFound when it cannot be opened,
// those of ParseTable, InvalidArgument with the first cell that is wrong.
template <typename Row>
absl::StatusOr<std::vector<Row>> ReadSheet(const std::string& path,
                                           const sheet::Schema<Row>& schema) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(path);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  ASSIGN_OR_RETURN(const sheet::Table table, sheet::ParseTable(bytes));
  ASSIGN_OR_RETURN(sheet::Sheet<Row> read, schema.Read(table));
  if (!read.errors.empty()) {
    const sheet::CellError& error = read.errors.list().front();
    return absl::InvalidArgumentError(absl::StrCat(
        path, ":", error.row, ": ", error.Message(base::Language::kEnglish)));
  }
  std::vector<Row> rows;
  for (auto& entry : read.rows) rows.push_back(std::move(entry.row));
  return rows;
}

}  // namespace jiedui::gold
