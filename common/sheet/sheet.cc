#include "common/sheet/sheet.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/text/normalize.h"

namespace jiedui::sheet {

using base::MakeError;
using base::Reason;

namespace {

// How much is parsed between two looks at whether it has gone wrong.
constexpr size_t kStep = 64 << 10;

absl::Status TooLarge(std::string what, size_t size, size_t limit) {
  return MakeError(Reason::kTooLarge, {{"what", std::move(what)},
                                       {"size", absl::StrCat(size)},
                                       {"limit", absl::StrCat(limit)}});
}

// Takes a first line “sep=;” off `text`; 0 when there is none.
char TakeSeparatorLine(std::string_view& text) {
  constexpr std::string_view kPrefix = "sep=";
  if (!text.starts_with(kPrefix) || text.size() < kPrefix.size() + 2) return 0;
  const char separator = text[kPrefix.size()];
  const std::string_view rest = text.substr(kPrefix.size() + 1);
  if (rest.front() != '\r' && rest.front() != '\n') return 0;
  text = rest.substr(rest.starts_with("\r\n") ? 2 : 1);
  return separator;
}

// The separator of which the first line with anything in it has most outside
// quotation marks; of equals the first of , tab ;
char DetectSeparator(std::string_view text) {
  constexpr std::string_view kSeparators = ",\t;";
  std::array<size_t, kSeparators.size()> counts{};
  bool quoted = false;
  bool blank = true;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if ((c == '\n' || c == '\r') && !blank) break;
    const size_t which = kSeparators.find(c);
    if (which != kSeparators.npos) ++counts[which];
    blank = blank && (c == '\n' || c == '\r');
  }
  return kSeparators[std::max_element(counts.begin(), counts.end()) -
                     counts.begin()];
}

// ="00123" → 00123: how some programs keep Excel from making it a number.
std::string_view WithoutTextFormula(std::string_view cell) {
  if (cell.size() < 3 || !cell.starts_with("=\"") || !cell.ends_with('"')) {
    return cell;
  }
  return cell.substr(2, cell.size() - 3);
}

}  // namespace

// Fills a Table from libcsv's callbacks.
class TableBuilder {
 public:
  TableBuilder(const Limits& limits, Encoding encoding, char separator)
      : limits_(limits) {
    table_.encoding_ = encoding;
    table_.separator_ = separator;
  }

  absl::Status Parse(std::string_view text);
  absl::StatusOr<Table> Finish();

 private:
  static void OnCell(void* bytes, size_t size, void* self) {
    static_cast<TableBuilder*>(self)->AddCell(
        {static_cast<const char*>(bytes), size});
  }
  static void OnRow(int terminator, void* self) {
    static_cast<TableBuilder*>(self)->EndLine(terminator);
  }

  void AddCell(std::string_view cell);
  void EndLine(int terminator);
  void EndRow();
  bool RowIsBlank() const;
  void DropRow();
  void TakeHeaders();

  const Limits limits_;
  Table table_;
  absl::Status status_;
  size_t row_begin_ = 0;  // first cell of the row being read
  int32_t row_number_ = 1;
  bool after_return_ = false;  // the \n of \r\n ends no row of its own
};

absl::Status TableBuilder::Parse(std::string_view text) {
  csv_parser parser;
  if (csv_init(&parser, CSV_REPALL_NL) != 0) {
    return MakeError(Reason::kInternal, {{"detail", "csv_init"}});
  }
  csv_set_delim(&parser, table_.separator_);
  for (size_t at = 0; at < text.size() && status_.ok(); at += kStep) {
    const std::string_view step = text.substr(at, kStep);
    if (csv_parse(&parser, step.data(), step.size(), OnCell, OnRow, this) !=
        step.size()) {
      status_ = MakeError(Reason::kInternal,
                          {{"detail", csv_strerror(csv_error(&parser))}});
    }
  }
  if (status_.ok()) {
    // Lenient with stray quotation marks up to here; but one that is still open
    // has swallowed what follows it.
    csv_set_opts(&parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&parser, OnCell, OnRow, this) != 0) {
      status_ = MakeError(Reason::kSheetQuoteOpen,
                          {{"row", absl::StrCat(row_number_)}});
    }
  }
  csv_free(&parser);
  return status_;
}

absl::StatusOr<Table> TableBuilder::Finish() {
  if (table_.headers_.empty()) return MakeError(Reason::kSheetEmpty);
  return std::move(table_);
}

void TableBuilder::AddCell(std::string_view cell) {
  after_return_ = false;
  if (!status_.ok()) return;
  if (cell.size() > limits_.cell_bytes) {
    status_ = TooLarge(absl::StrCat("第 ", row_number_,
                                    " 行的单元格 (a cell of "
                                    "row ",
                                    row_number_, ")"),
                       cell.size(), limits_.cell_bytes);
    return;
  }
  table_.text_.append(WithoutTextFormula(cell));
  table_.cell_ends_.push_back(static_cast<uint32_t>(table_.text_.size()));
}

void TableBuilder::EndLine(int terminator) {
  const bool same_line_end = terminator == '\n' && after_return_;
  after_return_ = terminator == '\r';
  if (!status_.ok() || same_line_end) return;
  EndRow();
  ++row_number_;
}

void TableBuilder::EndRow() {
  if (RowIsBlank()) {
    DropRow();
  } else if (table_.headers_.empty()) {
    TakeHeaders();
  } else if (table_.rows_.size() == limits_.rows) {
    status_ = TooLarge("表格行数 (rows of the sheet)", limits_.rows + 1,
                       limits_.rows);
  } else {
    size_t cells = table_.cell_ends_.size() - row_begin_;
    while (cells > table_.headers_.size() &&
           text::Blank(table_.CellAt(row_begin_ + cells - 1))) {
      --cells;
    }
    table_.rows_.push_back({row_number_, static_cast<uint32_t>(row_begin_),
                            static_cast<uint32_t>(cells)});
    row_begin_ = table_.cell_ends_.size();
  }
}

bool TableBuilder::RowIsBlank() const {
  for (size_t i = row_begin_; i < table_.cell_ends_.size(); ++i) {
    if (!text::Blank(table_.CellAt(i))) return false;
  }
  return true;
}

void TableBuilder::DropRow() {
  table_.cell_ends_.resize(row_begin_);
  table_.text_.resize(row_begin_ == 0 ? 0 : table_.cell_ends_.back());
}

void TableBuilder::TakeHeaders() {
  for (size_t i = row_begin_; i < table_.cell_ends_.size(); ++i) {
    table_.headers_.push_back(text::Tidy(table_.CellAt(i)));
  }
  while (table_.headers_.back().empty()) table_.headers_.pop_back();
  DropRow();
}

absl::StatusOr<Table> ParseTable(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.bytes) {
    return TooLarge("表格文件字节数 (bytes of the sheet)", bytes.size(),
                    limits.bytes);
  }
  const absl::StatusOr<Decoded> decoded = Decode(bytes);
  if (!decoded.ok()) return decoded.status();
  std::string_view text = decoded->text;
  char separator = TakeSeparatorLine(text);
  if (separator == 0) separator = DetectSeparator(text);
  TableBuilder builder(limits, decoded->encoding, separator);
  RETURN_IF_ERROR(builder.Parse(text));
  return builder.Finish();
}

}  // namespace jiedui::sheet
