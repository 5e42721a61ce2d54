#include "tools/cli/question_page.h"

#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"

namespace jiedui::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

template <typename Message>
Message Parsed(const char* text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

constexpr char kComparison[] = R"pb(
  levels { name: "unmet_critical" before: 3 after: 1 }
  levels { name: "quality" before: 1000000 after: 900000 }
  points_before: 2000000
  points_after: 2100000
  demands_before: 9
  demands_after: 9
  served_before: 6
  served_after: 8
  gaps_before: 4
  gaps_after: 4
  newly_served: 2
  other_expert: 1
)pb";

constexpr char kChange[] = R"pb(
  demand: "demands/D00000007"
  demand_title: "荔枝采后保鲜"
  kind: KIND_NEWLY_SERVED
  parts {
    kind: PART_KIND_EXPERT
    after { resource: "volunteers/V00000012" display_name: "陈荔" }
  }
  points_after: 211998
)pb";

TEST(ComparisonPage, ShowsEveryLevelAndWhatChanges) {
  const std::string page = RenderComparison(
      Parsed<matcher::v1::Comparison>(kComparison),
      {Parsed<matcher::v1::DemandChange>(kChange)}, Language::kChinese);
  EXPECT_THAT(page, HasSubstr("未满足的特急需求"));
  EXPECT_THAT(page, HasSubstr("-2"));
  EXPECT_THAT(page, HasSubstr("-10.0000"));
  EXPECT_THAT(page, HasSubstr("+10.0000"));
  EXPECT_THAT(page, HasSubstr("新获服务 2, 换专家 1"));
  EXPECT_THAT(page, HasSubstr("专家 — → 陈荔"));
  EXPECT_THAT(page, HasSubstr("+21.1998"));
}

TEST(ComparisonPage, PutsWhatMattersFirstAndTheRestInANumber) {
  auto change = Parsed<matcher::v1::DemandChange>(R"pb(
    kind: KIND_OTHER_PARTS
    parts {
      kind: PART_KIND_TALENTS
      before { resource: "volunteers/V1" display_name: "甲" }
      before { resource: "volunteers/V2" display_name: "乙" }
      after { resource: "volunteers/V3" display_name: "丙" }
      after { resource: "volunteers/V1" display_name: "甲" }
    }
  )pb");
  Changes changes(50, change);
  for (size_t i = 0; i < changes.size(); ++i) {
    changes[i].set_demand("demands/D" + std::to_string(i));
    changes[i].set_points_after(static_cast<int64_t>(i));
  }
  changes[7].set_kind(matcher::v1::DemandChange::KIND_NO_LONGER_SERVED);
  const std::string page =
      RenderComparison(matcher::v1::Comparison(), changes, Language::kEnglish);
  EXPECT_THAT(page, HasSubstr("talents 乙 → 丙"));
  EXPECT_LT(page.find("demands/D7 "), page.find("demands/D49 "));
  EXPECT_LT(page.find("demands/D49 "), page.find("demands/D48 "));
  EXPECT_THAT(page, Not(HasSubstr("demands/D0 ")));
  EXPECT_THAT(page, HasSubstr("10 more demands change"));
}

TEST(ComparisonPage, SaysWhenNothingChanges) {
  const std::string page =
      RenderComparison(matcher::v1::Comparison(), {}, Language::kEnglish);
  EXPECT_THAT(page, HasSubstr("no demand's pairing changes"));
}

TEST(WhyNotPage, NamesWhatBars) {
  const auto result = Parsed<matcher::v1::WhyNotResult>(R"pb(
    demand: "demands/D00000007"
    part: PART_KIND_EXPERT
    resource { resource: "volunteers/V00000012" display_name: "陈荔" }
    verdict: VERDICT_BARRED
    constraints { constraint: CONSTRAINT_SUBJECT detail: "需求属果树学" }
    constraints { constraint: CONSTRAINT_CAPACITY detail: "已用完" }
  )pb");
  const std::string page = RenderWhyNot(result, {}, Language::kChinese);
  EXPECT_THAT(page, HasSubstr("须同时放宽 2 个条件"));
  EXPECT_THAT(page, HasSubstr("专业不对口 — 需求属果树学"));
  EXPECT_THAT(page, Not(HasSubstr("可以配")));
}

TEST(WhyNotPage, ShowsThePriceOfASwap) {
  auto result = Parsed<matcher::v1::WhyNotResult>(R"pb(
    verdict: VERDICT_POSSIBLE
    points: 180000
    proposed { resource: "volunteers/V00000013" display_name: "李果" }
    proposed_points: 200000
  )pb");
  *result.mutable_comparison() = Parsed<matcher::v1::Comparison>(kComparison);
  const std::string page = RenderWhyNot(result, {}, Language::kEnglish);
  EXPECT_THAT(page, HasSubstr("18.0000 points"));
  EXPECT_THAT(page, HasSubstr("李果 (V00000013) for 20.0000"));
  EXPECT_THAT(page, HasSubstr("critical demands unmet"));
}

TEST(WhyNotPage, TellsWhoIsNotInService) {
  auto result =
      Parsed<matcher::v1::WhyNotResult>(R"pb(verdict: VERDICT_NOT_SERVING
                                             not_serving: "PAUSED")pb");
  EXPECT_THAT(RenderWhyNot(result, {}, Language::kChinese), HasSubstr("暂停"));
  result.set_not_serving("RETIRED");
  EXPECT_THAT(RenderWhyNot(result, {}, Language::kEnglish),
              HasSubstr("retired"));
}

TEST(ValuePage, ShowsTheLossAndTheNextBestUse) {
  auto result = Parsed<matcher::v1::ValueResult>(R"pb(
    resource { resource: "volunteers/V00000012" display_name: "陈荔" }
    serves { demand: "demands/D00000007" part: PART_KIND_EXPERT points: 211998 }
    instead { demand: "demands/D00000009" part: PART_KIND_TALENTS points: 9 }
  )pb");
  *result.mutable_without() = Parsed<matcher::v1::Comparison>(kComparison);
  const std::string page = RenderValue(result, {}, Language::kEnglish);
  EXPECT_THAT(page, HasSubstr("demands/D00000007"));
  EXPECT_THAT(page, HasSubstr("without them"));
  EXPECT_THAT(page, HasSubstr("demands/D00000009"));
  result.clear_serves();
  EXPECT_THAT(RenderValue(result, {}, Language::kEnglish),
              HasSubstr("nothing would be lost"));
}

TEST(ReplayPage, SaysWhetherItIsTheSameAndWhyItMayNotBe) {
  auto result = Parsed<matcher::v1::ReplayResult>(
      R"pb(round: "rounds/ab12" identical: true proposals: 3 bytes: 999)pb");
  EXPECT_THAT(RenderReplay(result, Language::kEnglish),
              HasSubstr("byte for byte: 3 proposals"));
  result = Parsed<matcher::v1::ReplayResult>(R"pb(
    round: "rounds/ab12"
    differences: "pairings/x: modified: points: 1 -> 2"
    difference_count: 3
    changed_versions { name: "engine" then: "1" now: "2" }
  )pb");
  const std::string page = RenderReplay(result, Language::kEnglish);
  EXPECT_THAT(page, HasSubstr("in 3 place(s)"));
  EXPECT_THAT(page, HasSubstr("engine version has changed from 1 to 2"));
  EXPECT_THAT(page, HasSubstr("points: 1 -> 2"));
  EXPECT_THAT(page, HasSubstr("2 more are not listed"));
}

}  // namespace
}  // namespace jiedui::cli
