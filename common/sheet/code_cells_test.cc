#include "common/sheet/code_cells.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "common/sheet/cells.h"

namespace jiedui::sheet {
namespace {

using base::HasReason;
using base::Reason;
using ::testing::HasSubstr;

TEST(RegionCell, ReadsCodesOfEveryLength) {
  const codes::Region* gaozhou = *RegionCell{}("440981");
  EXPECT_EQ(gaozhou->name(), "高州市");
  EXPECT_EQ(*RegionCell{}("４４０９８１"), gaozhou);
  EXPECT_EQ(*RegionCell{}("440981000000"), gaozhou);
}

TEST(RegionCell, ReadsPaths) {
  EXPECT_EQ(*RegionCell{}("广东省/茂名市/高州市"), *RegionCell{}("440981"));
  EXPECT_EQ((*RegionCell{}("广东省/东莞市/长安镇"))->name(), "长安镇");
}

TEST(RegionCell, TellsWhatExcelDidToALongCode) {
  EXPECT_TRUE(
      HasReason(RegionCell{}("4.40981E+11").status(), Reason::kCellScientific));
}

TEST(RegionCell, RefusesUnknownAndAmbiguousPlaces) {
  EXPECT_TRUE(HasReason(RegionCell{}("999999").status(), Reason::kUnknownCode));
  EXPECT_TRUE(
      HasReason(RegionCell{}("蓬莱仙岛").status(), Reason::kUnknownCode));
  const auto town = RegionCell{}("城关镇");
  ASSERT_TRUE(HasReason(town.status(), Reason::kRegionAmbiguous));
  EXPECT_THAT(town.status().message(), HasSubstr("…"));
}

TEST(SubjectCell, ReadsCodesAndNames) {
  EXPECT_EQ((*SubjectCell{}("21040"))->name, "园艺学");
  EXPECT_EQ(*SubjectCell{}(" 园艺学 "), *SubjectCell{}("21040"));
  EXPECT_TRUE(HasReason(SubjectCell{}("99999").status(), Reason::kUnknownCode));
  EXPECT_TRUE(HasReason(SubjectCell{}("风水").status(), Reason::kUnknownCode));
}

TEST(IndustryCell, ReadsCodesAndNames) {
  EXPECT_EQ((*IndustryCell{}("1530"))->name, "精制茶加工");
  EXPECT_EQ(*IndustryCell{}("精制茶加工"), *IndustryCell{}("1530"));
  EXPECT_EQ(*IndustryCell{}("C1530"), *IndustryCell{}("1530"));
}

TEST(IndustryCell, RefusesSectionsWhichSayTooLittle) {
  EXPECT_TRUE(HasReason(IndustryCell{}("A").status(), Reason::kUnknownCode));
  EXPECT_TRUE(HasReason(IndustryCell{}("农、林、牧、渔业").status(),
                        Reason::kUnknownCode));
}

TEST(NamesOfIndustries, KeepsNamesWithAnIdeographicComma) {
  const auto list =
      NamesOf{IndustryCell{}}("坚果、含油果、香料和饮料作物种植；1530");
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->size(), 2u);
  EXPECT_EQ(list->front()->code, "016");
}

}  // namespace
}  // namespace jiedui::sheet
