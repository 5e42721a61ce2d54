#include "services/matcher/domain/notice_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace jiedui::matcher {
namespace {

using testing::ElementsAre;

TEST(NoticeTextsTest, AKindIsFoundByItsStableName) {
  for (const NoticeTemplate& one : NoticeTemplates()) {
    EXPECT_EQ(FindNoticeTemplate(one.name), &one);
    EXPECT_EQ(&TemplateOf(one.kind), &one);
  }
  EXPECT_EQ(FindNoticeTemplate("OFFER"), nullptr);
}

TEST(NoticeTextsTest, BothLanguagesSayTheSame) {
  for (const NoticeTemplate& one : NoticeTemplates()) {
    const auto names = [](std::string_view title, std::string_view body) {
      std::set<std::string> all;
      for (std::string_view text : {title, body}) {
        for (std::string& name : Placeholders(text)) all.insert(name);
      }
      return all;
    };
    EXPECT_EQ(names(one.zh_title, one.zh_body),
              names(one.en_title, one.en_body))
        << one.name;
    EXPECT_FALSE(one.zh_title.empty() || one.zh_body.empty()) << one.name;
  }
}

TEST(NoticeTextsTest, FillsEachLanguageWithItsOwnWords) {
  const NoticeTemplate& declined = TemplateOf(NoticeKind::kOfferDeclined);
  const NoticeArgs args = {
      PlainArg("headline", "荔枝 · 高州"), PlainArg("person", "专家V1"),
      CodeArg("part", "EXPERT"), CodeArg("reason", "NO_TIME")};
  EXPECT_EQ(RenderChinese(declined, args).body(),
            "专家V1 谢绝了“荔枝 · 高州”的邀约（专家）：没有时间。");
  EXPECT_EQ(
      RenderEnglish(declined, args).body(),
      "专家V1 declined the invitation to '荔枝 · 高州' as expert: no time.");
}

TEST(NoticeTextsTest, WhatIsFilledInIsNotFilledAgain) {
  const NoticeTemplate& reminder = TemplateOf(NoticeKind::kOfferReminder);
  const NoticeArgs args = {PlainArg("headline", "{deadline}"),
                           PlainArg("deadline", "2026-12-01 12:00")};
  EXPECT_EQ(RenderChinese(reminder, args).title(), "请答复邀约：{deadline}");
}

TEST(NoticeTextsTest, ACodeWithoutWordsStandsForItself) {
  EXPECT_EQ(CodeArg("reason", "NEW_CODE").zh, "NEW_CODE");
}

TEST(NoticeTextsTest, FindsThePlaceholdersOfAText) {
  EXPECT_THAT(Placeholders("{a} and {b}, {"), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace jiedui::matcher
