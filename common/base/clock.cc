#include "common/base/clock.h"

#include "absl/time/clock.h"

namespace jiedui::base {
namespace {

class SystemClock : public Clock {
 public:
  absl::Time Now() const override { return absl::Now(); }
};

absl::TimeZone China() { return absl::FixedTimeZone(8 * 60 * 60); }

}  // namespace

const Clock& Clock::System() {
  static const SystemClock* const clock = new SystemClock;
  return *clock;
}

absl::CivilDay ChinaDay(absl::Time time) {
  return absl::ToCivilDay(time, China());
}

absl::Time StartOfChinaDay(absl::CivilDay day) {
  return absl::FromCivil(day, China());
}

}  // namespace jiedui::base
