#include "common/sheet/cell_errors.h"

#include "common/base/error.h"
#include "common/sheet/cells.h"
#include "common/text/normalize.h"

namespace jiedui::sheet {

using base::MakeError;
using base::Reason;

std::string Shown(std::string_view cell) {
  return text::Shorten(text::Tidy(cell), kShownCharacters);
}

absl::Status Malformed(std::string_view cell, std::string_view expected) {
  return MakeError(
      Reason::kFieldMalformed,
      {{"value", Shown(cell)}, {"expected", std::string(expected)}});
}

absl::Status OutOfRange(std::string_view cell, std::string_view min,
                        std::string_view max) {
  return MakeError(Reason::kValueOutOfRange, {{"value", Shown(cell)},
                                              {"min", std::string(min)},
                                              {"max", std::string(max)}});
}

bool IsScientific(std::string_view normalized) {
  constexpr std::string_view kDigits = "0123456789";
  const size_t e = normalized.find('e');
  if (e == normalized.npos || e == 0) return false;
  const std::string_view mantissa = normalized.substr(0, e);
  std::string_view exponent = normalized.substr(e + 1);
  if (!exponent.starts_with('+')) return false;
  exponent.remove_prefix(1);
  return mantissa.find_first_not_of("0123456789.-") == mantissa.npos &&
         !exponent.empty() &&
         exponent.find_first_not_of(kDigits) == exponent.npos;
}

absl::Status Scientific(std::string_view cell) {
  return MakeError(Reason::kCellScientific, {{"value", Shown(cell)}});
}

}  // namespace jiedui::sheet
