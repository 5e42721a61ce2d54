// When the industry that a pairing drives is read: a baseline before the
// service, then 3, 6 and 12 months after its completion.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/base/error.h"

namespace jiedui::matcher {

inline constexpr int kBaselineMonths = 0;
inline constexpr int kReadingMonths[] = {3, 6, 12};

// A reading should be there so long after it is asked for.
inline constexpr absl::Duration kReadingTime = absl::Hours(24 * 30);

// readings/{pairing}-{months}, two digits, so that they list in their order.
std::string ReadingName(std::string_view pairing, int months);

// Nine o'clock in China on the same day of a later month, or that month's last.
absl::Time AskTime(absl::Time completed, int months);

// What was read, as somebody states it.
struct Figure {
  double value = 0;
  std::string indicator;
  std::string unit;
  std::string source;
};

// Fields: value, indicator, unit, source.
void CheckBaseline(const Figure& figure, base::Violations& out);
// Of a later reading, which is of the baseline's indicator: value, source.
void CheckReading(const Figure& figure, base::Violations& out);

}  // namespace jiedui::matcher
