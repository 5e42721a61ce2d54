#include "common/base/clock.h"

#include <gtest/gtest.h>

namespace jiedui::base {
namespace {

TEST(ClockTest, ManualClockMovesOnlyWhenTold) {
  ManualClock clock(absl::FromUnixSeconds(100));
  EXPECT_EQ(clock.Now(), absl::FromUnixSeconds(100));
  clock.Advance(absl::Seconds(5));
  EXPECT_EQ(clock.Now(), absl::FromUnixSeconds(105));
}

TEST(ClockTest, ChinaDayTurnsAtSixteenHoursUtc) {
  const absl::Time start = StartOfChinaDay(absl::CivilDay(2026, 12, 1));
  EXPECT_EQ(absl::FormatTime(start, absl::UTCTimeZone()),
            "2026-11-30T16:00:00+00:00");
  EXPECT_EQ(ChinaDay(start), absl::CivilDay(2026, 12, 1));
  EXPECT_EQ(ChinaDay(start - absl::Seconds(1)), absl::CivilDay(2026, 11, 30));
}

}  // namespace
}  // namespace jiedui::base
