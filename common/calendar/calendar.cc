#include "common/calendar/calendar.h"

#include <algorithm>
#include <map>
#include <string>

#include "absl/algorithm/container.h"
#include "common/base/clock.h"

namespace jiedui::calendar {
namespace {

using base::ChinaDay;
using base::StartOfChinaDay;

constexpr Year kYears[] = {
#define JIEDUI_YEAR(year, notice) {year, notice},
#define JIEDUI_OFF(name, first, last)
#define JIEDUI_WORK(name, day)
#include "common/calendar/holidays.def"
#undef JIEDUI_YEAR
#undef JIEDUI_OFF
#undef JIEDUI_WORK
};

struct Span {
  std::string_view name;
  bool works;
  std::string_view first;
  std::string_view last;
};

constexpr Span kSpans[] = {
#define JIEDUI_YEAR(year, notice)
#define JIEDUI_OFF(name, first, last) {name, false, first, last},
#define JIEDUI_WORK(name, day) {name, true, day, day},
#include "common/calendar/holidays.def"
#undef JIEDUI_YEAR
#undef JIEDUI_OFF
#undef JIEDUI_WORK
};

struct SpecialDay {
  std::string_view name;
  bool works;
};
using SpecialDays = std::map<absl::CivilDay, SpecialDay>;

// Of the table, which its test checks.
absl::CivilDay ParseDay(std::string_view text) {
  absl::CivilDay day;
  absl::ParseCivilTime({text.data(), text.size()}, &day);
  return day;
}

const SpecialDays& Table() {
  static const auto* const table = [] {
    auto* days = new SpecialDays;
    for (const Span& span : kSpans) {
      const absl::CivilDay last = ParseDay(span.last);
      for (absl::CivilDay day = ParseDay(span.first); day <= last; ++day) {
        days->emplace(day, SpecialDay{span.name, span.works});
      }
    }
    return days;
  }();
  return *table;
}

bool IsKnown(int year) {
  return absl::c_any_of(kYears,
                        [&](const Year& one) { return one.year == year; });
}

bool IsWeekend(absl::CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

absl::CivilDay NextWorkingDay(absl::CivilDay day) {
  do {
    ++day;
  } while (!IsWorkingDay(day));
  return day;
}

}  // namespace

std::vector<Year> KnownYears() {
  return {std::begin(kYears), std::end(kYears)};
}

std::vector<int> MissingYears(absl::CivilDay today) {
  std::vector<int> missing;
  const int year = static_cast<int>(today.year());
  if (!IsKnown(year)) missing.push_back(year);
  if (today.month() == 12 && !IsKnown(year + 1)) missing.push_back(year + 1);
  return missing;
}

bool IsWorkingDay(absl::CivilDay day) {
  const auto special = Table().find(day);
  return special != Table().end() ? special->second.works : !IsWeekend(day);
}

std::string_view NameOf(absl::CivilDay day) {
  const auto special = Table().find(day);
  return special != Table().end() ? special->second.name : "";
}

absl::Time AddWorkingDays(absl::Time from, int days) {
  absl::CivilDay day = ChinaDay(from);
  absl::Duration time_of_day = from - StartOfChinaDay(day);
  if (!IsWorkingDay(day)) {
    day = NextWorkingDay(day);
    time_of_day = absl::ZeroDuration();
  }
  for (int i = 0; i < days; ++i) day = NextWorkingDay(day);
  return StartOfChinaDay(day) + time_of_day;
}

bool IsQuiet(absl::Time time) {
  const absl::Duration time_of_day = time - StartOfChinaDay(ChinaDay(time));
  return time_of_day < kQuietTo || time_of_day >= kQuietFrom;
}

absl::Time AfterQuietHours(absl::Time time) {
  if (!IsQuiet(time)) return time;
  const absl::CivilDay day = ChinaDay(time);
  const absl::Time wakes = StartOfChinaDay(day) + kQuietTo;
  return time < wakes ? wakes : StartOfChinaDay(day + 1) + kQuietTo;
}

absl::Time AddWakingTime(absl::Time from, absl::Duration duration) {
  const absl::Duration waking = kQuietFrom - kQuietTo;
  absl::Time time = AfterQuietHours(from);
  const int64_t days = absl::IDivDuration(duration, waking, &duration);
  const absl::CivilDay day = ChinaDay(time);
  const absl::Time sleeps = StartOfChinaDay(day) + kQuietFrom;
  time += days * absl::Hours(24);
  if (sleeps + days * absl::Hours(24) - time > duration) return time + duration;
  const absl::Duration rest =
      duration - (sleeps + days * absl::Hours(24) - time);
  return StartOfChinaDay(day + days + 1) + kQuietTo + rest;
}

}  // namespace jiedui::calendar
