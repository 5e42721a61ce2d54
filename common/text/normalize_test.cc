#include "common/text/normalize.h"

#include <gtest/gtest.h>

#include <string>

namespace jiedui::text {
namespace {

TEST(Normalize, MakesFullWidthAndCaseVariantsEqual) {
  EXPECT_EQ(Normalize("ＬＥＤ　１２３"), "led 123");
  EXPECT_EQ(Normalize("Led 123"), "led 123");
  EXPECT_EQ(Normalize("25℃"), Normalize("25°C"));
  EXPECT_EQ(Normalize("（荔枝）"), "(荔枝)");
}

TEST(Normalize, TrimsAndCollapsesEveryKindOfWhiteSpace) {
  EXPECT_EQ(Normalize("\u3000 荔枝\u00a0\t\r\n保鲜  "), "荔枝 保鲜");
  EXPECT_EQ(Normalize(" \u3000\n"), "");
}

TEST(Normalize, DropsWhatCannotBeSeen) {
  EXPECT_EQ(Normalize("荔\u200b枝\ufeff"), "荔枝");
}

TEST(Normalize, KeepsIllFormedBytes) {
  EXPECT_EQ(Normalize("荔\xff枝"), "荔\xff枝");
}

TEST(Blank, SeesThroughEveryKindOfWhiteSpace) {
  EXPECT_TRUE(Blank("\u3000\u00a0 \t\ufeff"));
  EXPECT_TRUE(Blank(""));
  EXPECT_FALSE(Blank("\u3000荔"));
  EXPECT_FALSE(Blank("\xff"));
}

TEST(Tidy, KeepsCharactersAsWritten) {
  EXPECT_EQ(Tidy("\u3000ＬＥＤ  灯\n\n补光\t"), "ＬＥＤ 灯 补光");
  EXPECT_EQ(Tidy("a\x01"
                 "b"),
            "a b");
}

TEST(TidyLines, KeepsLineBreaks) {
  EXPECT_EQ(TidyLines(" 第一段 \r\n\r\n 第二段  完\n"), "第一段\n第二段 完");
}

TEST(ValidUtf8, AcceptsAllLengths) {
  EXPECT_TRUE(ValidUtf8(""));
  EXPECT_TRUE(ValidUtf8("abcdefghijklmnop"));
  EXPECT_TRUE(ValidUtf8("é荔𠮷"));
}

TEST(ValidUtf8, RefusesOverlongSurrogateTooHighAndCutOff) {
  EXPECT_FALSE(ValidUtf8("\xc0\x80"));
  EXPECT_FALSE(ValidUtf8("\xed\xa0\x80"));
  EXPECT_FALSE(ValidUtf8("\xf4\x90\x80\x80"));
  EXPECT_FALSE(ValidUtf8("荔\xe6\x9e"));
}

TEST(FirstBadUtf8, NamesTheByte) {
  EXPECT_EQ(FirstBadUtf8("0123456789荔\xff枝"), 13u);
  EXPECT_EQ(FirstBadUtf8("荔枝"), 6u);
}

TEST(Utf8Length, CountsCodePoints) {
  EXPECT_EQ(Utf8Length("荔枝ab𠮷"), 5);
  EXPECT_EQ(Utf8Length(""), 0);
}

TEST(DisplayWidth, CountsColumnsOfATerminal) {
  EXPECT_EQ(DisplayWidth("荔枝ab"), 6);
  EXPECT_EQ(DisplayWidth("（Ａ）"), 6);
  EXPECT_EQ(DisplayWidth("e\u0301\u200b"), 1);
}

TEST(Shorten, MarksWhatWasLeftOff) {
  EXPECT_EQ(Shorten("荔枝保鲜", 2), "荔枝…");
  EXPECT_EQ(Shorten("荔枝", 2), "荔枝");
}

}  // namespace
}  // namespace jiedui::text
