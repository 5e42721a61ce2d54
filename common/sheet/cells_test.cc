#include "common/sheet/cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::sheet {
namespace {

using base::HasReason;
using base::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

template <typename Value>
void ExpectFault(const absl::StatusOr<Value>& value, Reason reason) {
  EXPECT_TRUE(HasReason(value.status(), reason)) << value.status();
}

TEST(Text, TidiesAndCountsCharacters) {
  EXPECT_EQ(*Text{.max = 4}(" 荔枝\n 保　"), "荔枝 保");
  ExpectFault(Text{.max = 3}("荔枝 保"), Reason::kFieldTooLong);
  ExpectFault(Text{.min = 8, .max = 40}("荔枝"), Reason::kFieldMalformed);
}

TEST(Lines, KeepsParagraphs) { EXPECT_EQ(*Lines{}("一 \r\n 二"), "一\n二"); }

TEST(Integer, ReadsWhatPeopleType) {
  EXPECT_EQ(*Integer{}("１２"), 12);
  EXPECT_EQ(*Integer{}(" -1,200 "), -1200);
  EXPECT_EQ(*Integer{}("3.0"), 3);
  EXPECT_EQ(*Integer{}("−5"), -5);
}

TEST(Integer, RefusesWhatIsNone) {
  for (const char* cell :
       {"", "x", "1.5", "1,20", ",100", "12 个", "--1", "35%", ".", "1..2"}) {
    ExpectFault(Integer{}(cell), Reason::kFieldMalformed);
  }
  ExpectFault(Integer{}("99999999999999999999"), Reason::kValueOutOfRange);
  ExpectFault(Integer{.min = 0, .max = 6}("7"), Reason::kValueOutOfRange);
  ExpectFault(Integer{}("4.40981E+11"), Reason::kCellScientific);
}

TEST(Decimal, ScalesExactly) {
  EXPECT_EQ(*Decimal{.decimals = 3}("12.5"), 12'500);
  EXPECT_EQ(*Decimal{.decimals = 3}("-0.001"), -1);
  EXPECT_EQ(*Decimal{.decimals = 3}("0.5000"), 500);
  EXPECT_EQ(*Decimal{.decimals = 0}("7"), 7);
}

TEST(Decimal, RoundsNothingInSilence) {
  ExpectFault(Decimal{.decimals = 3}("0.0001"), Reason::kFieldMalformed);
  ExpectFault(Decimal{}("35%"), Reason::kFieldMalformed);
}

TEST(Decimal, ShowsItsRangeAsPeopleWriteIt) {
  const auto value = Decimal{.decimals = 3, .min = -500, .max = 2'000}("2.001");
  ExpectFault(value, Reason::kValueOutOfRange);
  EXPECT_THAT(value.status().message(), HasSubstr("-0.5"));
  EXPECT_THAT(value.status().message(), HasSubstr("与 2 之间"));
}

TEST(Date, ReadsTheFormsExcelWrites) {
  const absl::CivilDay day(2026, 3, 1);
  for (const char* cell :
       {"2026-03-01", "2026/3/1", "2026.3.1", "2026年3月1日", "２０２６-3-1",
        "20260301", "2026/3/1 0:00", "2026-03-01T00:00:00", "46082"}) {
    const auto value = Date{}(cell);
    ASSERT_TRUE(value.ok()) << cell;
    EXPECT_EQ(*value, day) << cell;
  }
}

TEST(Date, RefusesDaysThatAreNone) {
  for (const char* cell : {"2026-02-30", "2026-13-01", "26/3/1", "2026-3",
                           "3月1日", "明天", "2026-03-01 上午", "1/2/3/4"}) {
    ExpectFault(Date{}(cell), Reason::kFieldMalformed);
  }
  ExpectFault(Date{}("1899-12-31"), Reason::kValueOutOfRange);
}

TEST(YesNo, ReadsBothLanguagesAndMarks) {
  for (const char* cell : {"是", " Yes ", "Y", "TRUE", "1", "√", "１"}) {
    EXPECT_TRUE(*YesNo{}(cell)) << cell;
  }
  for (const char* cell : {"否", "no", "N", "False", "0", "×"}) {
    EXPECT_FALSE(*YesNo{}(cell)) << cell;
  }
  ExpectFault(YesNo{}("也许"), Reason::kUnknownValue);
}

enum class Tier { kProvince, kCity };

TEST(Choice, KnowsAWordByAnyOfItsNames) {
  const Choice<Tier> tier(
      {{Tier::kProvince, {"省", "PROVINCE"}}, {Tier::kCity, {"市", "CITY"}}});
  EXPECT_EQ(*tier("市"), Tier::kCity);
  EXPECT_EQ(*tier(" province "), Tier::kProvince);
  const auto unknown = tier("国");
  ExpectFault(unknown, Reason::kUnknownValue);
  EXPECT_THAT(unknown.status().message(), HasSubstr("省、市"));
}

TEST(Phone, MakesNumbersDigits) {
  EXPECT_EQ(*Phone{}("199 0000-1234"), "19900001234");
  EXPECT_EQ(*Phone{}("+86 19900001234"), "19900001234");
  EXPECT_EQ(*Phone{}("（0668）6668888"), "06686668888");
  EXPECT_EQ(*Phone{}("+852 2123 4567"), "85221234567");
  EXPECT_EQ(*Phone{}("400-800-1234"), "4008001234");
}

TEST(Phone, RefusesWhatCannotBeRung) {
  for (const char* cell :
       {"12345", "19900001234转8", "1990000123", "+", "11000000000", "无"}) {
    ExpectFault(Phone{}(cell), Reason::kFieldMalformed);
  }
  ExpectFault(Phone{}("1.99E+10"), Reason::kCellScientific);
}

TEST(CreditCode, ChecksTheLastCharacter) {
  EXPECT_EQ(*CreditCode{}(" 91350100m000100y43 "), "91350100M000100Y43");
  ExpectFault(CreditCode{}("91350100M000100Y44"), Reason::kBadCreditCode);
  ExpectFault(CreditCode{}("9.1E+17"), Reason::kCellScientific);
}

TEST(ListOf, SplitsAtEverySeparatorInUse) {
  EXPECT_THAT(*ListOf{Text{}}("粤;客；潮、普|英｜法,德，日; ;"),
              ElementsAre("粤", "客", "潮", "普", "英", "法", "德", "日"));
  ExpectFault(ListOf{Text{}, 2}("a;b;c"), Reason::kTooManyItems);
  ExpectFault(ListOf{Integer{}}("1;x"), Reason::kFieldMalformed);
}

TEST(NamesOf, DoesNotCutANameThatHasASeparatorInIt) {
  const Choice<int> industry({{1, {"农、林、牧、渔业"}}, {2, {"畜牧业"}}});
  EXPECT_THAT(*NamesOf{industry}("农、林、牧、渔业；畜牧业"),
              ElementsAre(1, 2));
  EXPECT_THAT(*NamesOf{industry}("畜牧业、畜牧业"), ElementsAre(2, 2));
  ExpectFault(NamesOf{industry}("畜牧业、林业"), Reason::kUnknownValue);
}

TEST(Graded, ReadsTheGradeAfterAColon) {
  EXPECT_THAT(*Graded{Text{}}("21045：4"), Pair("21045", 4));
  EXPECT_THAT(*Graded{Text{}}("21045"), Pair("21045", 3));
  ExpectFault(Graded{Text{}}("21045:6"), Reason::kValueOutOfRange);
  ExpectFault(Graded{Text{}}("21045:4:1"), Reason::kFieldMalformed);
  EXPECT_THAT(*ListOf{Graded{Text{}}}("a:5;b:4"),
              ElementsAre(Pair("a", 5), Pair("b", 4)));
}

TEST(AnyReader, ShowsALongValueShortened) {
  std::string cell;
  for (int i = 0; i < 100; ++i) cell += "荔枝";
  const auto value = Integer{}(cell);
  EXPECT_LT(value.status().message().size(), 400u);
  EXPECT_THAT(value.status().message(), HasSubstr("…"));
}

}  // namespace
}  // namespace jiedui::sheet
