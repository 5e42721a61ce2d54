#include "services/matcher/domain/recipients.h"

#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

constexpr char kGenziTown[] = "440981103000";  // of Gaozhou, of Maoming

TEST(RecipientsTest, CoordinatorsAreThoseOfTheRegionOfATier) {
  EXPECT_EQ(CoordinatorsOf(kGenziTown, type::v1::TIER_TOWNSHIP),
            "coordinators/440981103000");
  EXPECT_EQ(CoordinatorsOf(kGenziTown, type::v1::TIER_COUNTY),
            "coordinators/440981000000");
  EXPECT_EQ(CoordinatorsOf(kGenziTown, type::v1::TIER_CITY),
            "coordinators/440900000000");
  EXPECT_EQ(SocietiesOf(kGenziTown, type::v1::TIER_PROVINCE),
            "societies/440000000000");
}

TEST(RecipientsTest, WhatLiesAboveATierKeepsItsOwnRegion) {
  EXPECT_EQ(RegionAtTier("440900000000", type::v1::TIER_COUNTY),
            "440900000000");
}

TEST(RecipientsTest, TheRequesterIsNamedAfterTheDemand) {
  EXPECT_EQ(RequesterOf("demands/D00000001"), "requesters/D00000001");
}

TEST(RecipientsTest, OnlyTheFourShapesAreRecipients) {
  EXPECT_TRUE(IsRecipient("volunteers/V00000001"));
  EXPECT_TRUE(IsRecipient("requesters/D00000001"));
  EXPECT_TRUE(IsRecipient("coordinators/440981000000"));
  EXPECT_TRUE(IsRecipient("societies/440900000000"));
  for (const char* wrong :
       {"", "volunteers/", "volunteers/a b", "coordinators/4409",
        "coordinators/44098100000x", "teams/T1", "volunteers/V1/x"}) {
    EXPECT_FALSE(IsRecipient(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace jiedui::matcher
