#include "services/matcher/domain/deadlines.h"

#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

using type::v1::TIER_CITY;
using type::v1::TIER_COUNTY;
using type::v1::TIER_PROVINCE;
using type::v1::TIER_TOWNSHIP;
using type::v1::URGENCY_CRITICAL;
using type::v1::URGENCY_HIGH;
using type::v1::URGENCY_LOW;
using type::v1::URGENCY_NORMAL;

// In China.
absl::Time At(int day, int hour, int minute = 0) {
  return absl::FromCivil(absl::CivilMinute(2026, 12, day, hour, minute),
                         absl::FixedTimeZone(8 * 60 * 60));
}

// 2026-12-04 is a Friday.
TEST(DeadlinesTest, OffersRunInWakingHoursAndWorkingDays) {
  EXPECT_EQ(OfferDeadline(URGENCY_CRITICAL, At(4, 9)), At(4, 10));
  EXPECT_EQ(OfferDeadline(URGENCY_HIGH, At(4, 9)), At(4, 11));
  EXPECT_EQ(OfferDeadline(URGENCY_CRITICAL, At(4, 21)), At(5, 8, 30));
  EXPECT_EQ(OfferDeadline(URGENCY_NORMAL, At(4, 9)), At(7, 9));
  EXPECT_EQ(OfferDeadline(URGENCY_LOW, At(4, 9)), At(8, 9));
  EXPECT_EQ(OfferDeadline(URGENCY_NORMAL, At(2, 23)), At(4, 8));
}

TEST(DeadlinesTest, ReviewsHaveTwoHoursOrAWorkingDay) {
  EXPECT_EQ(ReviewDeadline(URGENCY_HIGH, At(4, 9)), At(4, 11));
  EXPECT_EQ(ReviewDeadline(URGENCY_NORMAL, At(4, 9)), At(7, 9));
}

TEST(DeadlinesTest, ATierHasLongerTheHigherItStands) {
  EXPECT_EQ(TierDeadline(URGENCY_CRITICAL, TIER_TOWNSHIP, At(4, 20)), At(5, 0));
  EXPECT_EQ(TierDeadline(URGENCY_HIGH, TIER_COUNTY, At(4, 9)), At(4, 17));
  EXPECT_EQ(TierDeadline(URGENCY_HIGH, TIER_CITY, At(4, 9)), At(4, 21));
  EXPECT_EQ(TierDeadline(URGENCY_NORMAL, TIER_TOWNSHIP, At(4, 9)), At(8, 9));
  EXPECT_EQ(TierDeadline(URGENCY_LOW, TIER_COUNTY, At(4, 9)), At(9, 9));
  EXPECT_EQ(TierDeadline(URGENCY_NORMAL, TIER_CITY, At(4, 9)), At(11, 9));
  EXPECT_EQ(TierDeadline(URGENCY_NORMAL, TIER_PROVINCE, At(4, 9)), At(11, 9));
}

}  // namespace
}  // namespace jiedui::matcher
