#include "common/codes/industries.h"

#include <gtest/gtest.h>

#include <map>

#include "common/codes/taxonomy.h"

namespace jiedui::codes {
namespace {

TEST(IndustriesTest, HasTheSectionsDivisionsOfTheStandard) {
  std::map<size_t, int> counts;
  for (const Industry& industry : AllIndustries()) {
    ++counts[industry.code.size()];
    ASSERT_EQ(FindIndustry(industry.code), &industry) << industry.code;
    ASSERT_LE(industry.code.size(), 4u) << industry.code;
    ASSERT_EQ(industry.parent == nullptr, industry.code.size() == 1)
        << industry.code;
  }
  EXPECT_EQ(counts[1], 20);
  EXPECT_EQ(counts[2], 97);
}

TEST(IndustriesTest, ParentsLeadUpToTheSection) {
  const Industry* const rice = FindIndustry("0111");
  ASSERT_NE(rice, nullptr);
  EXPECT_EQ(rice->name, "稻谷种植");
  EXPECT_EQ(rice->parent->code, "011");
  EXPECT_EQ(rice->parent->parent->code, "01");
  EXPECT_EQ(rice->parent->parent->parent->code, "A");
  EXPECT_EQ(IndustrySection("0111"), 'A');
  EXPECT_EQ(IndustrySection("C"), 'C');
  EXPECT_EQ(IndustrySection("9999"), '\0');
}

TEST(IndustriesTest, AGroupOfOneClassIsFoundAsThatClass) {
  EXPECT_EQ(FindIndustry("153")->code, "1530");
  EXPECT_EQ(FindIndustry("153")->name, "精制茶加工");
  EXPECT_EQ(FindIndustry("1530")->parent->code, "15");
}

TEST(IndustriesTest, TheSectionLetterMayStandBeforeTheDigits) {
  EXPECT_EQ(FindIndustry("C1530")->code, "1530");
  EXPECT_EQ(FindIndustry("A01")->code, "01");
  EXPECT_EQ(FindIndustry("A1530"), nullptr);
  EXPECT_EQ(FindIndustry("CC"), nullptr);
}

TEST(IndustriesTest, RowsRunTogetherInTheSourceAreApart) {
  EXPECT_EQ(FindIndustry("2770")->name, "卫生材料及医药用品制造");
  EXPECT_EQ(FindIndustry("2780")->name, "药用辅料及包装材料");
  EXPECT_EQ(FindIndustry("8053")->name, "养生保健服务");
  EXPECT_EQ(FindIndustry("7271")->parent->name, "安全保护服务");
  EXPECT_EQ(FindIndustry("9051")->name, "文化活动服务");
}

TEST(IndustriesTest, ANameOfSeveralLevelsMeansTheLongestCode) {
  EXPECT_EQ(FindIndustryByName("国际组织")->code, "9700");
  EXPECT_EQ(FindIndustryByName("教育")->code, "83");
  EXPECT_EQ(FindIndustryByName("燃气生产和供应业")->code, "451");
  EXPECT_EQ(FindIndustryByName("炼金"), nullptr);
}

TEST(IndustriesTest, UnknownCodesAreNull) {
  for (const char* const text : {"", "0", "00", "999", "01111", "X", "茶"}) {
    EXPECT_EQ(FindIndustry(text), nullptr) << text;
  }
}

TEST(IndustriesTest, SimilarityFollowsTheSharedPrefix) {
  EXPECT_EQ(IndustrySimilarity("0111", "0111"), 1'000'000);
  EXPECT_EQ(IndustrySimilarity("0111", "0112"), 800'000);
  EXPECT_EQ(IndustrySimilarity("011", "0112"), 800'000);
  EXPECT_EQ(IndustrySimilarity("0111", "0121"), 500'000);
  EXPECT_EQ(IndustrySimilarity("01", "0121"), 500'000);
  EXPECT_EQ(IndustrySimilarity("0111", "0411"), 150'000);
  EXPECT_EQ(IndustrySimilarity("A", "0411"), 150'000);
  EXPECT_EQ(IndustrySimilarity("1311", "1511"), 150'000);
  EXPECT_EQ(IndustrySimilarity("0111", "1311"), 0);
}

TEST(TaxonomyTest, HasTheWordsOfBothStandardsWithoutSections) {
  int subjects = 0;
  int industries = 0;
  bool has_tea = false;
  for (const TaxonomyWord& word : TaxonomyWords()) {
    ASSERT_GT(word.code.size(), 1u);
    ASSERT_FALSE(word.name.empty());
    (word.kind == TaxonomyKind::kSubject ? subjects : industries) += 1;
    has_tea = has_tea || (word.name == "精制茶加工" && word.code == "1530");
  }
  EXPECT_GT(subjects, 3500);
  EXPECT_GT(industries, 1700);
  EXPECT_TRUE(has_tea);
}

}  // namespace
}  // namespace jiedui::codes
