#include "services/gateway/wire/timeout.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/base/error.h"

namespace jiedui::gateway {
namespace {

constexpr size_t kMaxDigits = 8;

std::optional<absl::Duration> Unit(char letter) {
  switch (letter) {
    case 'H':
      return absl::Hours(1);
    case 'M':
      return absl::Minutes(1);
    case 'S':
      return absl::Seconds(1);
    case 'm':
      return absl::Milliseconds(1);
    case 'u':
      return absl::Microseconds(1);
    case 'n':
      return absl::Nanoseconds(1);
    default:
      return std::nullopt;
  }
}

}  // namespace

absl::StatusOr<absl::Duration> ParseTimeout(std::string_view text) {
  const std::string_view digits =
      text.substr(0, text.empty() ? 0 : text.size() - 1);
  const std::optional<absl::Duration> unit =
      text.empty() ? std::nullopt : Unit(text.back());
  int64_t count = 0;
  if (!unit || digits.empty() || digits.size() > kMaxDigits ||
      !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(absl::string_view(digits.data(), digits.size()),
                        &count)) {
    return base::MakeError(base::Reason::kBadTimeout);
  }
  return count * *unit;
}

}  // namespace jiedui::gateway
