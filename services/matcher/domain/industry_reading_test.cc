#include "services/matcher/domain/industry_reading.h"

#include <gtest/gtest.h>

#include "common/base/clock.h"

namespace jiedui::matcher {
namespace {

absl::Time On(int year, int month, int day, int hour) {
  return base::StartOfChinaDay(absl::CivilDay(year, month, day)) +
         absl::Hours(hour);
}

TEST(IndustryReadingTest, IsAskedForAtNineOnTheSameDayOfALaterMonth) {
  EXPECT_EQ(AskTime(On(2026, 3, 17, 22), 3), On(2026, 6, 17, 9));
  EXPECT_EQ(AskTime(On(2026, 3, 17, 1), 12), On(2027, 3, 17, 9));
}

TEST(IndustryReadingTest, AMonthThatIsTooShortAsksOnItsLastDay) {
  EXPECT_EQ(AskTime(On(2026, 11, 30, 12), 3), On(2027, 2, 28, 9));
  EXPECT_EQ(AskTime(On(2027, 8, 31, 12), 6), On(2028, 2, 29, 9));
  EXPECT_EQ(AskTime(On(2026, 12, 31, 12), 6), On(2027, 6, 30, 9));
}

TEST(IndustryReadingTest, IsNamedAfterItsPairing) {
  EXPECT_EQ(ReadingName("pairings/D1-abc", 6), "readings/D1-abc-06");
}

}  // namespace
}  // namespace jiedui::matcher
