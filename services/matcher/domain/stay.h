// A stay of one person as somebody states it by hand: what it must be like.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/base/error.h"

namespace jiedui::matcher {

inline constexpr absl::Duration kLongestStay = absl::Hours(24);
inline constexpr int kLateEntryDays = 30;

// A time that is not stated is the Unix epoch.
struct Stay {
  absl::Time start = absl::UnixEpoch();
  absl::Time end = absl::UnixEpoch();
  int32_t travel_minutes = 0;  // of those between the two

  bool stated() const {
    return start != absl::UnixEpoch() || end != absl::UnixEpoch();
  }
  bool operator==(const Stay&) const = default;
};

// Whole minutes served; never below 0.
int32_t MinutesServed(const Stay& stay);

// Both times stated, in order, over by `now`, at most kLongestStay apart, with
// some service besides the way. Fields: start_time, end_time, travel_minutes.
void CheckStay(const Stay& stay, absl::Time now, base::Violations& out);

// Besides: over for kLateEntryDays at most, with evidence.
void CheckLateEntry(const Stay& stay, const std::vector<std::string>& evidence,
                    absl::Time now, base::Violations& out);

}  // namespace jiedui::matcher
