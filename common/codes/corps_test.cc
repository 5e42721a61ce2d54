#include "common/codes/corps.h"

#include <gtest/gtest.h>

namespace jiedui::codes {
namespace {

template <typename Value, size_t kSize>
void ExpectNumberedFromOneAndFoundByEveryName(
    const Named<Value> (&table)[kSize]) {
  int expected = 1;
  for (const Named<Value>& entry : table) {
    EXPECT_EQ(static_cast<int>(entry.value), expected++) << entry.zh;
    EXPECT_EQ(EntryOf(table, entry.value), &entry);
    EXPECT_EQ(FindNamed(table, entry.zh), &entry);
    EXPECT_EQ(FindNamed(table, entry.en), &entry);
    std::string_view aliases = entry.aliases;
    while (!aliases.empty()) {
      const size_t end = aliases.find('|');
      const std::string_view alias = aliases.substr(0, end);
      aliases.remove_prefix(end == aliases.npos ? aliases.size() : end + 1);
      EXPECT_FALSE(alias.empty()) << entry.zh;
      EXPECT_EQ(FindNamed(table, alias), &entry) << alias;
    }
  }
}

TEST(CorpsTest, EveryVocabularyIsNumberedFromOneAndItsNamesAreUnique) {
  ExpectNumberedFromOneAndFoundByEveryName(kTiers);
  ExpectNumberedFromOneAndFoundByEveryName(kLines);
  ExpectNumberedFromOneAndFoundByEveryName(kActions);
  ExpectNumberedFromOneAndFoundByEveryName(kTitles);
  ExpectNumberedFromOneAndFoundByEveryName(kDialects);
  ExpectNumberedFromOneAndFoundByEveryName(kStationKinds);
}

TEST(CorpsTest, FindsByChineseEnglishAndAlias) {
  EXPECT_EQ(FindNamed(kActions, "乡村振兴")->value,
            Action::kRuralRevitalisation);
  EXPECT_EQ(FindNamed(kActions, "Rural Revitalisation")->value,
            Action::kRuralRevitalisation);
  EXPECT_EQ(FindNamed(kTitles, "副教授")->value, Title::kAssociateSenior);
  EXPECT_EQ(FindNamed(kDialects, "潮汕话")->value, Dialect::kTeochew);
  EXPECT_EQ(FindNamed(kTiers, "县")->value, Tier::kCounty);
}

TEST(CorpsTest, FindsNothingForOtherWords) {
  for (const char* const text : {"", "|", "县|区", "教", "professor-ish"}) {
    EXPECT_EQ(FindNamed(kTitles, text), nullptr) << text;
    EXPECT_EQ(FindNamed(kTiers, text), nullptr) << text;
  }
  EXPECT_EQ(EntryOf(kTiers, static_cast<Tier>(0)), nullptr);
  EXPECT_EQ(EntryOf(kTiers, static_cast<Tier>(5)), nullptr);
}

TEST(CorpsTest, TheSocietyLineStandsOneLevelOffAndHasNoProvince) {
  ASSERT_EQ(std::size(kCorps), 4u);
  EXPECT_TRUE(kCorps[0].society_zh.empty());
  EXPECT_EQ(kCorps[1].society_zh, "省级学会");
  EXPECT_EQ(kCorps[2].society_zh, "市级学会");
  EXPECT_EQ(kCorps[3].society_zh, "县级学会");
  for (size_t i = 0; i < std::size(kCorps); ++i) {
    EXPECT_EQ(static_cast<size_t>(kCorps[i].tier), i + 1);
  }
}

}  // namespace
}  // namespace jiedui::codes
