#include "common/codes/regions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "common/codes/corps.h"

namespace jiedui::codes {
namespace {

const Region& At(std::string_view code) {
  const Region* const region = FindRegion(code);
  EXPECT_NE(region, nullptr) << code;
  return region == nullptr ? AllRegions().front() : *region;
}

TEST(RegionsTest, ChinaHasAsManyOfEachLevelAsTheSource) {
  std::map<RegionLevel, int> counts;
  for (const Region& region : AllRegions()) ++counts[region.level()];
  EXPECT_EQ(counts[RegionLevel::kProvince], 31);
  EXPECT_EQ(counts[RegionLevel::kCity], 342);
  EXPECT_EQ(counts[RegionLevel::kCounty], 2978 - 3);  // Stand-ins dropped.
  EXPECT_EQ(counts[RegionLevel::kTownship], 41352 - 1);
  EXPECT_EQ(counts[RegionLevel::kVillage], 26842);
}

TEST(RegionsTest, GuangdongHasTheCountsItsStatisticsState) {
  const Region& guangdong = At("44");
  std::map<RegionLevel, int> counts;
  int zones_and_farms = 0;
  for (const Region& region : AllRegions()) {
    if (!region.IsWithin(guangdong)) continue;
    ++counts[region.level()];
    if (region.level() == RegionLevel::kTownship &&
        region.code() / 1000 % 1000 >= 400) {
      ++zones_and_farms;
    }
  }
  EXPECT_EQ(counts[RegionLevel::kProvince], 1);
  EXPECT_EQ(counts[RegionLevel::kCity], 21);
  EXPECT_EQ(counts[RegionLevel::kCounty], 122);
  EXPECT_EQ(counts[RegionLevel::kTownship], 1757);
  EXPECT_EQ(zones_and_farms, 147);
  EXPECT_EQ(counts[RegionLevel::kTownship] - zones_and_farms, 1610);
  EXPECT_EQ(counts[RegionLevel::kVillage], 26842);
}

TEST(RegionsTest, CodesRiseAndEveryRegionIsFoundByEachWayToWriteItsCode) {
  uint64_t before = 0;
  for (const Region& region : AllRegions()) {
    ASSERT_GT(region.code(), before);
    before = region.code();
    ASSERT_EQ(FindRegion(region.code()), &region);
    ASSERT_EQ(FindRegion(region.CodeText()), &region);
    ASSERT_EQ(FindRegion(region.ShortCode()), &region);
    ASSERT_EQ(region.CodeText().size(), 12u);
    ASSERT_FALSE(region.name().empty());
  }
}

TEST(RegionsTest, EveryRegionLiesDirectlyUnderItsParent) {
  for (const Region& region : AllRegions()) {
    if (region.parent() == nullptr) {
      ASSERT_EQ(region.level(), RegionLevel::kProvince);
      continue;
    }
    ASSERT_LT(region.parent()->level(), region.level());
    ASSERT_TRUE(region.IsWithin(*region.parent()));
    ASSERT_FALSE(region.parent()->IsWithin(region));
  }
}

TEST(RegionsTest, ChildrenVisitedFromTheProvincesDownAreAllRegionsOnce) {
  size_t visited = 0;
  const auto visit = [&](const Region& region, const auto& self) -> void {
    ++visited;
    for (const Region& child : region.children()) {
      ASSERT_EQ(child.parent(), &region);
      self(child, self);
    }
  };
  for (const Region& region : AllRegions()) {
    if (region.parent() == nullptr) visit(region, visit);
  }
  EXPECT_EQ(visited, AllRegions().size());
}

TEST(RegionsTest, ReadsOneChainFromProvinceToVillage) {
  const Region& town = At("440981103");
  EXPECT_EQ(town.level(), RegionLevel::kTownship);
  EXPECT_EQ(town.AncestorAt(RegionLevel::kCounty)->name(), "高州市");
  EXPECT_EQ(town.AncestorAt(RegionLevel::kCity)->name(), "茂名市");
  EXPECT_EQ(town.AncestorAt(RegionLevel::kProvince)->name(), "广东省");
  EXPECT_EQ(town.AncestorAt(RegionLevel::kTownship), &town);
  EXPECT_EQ(town.AncestorAt(RegionLevel::kVillage), nullptr);
  EXPECT_EQ(town.Path(), "广东省/茂名市/高州市/" + std::string(town.name()));
  EXPECT_FALSE(town.children().empty());
  EXPECT_EQ(town.children().begin()->level(), RegionLevel::kVillage);
}

TEST(RegionsTest, RefusesWhatIsNoCode) {
  for (const char* const code :
       {"", "4", "440", "44098", "4409811", "44098110", "4409811030",
        "44098110300", "4409811030000", "99", "440999", "44a981", "-4", "４４",
        "高州市"}) {
    EXPECT_EQ(FindRegion(code), nullptr) << code;
  }
}

TEST(RegionsTest, TrailingZerosMayBeWrittenOut) {
  EXPECT_EQ(&At("440000"), &At("44"));
  EXPECT_EQ(&At("440900"), &At("4409"));
  EXPECT_EQ(&At("440981000000"), &At("440981"));
}

TEST(RegionsTest, DongguanAndZhongshanAreTheirOwnCounty) {
  for (const char* const code : {"4419", "4420"}) {
    const Region& city = At(code);
    EXPECT_EQ(city.level(), RegionLevel::kCity);
    EXPECT_TRUE(city.is_city_without_counties());
    EXPECT_EQ(city.AncestorAt(RegionLevel::kCounty), &city);
    EXPECT_EQ(&At(std::string(code) + "00"), &city);
    for (const Region& town : city.children()) {
      EXPECT_EQ(town.level(), RegionLevel::kTownship);
      EXPECT_EQ(town.AncestorAt(RegionLevel::kCounty), &city);
      EXPECT_EQ(town.AncestorAt(RegionLevel::kCity), &city);
      EXPECT_EQ(town.centre(), city.centre());
      for (const Region& village : town.children()) {
        EXPECT_EQ(village.AncestorAt(RegionLevel::kCounty), &city);
      }
    }
  }
  EXPECT_EQ(At("441900101").Path(), "广东省/东莞市/石碣镇");
  EXPECT_FALSE(At("4401").is_city_without_counties());
}

TEST(RegionsTest, MunicipalitiesHideTheirPlaceholderInPaths) {
  const Region& district = At("110101");
  EXPECT_EQ(district.Path(), "北京市/东城区");
  EXPECT_TRUE(district.parent()->is_placeholder());
  EXPECT_FALSE(district.is_placeholder());
}

TEST(RegionsTest, EveryCountyAndCityOfGuangdongHasACentreOfItsOwn) {
  std::set<std::pair<int, int>> seen;
  const Region& guangdong = At("44");
  for (const Region& region : AllRegions()) {
    // All of China, as degrees: 73–136 E, 3–54 N.
    ASSERT_GT(region.centre().longitude_e4, 730000) << region.Path();
    ASSERT_LT(region.centre().longitude_e4, 1360000) << region.Path();
    ASSERT_GT(region.centre().latitude_e4, 30000) << region.Path();
    ASSERT_LT(region.centre().latitude_e4, 540000) << region.Path();
    if (region.level() == RegionLevel::kCounty && region.IsWithin(guangdong)) {
      EXPECT_TRUE(seen.emplace(region.centre().longitude_e4,
                               region.centre().latitude_e4)
                      .second)
          << region.Path();
    }
  }
}

TEST(RegionsTest, DistancesAreThoseOfTheMap) {
  // Guangzhou – Maoming, about 280 km; Guangzhou – Beijing, about 1,890 km.
  EXPECT_NEAR(DistanceKm(At("4401"), At("4409")), 280, 30);
  EXPECT_NEAR(DistanceKm(At("4401"), At("11")), 1890, 20);
  EXPECT_EQ(DistanceMetres(At("4401"), At("4401")), 0);
  EXPECT_EQ(DistanceMetres(At("4401"), At("4409")),
            DistanceMetres(At("4409"), At("4401")));
  EXPECT_EQ(DistanceMetres(At("440103"), At("440981")) % 10, 0);
}

TEST(RegionsTest, TravelTimeGrowsFromTheVillageToTheFarCity) {
  const Region& town = At("440981103");
  const auto village = town.children().begin();
  const Region& same_county = *At("440981").children().begin();
  EXPECT_EQ(EstimatedMinutes(*village, *village), 10);
  EXPECT_EQ(EstimatedMinutes(*village, *std::next(village)), 15);
  EXPECT_EQ(EstimatedMinutes(*village, town), 15);
  EXPECT_EQ(EstimatedMinutes(*village, same_county), 35);
  // Two towns of Dongguan share the city as their county.
  EXPECT_EQ(EstimatedMinutes(At("441900101"), At("441900102")), 35);
  // 茂南 – 高州 is some 30 km, Guangzhou – Maoming 280 km: 350 km of road.
  const int next_county = EstimatedMinutes(At("440902"), town);
  EXPECT_GT(next_county, 45);
  EXPECT_LT(next_county, 75);
  const int far = EstimatedMinutes(At("4401"), At("4409"));
  EXPECT_GT(far, 240);
  EXPECT_LT(far, 310);
  EXPECT_EQ(far, EstimatedMinutes(At("4409"), At("4401")));
}

TEST(RegionsTest, TiersFollowLevelsAndVillagesBelongToTheirTownship) {
  EXPECT_EQ(TierOfRegion(At("44")), Tier::kProvince);
  EXPECT_EQ(TierOfRegion(At("4419")), Tier::kCity);
  EXPECT_EQ(TierOfRegion(At("440981")), Tier::kCounty);
  EXPECT_EQ(TierOfRegion(At("441900101")), Tier::kTownship);
  EXPECT_EQ(TierOfRegion(*At("440981103").children().begin()), Tier::kTownship);
}

}  // namespace
}  // namespace jiedui::codes
