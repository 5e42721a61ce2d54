// A sheet described once, column by column: its headers in two languages, how
// each cell is read and where the value goes. Reading, the errors and the
// template all follow from the description.
//
//   const sheet::Schema<TeamRow>& TeamSheet() {
//     static const auto* const schema = new auto(
//         sheet::Schema<TeamRow>()
//             .Required("编号", "external_id", "T-001", Text{.max = 40},
//                       &TeamRow::external_id)
//             .Optional("成立日期", "founded", "2019-05-17", Date{},
//                       [](TeamRow& row, absl::CivilDay day) { … }));
//     return *schema;
//   }
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/error.h"
#include "common/sheet/sheet.h"

namespace jiedui::sheet {

// One thing wrong with one cell, or with a row (then `column` and `value` are
// empty).
struct CellError {
  int32_t row = 0;     // as Excel numbers it
  std::string column;  // the header as it stands in the file
  std::string value;   // shortened
  base::Reason reason = base::Reason::kInternal;
  std::vector<base::ErrorArg> args;

  // What is wrong and what to do.
  std::string Message(base::Language language) const;
  friend bool operator==(const CellError&, const CellError&) = default;
};

// A status made by common/base/error.h as the error of a cell: also for what
// only shows when several cells or rows are seen together. Another status
// becomes kInternal.
CellError ErrorOfCell(int32_t row, std::string_view column,
                      std::string_view value, const absl::Status& status);

// The first errors of a sheet, and how many there are in all: a file whose
// every cell is wrong must not fill the memory.
class CellErrors {
 public:
  static constexpr size_t kKept = 1000;

  void Add(CellError error) {
    if (list_.size() < kKept) list_.push_back(std::move(error));
    ++count_;
  }
  const std::vector<CellError>& list() const { return list_; }
  size_t count() const { return count_; }
  bool empty() const { return count_ == 0; }

 private:
  std::vector<CellError> list_;
  size_t count_ = 0;
};

struct Heading {
  std::string zh;
  std::string en;
  bool required = false;  // the column must be there, and no cell of it blank
  std::string example;    // a good cell, for the template
};

// Headers by their meaning: compared in NFKC, without case, blanks, _ - * and
// what stands in parentheses: “统一社会信用代码 *（18 位）” is
// 统一社会信用代码.
std::string HeaderKey(std::string_view header);

// A CSV with BOM, the headers in one language and one row of examples.
std::string Template(const std::vector<Heading>& headings,
                     base::Language language);

// Which column of a table holds which heading.
struct Binding {
  static constexpr size_t kAbsent = static_cast<size_t>(-1);

  std::vector<size_t> columns;       // by heading; kAbsent
  std::vector<std::string> ignored;  // headers that no heading knows
};

// kInvalidFields, with a kHeaderMissing or kHeaderDuplicate for each heading
// that is wrong.
absl::StatusOr<Binding> Bind(const std::vector<Heading>& headings,
                             const Table& table);

// Reads the cells of one row: calls `set(heading, cell)` for each that is not
// blank. True when nothing was wrong; otherwise adds what was to `errors`.
bool ReadCells(const std::vector<Heading>& headings, const Binding& binding,
               const Table& table, size_t row,
               const std::function<absl::Status(size_t, std::string_view)>& set,
               CellErrors& errors);

template <typename Row>
struct Sheet {
  struct Entry {
    int32_t row_number;  // as Excel numbers it
    Row row;
  };

  std::vector<Entry> rows;  // those without an error, in the file's order
  CellErrors errors;        // in the file's order
  size_t total_rows = 0;    // good and bad
  std::vector<std::string> ignored_columns;
  Encoding encoding = Encoding::kUtf8;
};

// Immutable once built, then thread-safe.
template <typename Row>
class Schema {
 public:
  // `read` is a reader of cells.h or code_cells.h, or any function from a cell
  // to absl::StatusOr<Value>. `put` is a member of Row, or a function of
  // (Row&, Value) that returns nothing or an absl::Status. Neither is called
  // for a blank cell: the field then stays as Row() has it.
  template <typename Reader, typename Put>
  Schema& Required(std::string zh, std::string en, std::string example,
                   Reader read, Put put) {
    return Add({std::move(zh), std::move(en), true, std::move(example)},
               std::move(read), std::move(put));
  }
  template <typename Reader, typename Put>
  Schema& Optional(std::string zh, std::string en, std::string example,
                   Reader read, Put put) {
    return Add({std::move(zh), std::move(en), false, std::move(example)},
               std::move(read), std::move(put));
  }

  const std::vector<Heading>& headings() const { return headings_; }

  // Errors: those of Bind. Wrong cells are in the result.
  absl::StatusOr<Sheet<Row>> Read(const Table& table) const;

 private:
  using Setter = std::function<absl::Status(std::string_view, Row&)>;

  template <typename Reader, typename Put>
  Schema& Add(Heading heading, Reader read, Put put);

  std::vector<Heading> headings_;
  std::vector<Setter> setters_;  // by heading
};

template <typename Row>
template <typename Reader, typename Put>
Schema<Row>& Schema<Row>::Add(Heading heading, Reader read, Put put) {
  headings_.push_back(std::move(heading));
  setters_.push_back([read = std::move(read), put = std::move(put)](
                         std::string_view cell, Row& row) -> absl::Status {
    auto value = read(cell);
    if (!value.ok()) return value.status();
    if constexpr (std::is_member_object_pointer_v<Put>) {
      row.*put = *std::move(value);
    } else if constexpr (std::is_void_v<decltype(put(row,
                                                     *std::move(value)))>) {
      put(row, *std::move(value));
    } else {
      return put(row, *std::move(value));
    }
    return absl::OkStatus();
  });
  return *this;
}

template <typename Row>
absl::StatusOr<Sheet<Row>> Schema<Row>::Read(const Table& table) const {
  absl::StatusOr<Binding> binding = Bind(headings_, table);
  if (!binding.ok()) return binding.status();
  Sheet<Row> sheet;
  sheet.encoding = table.encoding();
  sheet.total_rows = table.row_count();
  sheet.rows.reserve(table.row_count());
  for (size_t i = 0; i < table.row_count(); ++i) {
    Row row{};
    const auto set = [this, &row](size_t heading, std::string_view cell) {
      return setters_[heading](cell, row);
    };
    if (ReadCells(headings_, *binding, table, i, set, sheet.errors)) {
      sheet.rows.push_back({table.RowNumber(i), std::move(row)});
    }
  }
  sheet.ignored_columns = std::move(binding->ignored);
  return sheet;
}

}  // namespace jiedui::sheet
