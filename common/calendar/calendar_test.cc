#include "common/calendar/calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/clock.h"

namespace jiedui::calendar {
namespace {

using absl::CivilDay;
using testing::ElementsAre;
using testing::IsEmpty;

absl::Time At(CivilDay day, int hour, int minute = 0) {
  return base::StartOfChinaDay(day) + absl::Hours(hour) + absl::Minutes(minute);
}

TEST(CalendarTest, HolidaysAreOffAndMakeUpDaysAreWorked) {
  EXPECT_FALSE(IsWorkingDay(CivilDay(2026, 2, 17)));  // 春节, a Tuesday
  EXPECT_TRUE(IsWorkingDay(CivilDay(2026, 2, 28)));   // a Saturday
  EXPECT_TRUE(IsWorkingDay(CivilDay(2026, 2, 24)));
  EXPECT_FALSE(IsWorkingDay(CivilDay(2026, 11, 22)));  // an ordinary Sunday
  EXPECT_TRUE(IsWorkingDay(CivilDay(2026, 11, 23)));
  EXPECT_EQ(NameOf(CivilDay(2026, 9, 20)), "国庆节");
  EXPECT_EQ(NameOf(CivilDay(2026, 11, 23)), "");
}

// The statutory days off a year: eleven, thirteen from 2025 on. Holidays joined
// by make-up days leave a year with the same number of days worked.
TEST(CalendarTest, EveryYearOfTheTableAddsUp) {
  for (const Year& one : KnownYears()) {
    int off = 0;
    for (CivilDay day(one.year, 1, 1); day.year() == one.year; ++day) {
      const bool weekend = absl::GetWeekday(day) == absl::Weekday::saturday ||
                           absl::GetWeekday(day) == absl::Weekday::sunday;
      if (IsWorkingDay(day)) {
        if (weekend) --off;
      } else if (!weekend) {
        ++off;
      }
    }
    // Of the statutory days some fall on weekends and are not made up.
    EXPECT_GE(off, 8) << one.year;
    EXPECT_LE(off, 13) << one.year;
  }
}

TEST(CalendarTest, WorkingDaysLeapOverWeekendsAndHolidays) {
  EXPECT_EQ(AddWorkingDays(At(CivilDay(2026, 11, 20), 15), 1),
            At(CivilDay(2026, 11, 23), 15));
  // The last working day before 国庆节 is a Wednesday.
  EXPECT_EQ(AddWorkingDays(At(CivilDay(2026, 9, 30), 10), 2),
            At(CivilDay(2026, 10, 9), 10));
  EXPECT_EQ(AddWorkingDays(At(CivilDay(2026, 10, 9), 10), 1),
            At(CivilDay(2026, 10, 10), 10));
  EXPECT_EQ(AddWorkingDays(At(CivilDay(2026, 11, 23), 9), 0),
            At(CivilDay(2026, 11, 23), 9));
}

TEST(CalendarTest, WhatBeginsOnADayOffCountsFromTheNextWorkingDay) {
  EXPECT_EQ(AddWorkingDays(At(CivilDay(2026, 11, 21), 15), 1),
            At(CivilDay(2026, 11, 24), 0));
}

TEST(CalendarTest, QuietHoursEndAtEight) {
  EXPECT_TRUE(IsQuiet(At(CivilDay(2026, 11, 23), 21, 30)));
  EXPECT_FALSE(IsQuiet(At(CivilDay(2026, 11, 23), 21, 29)));
  EXPECT_EQ(AfterQuietHours(At(CivilDay(2026, 11, 23), 23)),
            At(CivilDay(2026, 11, 24), 8));
  EXPECT_EQ(AfterQuietHours(At(CivilDay(2026, 11, 23), 3)),
            At(CivilDay(2026, 11, 23), 8));
  EXPECT_EQ(AfterQuietHours(At(CivilDay(2026, 11, 23), 12)),
            At(CivilDay(2026, 11, 23), 12));
}

TEST(CalendarTest, WakingTimeStopsInQuietHours) {
  const CivilDay day(2026, 11, 23);
  EXPECT_EQ(AddWakingTime(At(day, 9), absl::Hours(2)), At(day, 11));
  EXPECT_EQ(AddWakingTime(At(day, 21), absl::Hours(1)), At(day + 1, 8, 30));
  EXPECT_EQ(AddWakingTime(At(day, 2), absl::Hours(1)), At(day, 9));
  // 13.5 waking hours a day.
  EXPECT_EQ(AddWakingTime(At(day, 9), absl::Hours(27)), At(day + 2, 9));
  EXPECT_EQ(AddWakingTime(At(day, 21), absl::Hours(28)), At(day + 3, 8, 30));
}

// Step by step equals at once, whatever the beginning.
TEST(CalendarTest, WakingTimeAddsUp) {
  const absl::Time begin = At(CivilDay(2026, 11, 23), 0);
  for (int start = 0; start < 48; ++start) {
    absl::Time step = begin + start * absl::Minutes(37);
    const absl::Time from = step;
    for (int steps = 1; steps <= 60; ++steps) {
      step = AddWakingTime(step, absl::Minutes(31));
      EXPECT_EQ(AfterQuietHours(AddWakingTime(from, steps * absl::Minutes(31))),
                AfterQuietHours(step));
    }
  }
}

TEST(CalendarTest, YearsWithoutDataAreNamed) {
  EXPECT_THAT(MissingYears(CivilDay(2026, 11, 22)), IsEmpty());
  EXPECT_THAT(MissingYears(CivilDay(2035, 6, 1)), ElementsAre(2035));
  EXPECT_THAT(MissingYears(CivilDay(2035, 12, 1)), ElementsAre(2035, 2036));
  EXPECT_TRUE(IsWorkingDay(CivilDay(2035, 10, 1)));  // nobody has said yet
}

}  // namespace
}  // namespace jiedui::calendar
