#include "services/matcher/domain/tiers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

using testing::ElementsAre;
using type::v1::Tier;

constexpr char kGaozhouTown[] = "440981103000";
constexpr char kDongguanTown[] = "441900101000";

// From the tier at home in the region to the end of the line.
std::vector<Tier> LineOf(std::string_view region) {
  std::vector<Tier> line;
  for (Tier tier = TierOf(region); tier != type::v1::TIER_UNSPECIFIED;
       tier = TierAbove(region, tier)) {
    line.push_back(tier);
  }
  return line;
}

TEST(TiersTest, TheLineGoesUpTierByTierAndEnds) {
  EXPECT_THAT(LineOf(kGaozhouTown),
              ElementsAre(type::v1::TIER_TOWNSHIP, type::v1::TIER_COUNTY,
                          type::v1::TIER_CITY, type::v1::TIER_PROVINCE));
}

TEST(TiersTest, ACityWithoutCountiesHasNoCountyTier) {
  EXPECT_THAT(LineOf(kDongguanTown),
              ElementsAre(type::v1::TIER_TOWNSHIP, type::v1::TIER_CITY,
                          type::v1::TIER_PROVINCE));
}

TEST(TiersTest, SocietiesAreAskedBesideEachTierButTheProvince) {
  EXPECT_EQ(AskedAt(kGaozhouTown, type::v1::TIER_CITY).size(), 2u);
  EXPECT_THAT(AskedAt(kGaozhouTown, type::v1::TIER_PROVINCE),
              ElementsAre("coordinators/440000000000"));
}

}  // namespace
}  // namespace jiedui::matcher
