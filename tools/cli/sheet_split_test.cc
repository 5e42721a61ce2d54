#include "tools/cli/sheet_split.h"

#include "gtest/gtest.h"

namespace jiedui::cli {
namespace {

// The rows of all parts one after another, headers left out.
std::string Joined(const std::vector<SheetPart>& parts,
                   const std::string& header) {
  std::string joined = header;
  for (const SheetPart& part : parts) {
    EXPECT_TRUE(part.content.starts_with(header));
    joined += part.content.substr(header.size());
  }
  return joined;
}

TEST(SplitSheet, ASmallSheetIsOnePartWhateverItHolds) {
  const auto parts = SplitSheet("\"open", 100);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 1u);
  EXPECT_EQ((*parts)[0].content, "\"open");
}

TEST(SplitSheet, EveryPartHasTheHeaderAndNothingIsLost) {
  const std::string header = "编号,标题\n";
  std::string sheet = header;
  for (int i = 0; i < 200; ++i) sheet += std::to_string(i) + ",荔枝保鲜\n";
  const auto parts = SplitSheet(sheet, 300);
  ASSERT_TRUE(parts);
  EXPECT_GT(parts->size(), 10u);
  EXPECT_EQ(Joined(*parts, header), sheet);
  for (const SheetPart& part : *parts) EXPECT_LE(part.content.size(), 300u);
}

TEST(SplitSheet, ALineBreakInQuotationMarksIsNoRowsEnd) {
  const std::string header = "a,b\n";
  const std::string row = "1,\"line\n\"\"two\"\"\nthree\"\n";
  const auto parts = SplitSheet(header + row + row + row, 2 * row.size());
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 3u);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ((*parts)[i].content, header + row);
    EXPECT_EQ((*parts)[i].rows_before, i);
  }
}

TEST(SplitSheet, ALastRowWithoutLineBreakIsKept) {
  const auto parts = SplitSheet("h\n11\n22\n33", 5);
  ASSERT_TRUE(parts);
  EXPECT_EQ(Joined(*parts, "h\n"), "h\n11\n22\n33");
}

TEST(SplitSheet, ARowLargerThanTheLimitCannotBeSent) {
  EXPECT_FALSE(SplitSheet("h\n" + std::string(50, 'x') + "\n1\n", 40));
}

TEST(SplitSheet, Utf16IsNotCutThroughItsCharacters) {
  EXPECT_FALSE(SplitSheet("\xFF\xFE" + std::string(50, '\n'), 10));
}

}  // namespace
}  // namespace jiedui::cli
