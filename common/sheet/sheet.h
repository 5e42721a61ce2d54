// A sheet as rows of cells: RFC 4180 as Excel and its relatives write it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/sheet/decode.h"

namespace jiedui::sheet {

struct Limits {
  size_t bytes = size_t{20} << 20;  // of the file
  size_t rows = 200'000;            // without the header
  size_t cell_bytes = 64 << 10;     // of one cell, in UTF-8
};

// Immutable once parsed; all cells lie in one buffer.
class Table {
 public:
  Encoding encoding() const { return encoding_; }
  char separator() const { return separator_; }

  // As written, without the empty ones at the end.
  const std::vector<std::string>& headers() const { return headers_; }

  // Rows with anything in them; others are left out.
  size_t row_count() const { return rows_.size(); }

  // As Excel numbers rows: the header is usually row 1, a quoted line break
  // begins no row, and empty rows count.
  int32_t RowNumber(size_t row) const { return rows_[row].number; }

  // May differ from headers().size(): such a row is an error, for whoever reads
  // the table to tell. Empty cells beyond the headers are not counted.
  size_t CellCount(size_t row) const { return rows_[row].cells; }

  // Without quotation marks, and without the ="…" by which numbers are kept as
  // text. REQUIRES: column < CellCount(row).
  std::string_view Cell(size_t row, size_t column) const {
    return CellAt(rows_[row].first_cell + column);
  }

 private:
  friend class TableBuilder;

  struct Row {
    int32_t number;
    uint32_t first_cell;
    uint32_t cells;
  };

  std::string_view CellAt(size_t cell) const {
    const size_t begin = cell == 0 ? 0 : cell_ends_[cell - 1];
    return std::string_view(text_).substr(begin, cell_ends_[cell] - begin);
  }

  Encoding encoding_ = Encoding::kUtf8;
  char separator_ = ',';
  std::vector<std::string> headers_;
  std::vector<Row> rows_;
  std::string text_;                 // of all cells, one after another
  std::vector<uint32_t> cell_ends_;  // in text_
};

// Decodes (decode.h) and parses a file. The first row with anything in it is
// the header; the separator (comma, tab or semicolon) is the one the header
// line has most of, or what a line “sep=;” before it says. Pure and
// thread-safe; any bytes whatever give a Table or an error.
// Errors: those of Decode; kTooLarge beyond a limit; kSheetEmpty without a
// header; kSheetQuoteOpen when a quotation mark is never closed.
absl::StatusOr<Table> ParseTable(std::string_view bytes,
                                 const Limits& limits = {});

}  // namespace jiedui::sheet
