// Any bytes as a sheet, read by a schema with one column of each kind.
#include <cstdint>
#include <string>
#include <string_view>

#include "common/sheet/cells.h"
#include "common/sheet/code_cells.h"
#include "common/sheet/columns.h"
#include "common/sheet/sheet.h"
#include "tests/fuzz/expect.h"

namespace jiedui {
namespace {

struct Row {
  int cells = 0;
};

// Reads a value and only counts it.
struct Count {
  template <typename Value>
  void operator()(Row& row, const Value&) const {
    ++row.cells;
  }
};

const sheet::Schema<Row>& AllKinds() {
  static const auto* const schema = new auto(
      sheet::Schema<Row>()
          .Required("编号", "id", "A-1", sheet::Text{.max = 40}, Count{})
          .Optional("描述", "lines", "x", sheet::Lines{}, Count{})
          .Optional("数量", "integer", "5", sheet::Integer{}, Count{})
          .Optional("金额", "decimal", "1.5", sheet::Decimal{}, Count{})
          .Optional("日期", "date", "2026-03-01", sheet::Date{}, Count{})
          .Optional("是否", "yes_no", "是", sheet::YesNo{}, Count{})
          .Optional("电话", "phone", "13800138000", sheet::Phone{}, Count{})
          .Optional("代码", "credit", "x", sheet::CreditCode{}, Count{})
          .Optional("列表", "list", "粤;客",
                    sheet::ListOf<sheet::Text>{{.max = 10}}, Count{})
          .Optional("名目", "names", "农、林",
                    sheet::NamesOf<sheet::Text>{{.max = 10}}, Count{}));
  return *schema;
}

void ReadSheet(std::string_view bytes) {
  const auto table = sheet::ParseTable(
      bytes, {.bytes = 1 << 20, .rows = 10'000, .cell_bytes = 4096});
  if (!table.ok()) {
    FUZZ_EXPECT(base::Info(table.status()).has_value());
    return;
  }
  FUZZ_EXPECT(!table->headers().empty());
  int32_t row_before = 0;
  for (size_t row = 0; row < table->row_count(); ++row) {
    FUZZ_EXPECT(table->RowNumber(row) > row_before);
    row_before = table->RowNumber(row);
    for (size_t cell = 0; cell < table->CellCount(row); ++cell) {
      FUZZ_EXPECT(table->Cell(row, cell).size() <= 4096);
    }
  }
  const auto sheet = AllKinds().Read(*table);
  if (!sheet.ok()) return;
  FUZZ_EXPECT(sheet->total_rows == table->row_count());
  FUZZ_EXPECT(sheet->rows.size() + sheet->errors.count() >= sheet->total_rows);
  for (const sheet::CellError& error : sheet->errors.list()) {
    FUZZ_EXPECT(!error.Message(base::Language::kChinese).empty());
    FUZZ_EXPECT(!error.Message(base::Language::kEnglish).empty());
  }
}

}  // namespace
}  // namespace jiedui

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  jiedui::ReadSheet({reinterpret_cast<const char*>(data), size});
  return 0;
}
