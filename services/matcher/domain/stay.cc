#include "services/matcher/domain/stay.h"

#include <algorithm>
#include <utility>

#include "common/fields/checks.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using base::Violations;

constexpr int kMaxEvidence = 10;
constexpr int kMaxReference = 500;  // characters

// As people in China read it.
std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M", time,
                          absl::FixedTimeZone(8 * 60 * 60));
}

void OutOfRange(std::string field, absl::Time value, absl::Time min,
                absl::Time max, Violations& out) {
  out.Add(std::move(field), Reason::kValueOutOfRange,
          {{"value", TimeText(value)},
           {"min", TimeText(min)},
           {"max", TimeText(max)}});
}

int64_t MinutesBetween(absl::Time start, absl::Time end) {
  return absl::ToInt64Minutes(end - start);
}

}  // namespace

int32_t MinutesServed(const Stay& stay) {
  return static_cast<int32_t>(std::max<int64_t>(
      MinutesBetween(stay.start, stay.end) - stay.travel_minutes, 0));
}

void CheckStay(const Stay& stay, absl::Time now, Violations& out) {
  for (const auto& [field, time] :
       {std::pair("start_time", stay.start), {"end_time", stay.end}}) {
    if (time == absl::UnixEpoch()) out.Add(field, Reason::kFieldRequired);
  }
  if (!out.empty()) return;
  if (stay.end <= stay.start) {
    out.Add("end_time", Reason::kWindowReversed,
            {{"start", TimeText(stay.start)}, {"end", TimeText(stay.end)}});
  } else if (stay.end > now || stay.end - stay.start > kLongestStay) {
    OutOfRange("end_time", stay.end, stay.start,
               std::min(now, stay.start + kLongestStay), out);
  } else {
    fields::CheckRange(
        "travel_minutes", stay.travel_minutes, 0,
        std::max<int64_t>(MinutesBetween(stay.start, stay.end) - 1, 0), out);
  }
}

void CheckLateEntry(const Stay& stay, const std::vector<std::string>& evidence,
                    absl::Time now, Violations& out) {
  CheckStay(stay, now, out);
  const absl::Time earliest = now - absl::Hours(24) * kLateEntryDays;
  if (out.empty() && stay.end < earliest) {
    OutOfRange("end_time", stay.end, earliest, now, out);
  }
  if (evidence.empty()) out.Add("evidence", Reason::kFieldRequired);
  fields::CheckItems("evidence", static_cast<int>(evidence.size()),
                     kMaxEvidence, out);
  for (const std::string& reference : evidence) {
    fields::CheckText("evidence", reference, fields::Need::kRequired,
                      kMaxReference, out);
  }
}

}  // namespace jiedui::matcher
