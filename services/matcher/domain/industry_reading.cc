#include "services/matcher/domain/industry_reading.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "common/base/clock.h"
#include "common/fields/checks.h"
#include "services/matcher/domain/completion.h"

namespace jiedui::matcher {
namespace {

// In characters.
constexpr int kMaxIndicator = 100;
constexpr int kMaxUnit = 20;
constexpr int kMaxSource = 200;

constexpr absl::Duration kAskAt = absl::Hours(9);

}  // namespace

std::string ReadingName(std::string_view pairing, int months) {
  return absl::StrFormat("readings/%s-%02d",
                         std::string(pairing.substr(pairing.find('/') + 1)),
                         months);
}

absl::Time AskTime(absl::Time completed, int months) {
  const absl::CivilDay day = base::ChinaDay(completed);
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  const absl::CivilDay same = absl::CivilDay(month) + (day.day() - 1);
  return base::StartOfChinaDay(std::min(same, last)) + kAskAt;
}

void CheckBaseline(const Figure& figure, base::Violations& out) {
  fields::CheckText("indicator", figure.indicator, fields::Need::kRequired,
                    kMaxIndicator, out);
  fields::CheckText("unit", figure.unit, fields::Need::kOptional, kMaxUnit,
                    out);
  CheckReading(figure, out);
}

void CheckReading(const Figure& figure, base::Violations& out) {
  CheckFigure("value", figure.value, out);
  fields::CheckText("source", figure.source, fields::Need::kRequired,
                    kMaxSource, out);
}

}  // namespace jiedui::matcher
