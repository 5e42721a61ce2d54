#include "common/codes/crosswalk.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "common/codes/embedded.h"
#include "common/codes/industries.h"
#include "common/codes/subjects.h"

namespace jiedui::codes {
namespace {

TEST(CrosswalkTest, EveryRowNamesKnownCodesAndAStrengthUpTo100) {
  std::set<std::string> seen;
  int rows = 0;
  ForEachLine(EmbeddedCrosswalk(), [&](std::string_view line) {
    const std::string row(line);
    const std::string_view subject = TakeField(line, ',');
    const std::string_view industry = TakeField(line, ',');
    if (subject == "subject") return;
    ++rows;
    const int strength = std::stoi(std::string(TakeField(line, ',')));
    EXPECT_NE(FindSubject(subject), nullptr) << row;
    EXPECT_NE(FindIndustry(industry), nullptr) << row;
    EXPECT_TRUE(subject.size() == 3 || subject.size() == 5) << row;
    EXPECT_LE(industry.size(), 3u) << row;
    EXPECT_GT(strength, 0) << row;
    EXPECT_LE(strength, 100) << row;
    EXPECT_FALSE(line.empty()) << row;  // The basis.
    EXPECT_EQ(line.find(','), line.npos) << row;
    EXPECT_TRUE(
        seen.insert(std::string(subject) + "," + std::string(industry)).second)
        << row;
  });
  EXPECT_GE(rows, 250);
  EXPECT_EQ(rows, CrosswalkRowCount());
}

TEST(CrosswalkTest, TheMostSpecificRowDecides) {
  // 21040,015,98 before 210,01,90.
  EXPECT_EQ(CrosswalkStrength("2104010", "0151"), 980'000);
  EXPECT_EQ(CrosswalkStrength("21040", "015"), 980'000);
  // 21040 has no row for 011 but one for 01.
  EXPECT_EQ(CrosswalkStrength("2104010", "0111"), 850'000);
  // 21040 has none for pesticides: 210,263 speaks for all of 农学.
  EXPECT_EQ(CrosswalkStrength("2104010", "2631"), 550'000);
  // Section row.
  EXPECT_EQ(CrosswalkStrength("210", "A"), 450'000);
}

TEST(CrosswalkTest, ABroadQuestionIsNotAnsweredByANarrowRow) {
  // 46025 has 352 (moulds) but no row for all of 35's parent, and 460 none for
  // agriculture.
  EXPECT_EQ(CrosswalkStrength("46025", "3525"), 920'000);
  EXPECT_EQ(CrosswalkStrength("460", "352"), 900'000);
  EXPECT_EQ(CrosswalkStrength("460", "0151"), 0);
}

TEST(CrosswalkTest, GuangdongIndustriesFindTheirSubjects) {
  EXPECT_GE(CrosswalkStrength("24020", "0411"), 900'000);  // Prawn.
  EXPECT_GE(CrosswalkStrength("43045", "3071"), 900'000);  // Ceramics.
  EXPECT_GE(CrosswalkStrength("36040", "0171"), 900'000);  // Tangerine peel.
  EXPECT_GE(CrosswalkStrength("55020", "1530"), 700'000);  // Tea.
  EXPECT_GE(CrosswalkStrength("46025", "3525"), 900'000);  // Moulds.
  EXPECT_GE(CrosswalkStrength("54060", "1811"), 900'000);  // Clothing.
  EXPECT_GE(CrosswalkStrength("51030", "3973"), 900'000);  // Chips.
  EXPECT_GT(CrosswalkStrength("21040", "0151"),
            CrosswalkStrength("52040", "0151"));
}

TEST(CrosswalkTest, UnknownCodesHaveNoStrength) {
  EXPECT_EQ(CrosswalkStrength("", ""), 0);
  EXPECT_EQ(CrosswalkStrength("210", "9999"), 0);
  EXPECT_EQ(CrosswalkStrength("999", "0151"), 0);
  EXPECT_EQ(CrosswalkStrength("B", "0151"), 0);
}

}  // namespace
}  // namespace jiedui::codes
