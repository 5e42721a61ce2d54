#include "common/sheet/columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/sheet/cells.h"

namespace jiedui::sheet {
namespace {

using base::Language;
using base::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Team {
  std::string id;
  std::string name;
  int64_t capacity = 2;
  std::vector<std::string> subjects;
};

const Schema<Team>& Teams() {
  static const auto* const schema = new auto(
      Schema<Team>()
          .Required("编号", "external_id", "T-001", Text{.max = 10}, &Team::id)
          .Required("名称", "name", "荔枝,“妃子笑”队", Text{}, &Team::name)
          .Optional("容量", "capacity", "2", Integer{.min = 1, .max = 4},
                    &Team::capacity)
          .Optional("学科", "subjects", "21040", ListOf{Text{}},
                    [](Team& team, std::vector<std::string> subjects) {
                      if (subjects.front() == "x") {
                        return base::MakeError(
                            Reason::kUnknownCode,
                            {{"value", "x"}, {"system", "GB/T 13745"}});
                      }
                      team.subjects = std::move(subjects);
                      return absl::OkStatus();
                    }));
  return *schema;
}

absl::StatusOr<Sheet<Team>> ReadTeams(std::string_view bytes) {
  const auto table = ParseTable(bytes);
  if (!table.ok()) return table.status();
  return Teams().Read(*table);
}

TEST(Schema, ReadsRowsIntoFields) {
  const auto sheet = ReadTeams("编号,名称,容量,学科\nT1,一队,3,a;b\n");
  ASSERT_TRUE(sheet.ok()) << sheet.status();
  ASSERT_EQ(sheet->rows.size(), 1u);
  const Team& team = sheet->rows[0].row;
  EXPECT_EQ(sheet->rows[0].row_number, 2);
  EXPECT_EQ(team.id, "T1");
  EXPECT_EQ(team.name, "一队");
  EXPECT_EQ(team.capacity, 3);
  EXPECT_THAT(team.subjects, ElementsAre("a", "b"));
}

TEST(Schema, KnowsHeadersInEitherLanguageAndAnyOrder) {
  const auto sheet =
      ReadTeams("Capacity,名　称（全称）,备注,EXTERNAL ID *\n3,一队,无,T1\n");
  ASSERT_TRUE(sheet.ok()) << sheet.status();
  ASSERT_EQ(sheet->rows.size(), 1u);
  EXPECT_EQ(sheet->rows[0].row.id, "T1");
  EXPECT_EQ(sheet->rows[0].row.capacity, 3);
  EXPECT_THAT(sheet->ignored_columns, ElementsAre("备注"));
}

TEST(Schema, LeavesBlankOptionalCellsAtTheirDefault) {
  const auto sheet = ReadTeams("编号,名称,容量\nT1,一队,　\n");
  ASSERT_TRUE(sheet.ok());
  EXPECT_THAT(sheet->errors.list(), IsEmpty());
  EXPECT_EQ(sheet->rows[0].row.capacity, 2);
}

TEST(Schema, TellsEveryBadCellAndKeepsTheGoodRows) {
  const auto sheet =
      ReadTeams("编号,名称,容量,学科\nT1,,9,a\nT2,二队,1,b\nT3,三队,x,x\n");
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->total_rows, 3u);
  ASSERT_EQ(sheet->rows.size(), 1u);
  EXPECT_EQ(sheet->rows[0].row.id, "T2");
  const std::vector<CellError>& errors = sheet->errors.list();
  ASSERT_EQ(errors.size(), 4u);
  EXPECT_EQ(errors[0].row, 2);
  EXPECT_EQ(errors[0].column, "名称");
  EXPECT_EQ(errors[0].reason, Reason::kFieldRequired);
  EXPECT_EQ(errors[1].column, "容量");
  EXPECT_EQ(errors[1].value, "9");
  EXPECT_EQ(errors[1].reason, Reason::kValueOutOfRange);
  EXPECT_EQ(errors[2].row, 4);
  EXPECT_EQ(errors[2].reason, Reason::kFieldMalformed);
  EXPECT_EQ(errors[3].reason, Reason::kUnknownCode);
}

TEST(Schema, NamesTheColumnInBothLanguagesMessages) {
  const auto sheet = ReadTeams("编号,名称,容量\nT1,一队,9\n");
  ASSERT_EQ(sheet->errors.count(), 1u);
  const CellError& error = sheet->errors.list()[0];
  EXPECT_THAT(error.Message(Language::kChinese),
              HasSubstr("容量 的值 9 超出范围：应在 1 与 4 之间"));
  EXPECT_THAT(error.Message(Language::kEnglish), HasSubstr("容量 is 9"));
}

TEST(Schema, TellsRowsWithTooFewOrTooManyCells) {
  const auto sheet = ReadTeams("编号,名称\nT1\nT2,二队,多\nT3,三队,\n");
  ASSERT_TRUE(sheet.ok());
  ASSERT_EQ(sheet->errors.count(), 2u);
  EXPECT_EQ(sheet->errors.list()[0].reason, Reason::kRowShape);
  EXPECT_EQ(sheet->errors.list()[0].row, 2);
  EXPECT_EQ(sheet->errors.list()[1].row, 3);
  EXPECT_EQ(sheet->rows.size(), 1u);
}

TEST(Schema, TellsWhatExcelPutInPlaceOfAValue) {
  const auto sheet = ReadTeams("编号,名称,容量\nT1,#N/A,########\n");
  ASSERT_EQ(sheet->errors.count(), 2u);
  EXPECT_EQ(sheet->errors.list()[0].reason, Reason::kCellFormula);
  EXPECT_EQ(sheet->errors.list()[1].reason, Reason::kCellTooNarrow);
}

TEST(Schema, RefusesMissingAndDuplicateHeadersAllAtOnce) {
  const auto sheet = ReadTeams("编号,容量,capacity\nT1,1,2\n");
  const auto info = base::Info(sheet.status());
  ASSERT_TRUE(info);
  ASSERT_EQ(info->violations.size(), 2u);
  EXPECT_EQ(info->violations[0].field, "名称");
  EXPECT_EQ(info->violations[0].reason, Reason::kHeaderMissing);
  EXPECT_EQ(info->violations[1].field, "容量");
  EXPECT_EQ(info->violations[1].reason, Reason::kHeaderDuplicate);
}

TEST(Schema, CountsErrorsBeyondThoseItKeeps) {
  std::string bytes = "编号,名称,容量\n";
  for (int i = 0; i < 1500; ++i) absl::StrAppend(&bytes, "T", i, ",队,x\n");
  const auto sheet = ReadTeams(bytes);
  EXPECT_EQ(sheet->errors.list().size(), CellErrors::kKept);
  EXPECT_EQ(sheet->errors.count(), 1500u);
  EXPECT_THAT(sheet->rows, IsEmpty());
}

TEST(Template, IsReadBackByItsOwnSchema) {
  for (const Language language : {Language::kChinese, Language::kEnglish}) {
    const std::string bytes = Template(Teams().headings(), language);
    EXPECT_THAT(bytes, StartsWith("\xef\xbb\xbf"));
    const auto sheet = ReadTeams(bytes);
    ASSERT_TRUE(sheet.ok()) << sheet.status();
    EXPECT_THAT(sheet->errors.list(), IsEmpty());
    EXPECT_THAT(sheet->ignored_columns, IsEmpty());
    ASSERT_EQ(sheet->rows.size(), 1u);
    EXPECT_EQ(sheet->rows[0].row.name, "荔枝,“妃子笑”队");
  }
}

TEST(HeaderKey, DropsNotesAndMarks) {
  EXPECT_EQ(HeaderKey("统一社会信用代码 *（18 位）"), "统一社会信用代码");
  EXPECT_EQ(HeaderKey("Credit Code"), HeaderKey("credit_code"));
}

TEST(ErrorOfCell, ReportsAForeignStatusAsInternal) {
  const CellError error =
      ErrorOfCell(7, "标题", "v", absl::UnknownError("boom"));
  EXPECT_EQ(error.reason, Reason::kInternal);
  EXPECT_THAT(error.Message(Language::kChinese), HasSubstr("boom"));
}

}  // namespace
}  // namespace jiedui::sheet
