#include "common/sheet/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "common/base/error.h"

namespace jiedui::sheet {
namespace {

using base::HasReason;
using base::Reason;
using ::testing::ElementsAre;

std::vector<std::string> Cells(const Table& table, size_t row) {
  std::vector<std::string> cells;
  for (size_t i = 0; i < table.CellCount(row); ++i) {
    cells.emplace_back(table.Cell(row, i));
  }
  return cells;
}

Table Parse(std::string_view bytes) {
  auto table = ParseTable(bytes);
  EXPECT_TRUE(table.ok()) << table.status();
  return *std::move(table);
}

TEST(ParseTable, ReadsHeadersAndRows) {
  const Table table = Parse("编号,标题\r\n1,荔枝\r\n2,龙眼\r\n");
  EXPECT_THAT(table.headers(), ElementsAre("编号", "标题"));
  ASSERT_EQ(table.row_count(), 2u);
  EXPECT_THAT(Cells(table, 0), ElementsAre("1", "荔枝"));
  EXPECT_EQ(table.RowNumber(0), 2);
  EXPECT_THAT(Cells(table, 1), ElementsAre("2", "龙眼"));
  EXPECT_EQ(table.RowNumber(1), 3);
}

TEST(ParseTable, ReadsEveryKindOfLineEnd) {
  for (const char* bytes : {"a,b\n1,2\n3,4", "a,b\r1,2\r3,4\r",
                            "a,b\r\n1,2\r\n3,4\r\n", "a,b\r\n1,2\n3,4\r"}) {
    const Table table = Parse(bytes);
    ASSERT_EQ(table.row_count(), 2u) << bytes;
    EXPECT_EQ(table.RowNumber(1), 3) << bytes;
    EXPECT_THAT(Cells(table, 1), ElementsAre("3", "4")) << bytes;
  }
}

TEST(ParseTable, KeepsQuotedSeparatorsQuotesAndLineBreaks) {
  const Table table =
      Parse("a,b\r\n\"x, \"\"y\"\"\",\"第一行\r\n第二行\n\"\r\n3,4\r\n");
  EXPECT_THAT(Cells(table, 0), ElementsAre("x, \"y\"", "第一行\r\n第二行\n"));
  // As Excel counts: a cell of several lines is one row.
  EXPECT_EQ(table.RowNumber(1), 3);
}

TEST(ParseTable, FindsTheSeparatorInTheHeader) {
  EXPECT_EQ(Parse("a\tb\n1\t2").separator(), '\t');
  EXPECT_EQ(Parse("a;b;\"x,y,z,w\"\n1;2;3").separator(), ';');
  EXPECT_EQ(Parse("only\nx").separator(), ',');
  EXPECT_THAT(Cells(Parse("a;b\n1,5;2"), 0), ElementsAre("1,5", "2"));
}

TEST(ParseTable, ObeysASeparatorLine) {
  const Table table = Parse("sep=;\r\na;b\r\n1;2\r\n");
  EXPECT_THAT(table.headers(), ElementsAre("a", "b"));
  EXPECT_EQ(table.RowNumber(0), 2);
}

TEST(ParseTable, SkipsBlankRowsButCountsThem) {
  const Table table = Parse("\n\na,b\n\n1,2\n,\n 　,\"\"\n3,4\n,,\n\n\n");
  ASSERT_EQ(table.row_count(), 2u);
  EXPECT_EQ(table.RowNumber(0), 5);
  EXPECT_EQ(table.RowNumber(1), 8);
}

TEST(ParseTable, DropsEmptyColumnsAtTheEnd) {
  const Table table = Parse("a,b,,\n1,2,,\n1,,\n");
  EXPECT_THAT(table.headers(), ElementsAre("a", "b"));
  EXPECT_THAT(Cells(table, 0), ElementsAre("1", "2"));
  EXPECT_THAT(Cells(table, 1), ElementsAre("1", ""));
}

TEST(ParseTable, LeavesRowsOfTheWrongShapeToTheReader) {
  const Table table = Parse("a,b\n1\n1,2,3\n");
  EXPECT_EQ(table.CellCount(0), 1u);
  EXPECT_EQ(table.CellCount(1), 3u);
}

TEST(ParseTable, UnwrapsNumbersKeptAsText) {
  EXPECT_THAT(Cells(Parse("a,b\n=\"00123\",\"=\"\"4409\"\"\"\n"), 0),
              ElementsAre("00123", "4409"));
}

TEST(ParseTable, ToleratesStrayQuotationMarks) {
  EXPECT_THAT(Cells(Parse("a,b\n5\" 管,6\n"), 0), ElementsAre("5\" 管", "6"));
}

TEST(ParseTable, NamesTheRowWhoseQuotationMarkIsNeverClosed) {
  const auto table = ParseTable("a,b\n1,2\n\"3,4\n5,6\n");
  ASSERT_TRUE(HasReason(table.status(), Reason::kSheetQuoteOpen));
  EXPECT_EQ(base::Info(table.status())->args.front().second, "3");
}

TEST(ParseTable, RefusesAnEmptyFile) {
  for (const char* bytes : {"", "\n\n", "\xef\xbb\xbf", " , ,\n"}) {
    EXPECT_TRUE(HasReason(ParseTable(bytes).status(), Reason::kSheetEmpty))
        << bytes;
  }
}

TEST(ParseTable, HoldsToItsLimits) {
  const Limits limits{.bytes = 100, .rows = 2, .cell_bytes = 8};
  EXPECT_TRUE(ParseTable("a\n1\n2\n\n\n", limits).ok());
  EXPECT_TRUE(HasReason(ParseTable("a\n1\n2\n3\n", limits).status(),
                        Reason::kTooLarge));
  EXPECT_TRUE(HasReason(ParseTable("a\n123456789\n", limits).status(),
                        Reason::kTooLarge));
  EXPECT_TRUE(HasReason(ParseTable(std::string(101, '\n'), limits).status(),
                        Reason::kTooLarge));
}

TEST(ParseTable, ReadsGb18030AndUtf16) {
  EXPECT_THAT(Parse("\xb1\xe0\xba\xc5,b\n1,2").headers(),
              ElementsAre("编号", "b"));
  using std::string_view_literals::operator""sv;
  const Table table = Parse(
      "\xff\xfe"
      "a\0\t\0b\0\r\0\n\0"
      "1\0\t\0"
      "2\0"sv);
  EXPECT_EQ(table.encoding(), Encoding::kUtf16Le);
  EXPECT_THAT(Cells(table, 0), ElementsAre("1", "2"));
}

TEST(ParseTable, NeverCrashesOnRandomBytes) {
  static constexpr std::string_view kBytes = "\"\",\t;\r\n=a \xb1\xe0\xff";
  std::mt19937 random(4754);
  size_t parsed = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes;
    for (size_t n = random() % 40; n > 0; --n) {
      bytes += kBytes[random() % kBytes.size()];
    }
    const auto table = ParseTable(bytes);
    if (!table.ok()) continue;
    ++parsed;
    for (size_t row = 0; row < table->row_count(); ++row) Cells(*table, row);
  }
  EXPECT_GT(parsed, 100u);
}

}  // namespace
}  // namespace jiedui::sheet
