#include "services/matcher/domain/dates.h"

namespace jiedui::matcher {

std::optional<absl::CivilDay> ParseDay(std::string_view text) {
  constexpr size_t kLength = 10;  // YYYY-MM-DD
  absl::CivilDay day;
  if (text.size() != kLength ||
      !absl::ParseCivilTime(absl::string_view(text.data(), text.size()),
                            &day)) {
    return std::nullopt;
  }
  return day;
}

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

bool Within(absl::CivilDay day, std::string_view first, std::string_view last) {
  const std::optional<absl::CivilDay> start = ParseDay(first);
  const std::optional<absl::CivilDay> end = ParseDay(last);
  return (!start || *start <= day) && (!end || day <= *end);
}

}  // namespace jiedui::matcher
