#include "common/codes/region_paths.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace jiedui::codes {
namespace {

// The path of what is found; "–" for nothing, "?" for an ambiguous name.
std::string Found(std::string_view path) {
  const RegionMatch match = FindRegionByPath(path);
  if (match.region != nullptr) return match.region->Path();
  return match.ambiguous.empty() ? "–" : "?";
}

constexpr char kTown[] = "广东省/茂名市/高州市/根子镇";

TEST(RegionPathsTest, FindsTheFullPathWithAnySeparator) {
  for (const char* const path :
       {"广东省/茂名市/高州市/根子镇", "广东省-茂名市-高州市-根子镇",
        "广东省>茂名市>高州市>根子镇", "广东省 茂名市 高州市 根子镇",
        "广东省 / 茂名市 / 高州市 / 根子镇", "广东省／茂名市／高州市／根子镇",
        "广东省　茂名市　高州市　根子镇", "广东省→茂名市→高州市→根子镇",
        "广东省茂名市高州市根子镇", "/广东省/茂名市/高州市/根子镇/"}) {
    EXPECT_EQ(Found(path), kTown) << path;
  }
}

TEST(RegionPathsTest, UpperLevelsMayBeLeftOut) {
  for (const char* const path :
       {"茂名市/高州市/根子镇", "高州市/根子镇", "广东省/根子镇", "根子镇",
        "高州市根子镇", "茂名/高州/根子", "广东/茂名/高州市/根子镇"}) {
    EXPECT_EQ(Found(path), kTown) << path;
  }
}

TEST(RegionPathsTest, VillagesAreFoundByTheirUsualNames) {
  const std::string village = Found("高州市/根子镇/柏桥村委会");
  EXPECT_EQ(village, std::string(kTown) + "/柏桥村委会");
  for (const char* const path :
       {"高州市/根子镇/柏桥", "高州市/根子镇/柏桥村",
        "高州市/根子镇/柏桥村民委员会", "广东省茂名市高州市根子镇柏桥村"}) {
    EXPECT_EQ(Found(path), village) << path;
  }
}

TEST(RegionPathsTest, TownsOfCitiesWithoutCountiesHangOnTheCity) {
  const std::string humen = "广东省/东莞市/虎门镇";
  for (const char* const path :
       {"广东省/东莞市/虎门镇", "东莞市/东莞市/虎门镇",
        "广东省/东莞市/市辖区/虎门镇", "东莞虎门镇", "东莞市虎门镇"}) {
    EXPECT_EQ(Found(path), humen) << path;
  }
}

TEST(RegionPathsTest, MunicipalitiesNeedNoPlaceholder) {
  EXPECT_EQ(Found("北京市/东城区"), "北京市/东城区");
  EXPECT_EQ(Found("北京市/市辖区/东城区"), "北京市/东城区");
}

TEST(RegionPathsTest, ANameOfSeveralPlacesPrefersGuangdong) {
  EXPECT_EQ(Found("白云区"), "广东省/广州市/白云区");
  EXPECT_EQ(Found("贵阳市/白云区"), "贵州省/贵阳市/白云区");
}

TEST(RegionPathsTest, ANameThatStaysAmbiguousListsAllItMayMean) {
  const RegionMatch match = FindRegionByPath("鼓楼区");
  EXPECT_EQ(match.region, nullptr);
  ASSERT_GE(match.ambiguous.size(), 4u);
  for (const Region* const region : match.ambiguous) {
    EXPECT_EQ(region->name(), "鼓楼区");
  }
}

TEST(RegionPathsTest, FindsNothingForPlacesThatAreNotThere) {
  for (const char* const path :
       {"", "/", "亚特兰蒂斯", "广西壮族自治区/茂名市", "高州市/不存在的镇",
        "根子镇/高州市", "湛江市/高州市", "高州市根子镇不存在村"}) {
    EXPECT_EQ(Found(path), "–") << path;
  }
}

TEST(RegionPathsTest, EveryPathOfTheTableLeadsBackToItsRegion) {
  int misses = 0;
  for (const Region& region : AllRegions()) {
    // A placeholder has its province's path; a region named like its parent
    // (嘉峪关市/嘉峪关市) cannot be told from a parent written twice.
    if (region.is_placeholder()) continue;
    if (region.parent() && region.parent()->name() == region.name()) continue;
    if (FindRegionByPath(region.Path()).region != &region && ++misses < 20) {
      ADD_FAILURE() << region.Path();
    }
  }
  EXPECT_EQ(misses, 0);
}

}  // namespace
}  // namespace jiedui::codes
