// Working days and quiet hours in China (UTC+8), as deadlines and notices count
// them. Holidays and make-up days are data (holidays.def). In a year without
// data Monday to Friday are working days: deadlines may then fall on a public
// holiday, so whoever starts a server says so (MissingYears). All functions are
// pure and thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace jiedui::calendar {

// Nobody is asked for anything from 21:30 to 08:00.
inline constexpr absl::Duration kQuietFrom = absl::Minutes(21 * 60 + 30);
inline constexpr absl::Duration kQuietTo = absl::Hours(8);

// One year of data, and where it is from.
struct Year {
  int year;
  std::string_view notice;
};
std::vector<Year> KnownYears();

// The years without data that deadlines set on `today` may reach: its own, and
// the next one from 1 December.
std::vector<int> MissingYears(absl::CivilDay today);

bool IsWorkingDay(absl::CivilDay day);

// Name of the public holiday or make-up day (春节); empty: an ordinary day.
std::string_view NameOf(absl::CivilDay day);

// `days` whole working days later, at the same time of day: Friday 15:00 and
// one working day are Monday 15:00. What begins on a day off counts from 00:00
// of the next working day. REQUIRES: days >= 0. O(days).
absl::Time AddWorkingDays(absl::Time from, int days);

// `duration` later, quiet hours not counted. What begins in quiet hours counts
// from their end. REQUIRES: duration >= 0.
absl::Time AddWakingTime(absl::Time from, absl::Duration duration);

bool IsQuiet(absl::Time time);

// `time`, or the end of the quiet hours it lies in.
absl::Time AfterQuietHours(absl::Time time);

}  // namespace jiedui::calendar
