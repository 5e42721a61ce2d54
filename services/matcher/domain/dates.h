// Days as the registries write them (YYYY-MM-DD, in China) and as the engine
// counts them (from 1970-01-01).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace jiedui::matcher {

// Nothing when it is empty or no date.
std::optional<absl::CivilDay> ParseDay(std::string_view text);

std::string DayText(absl::CivilDay day);

inline int32_t DayNumber(absl::CivilDay day) {
  return static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1));
}

// Whether `day` lies from the first day to the last, where empty is open.
bool Within(absl::CivilDay day, std::string_view first, std::string_view last);

}  // namespace jiedui::matcher
