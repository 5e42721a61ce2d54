#include "common/sheet/cells.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/error.h"
#include "common/codes/credit_code.h"
#include "common/sheet/cell_errors.h"
#include "common/text/normalize.h"

namespace jiedui::sheet {
namespace {

using base::MakeError;
using base::Reason;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

absl::StatusOr<std::string> WithinLength(std::string text, int64_t min,
                                         int64_t max) {
  const int64_t length = text::Utf8Length(text);
  if (length > max) {
    return MakeError(Reason::kFieldTooLong, {{"length", absl::StrCat(length)},
                                             {"limit", absl::StrCat(max)}});
  }
  if (length < min) {
    return Malformed(text, absl::StrCat(min, "–", max, " 字 (characters)"));
  }
  return text;
}

// A number as its digits, before and after the point.
struct Digits {
  bool negative = false;
  std::string whole;
  std::string fraction;
};

// "1,200" → "1200"; nothing when commas stand elsewhere than every 3 digits.
std::optional<std::string> WithoutThousands(std::string_view whole) {
  std::string digits;
  for (size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] != ',') {
      digits += whole[i];
    } else if (i == 0 || (whole.size() - i) % 4 != 0) {
      return std::nullopt;
    }
  }
  return digits;
}

std::optional<Digits> ReadDigits(std::string_view number) {
  Digits digits;
  if (number.starts_with('-') || number.starts_with('+')) {
    digits.negative = number.front() == '-';
    number.remove_prefix(1);
  }
  const size_t point = number.find('.');
  const std::optional<std::string> whole =
      WithoutThousands(number.substr(0, point));
  if (!whole || !AllDigits(*whole)) return std::nullopt;
  digits.whole = *whole;
  if (point != number.npos) digits.fraction = number.substr(point + 1);
  if (point != number.npos && !AllDigits(digits.fraction)) return std::nullopt;
  // 12.500 says no more than 12.5.
  while (digits.fraction.ends_with('0')) digits.fraction.pop_back();
  return digits;
}

std::string FormatScaled(int64_t value, int decimals) {
  std::string text = absl::StrCat(value);
  if (decimals == 0) return text;
  const std::string sign = value < 0 ? "-" : "";
  std::string digits = text.substr(sign.size());
  while (digits.size() <= static_cast<size_t>(decimals)) {
    digits = absl::StrCat("0", digits);
  }
  std::string fraction = digits.substr(digits.size() - decimals);
  while (fraction.ends_with('0')) fraction.pop_back();
  return absl::StrCat(sign, digits.substr(0, digits.size() - decimals),
                      fraction.empty() ? "" : ".", fraction);
}

absl::StatusOr<int64_t> ReadScaled(std::string_view cell, int decimals,
                                   int64_t min, int64_t max) {
  std::string number = text::Normalize(cell);
  absl::StrReplaceAll({{"−", "-"}}, &number);  // U+2212
  if (IsScientific(number)) return Scientific(cell);
  const std::optional<Digits> digits = ReadDigits(number);
  if (!digits || digits->fraction.size() > static_cast<size_t>(decimals)) {
    return Malformed(
        cell,
        decimals == 0 ? "12" : absl::StrCat("12.5 (≤ ", decimals, " 位小数)"));
  }
  std::string scaled = digits->whole + digits->fraction;
  scaled.append(decimals - digits->fraction.size(), '0');
  int64_t value = 0;
  const bool fits = absl::SimpleAtoi(scaled, &value);
  if (digits->negative) value = -value;
  if (!fits || value < min || value > max) {
    return OutOfRange(cell, FormatScaled(min, decimals),
                      FormatScaled(max, decimals));
  }
  return value;
}

constexpr std::string_view kDateForm = "2026-03-01";

// Takes a time of day off the end: Excel writes 2026/3/1 0:00.
std::string_view DayOf(std::string_view cell) {
  const size_t gap = cell.find_first_of(" t");
  if (gap == cell.npos) return cell;
  const std::string_view time = cell.substr(gap + 1);
  const bool is_time = time.find(':') != time.npos &&
                       time.find_first_not_of("0123456789:.z") == time.npos;
  return is_time ? cell.substr(0, gap) : cell;
}

std::optional<absl::CivilDay> MakeDay(std::string_view year,
                                      std::string_view month,
                                      std::string_view day) {
  if (year.size() != 4 || month.size() > 2 || day.size() > 2) return {};
  std::array<int, 3> numbers{};
  const std::array<std::string_view, 3> parts = {year, month, day};
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!AllDigits(parts[i]) ||
        !absl::SimpleAtoi(View(parts[i]), &numbers[i])) {
      return {};
    }
  }
  const absl::CivilDay made(numbers[0], numbers[1], numbers[2]);
  // CivilDay makes 31 June into 1 July.
  const bool real = made.month() == numbers[1] && made.day() == numbers[2];
  return real ? std::optional(made) : std::nullopt;
}

std::optional<absl::CivilDay> ReadDay(std::string_view cell) {
  if (AllDigits(cell) && cell.size() == 5) {
    int days = 0;
    if (!absl::SimpleAtoi(View(cell), &days)) return {};
    return absl::CivilDay(1899, 12, 30) + days;
  }
  if (AllDigits(cell) && cell.size() == 8) {
    return MakeDay(cell.substr(0, 4), cell.substr(4, 2), cell.substr(6));
  }
  const std::string dashed = absl::StrReplaceAll(
      View(cell),
      {{"年", "-"}, {"月", "-"}, {"日", ""}, {"/", "-"}, {".", "-"}});
  const size_t first = dashed.find('-');
  const size_t last = dashed.rfind('-');
  if (first == last) return {};
  const std::string_view all = dashed;
  return MakeDay(all.substr(0, first), all.substr(first + 1, last - first - 1),
                 all.substr(last + 1));
}

// Of a telephone number as people write it: digits, and + at the front.
std::string DialledDigits(std::string_view number) {
  std::string digits;
  for (const char c : number) {
    if (IsDigit(c) || (c == '+' && digits.empty())) {
      digits += c;
    } else if (c != '-' && c != ' ' && c != '(' && c != ')') {
      return "";
    }
  }
  return digits;
}

// Mainland mobiles 1xx, with area code 0xx…, 400 and 800 numbers; Hong Kong
// and Macao with their prefix.
bool IsTelephone(std::string_view digits) {
  const size_t size = digits.size();
  if (digits.starts_with("852") || digits.starts_with("853")) {
    return size == 11;
  }
  if (digits.starts_with('1')) return size == 11 && digits[1] >= '3';
  if (digits.starts_with('0')) {
    return size >= 10 && size <= 12 && digits[1] != '0';
  }
  return size == 10 && (digits.starts_with("400") || digits.starts_with("800"));
}

}  // namespace

absl::StatusOr<std::string> Text::operator()(std::string_view cell) const {
  return WithinLength(text::Tidy(cell), min, max);
}

absl::StatusOr<std::string> Lines::operator()(std::string_view cell) const {
  return WithinLength(text::TidyLines(cell), min, max);
}

absl::StatusOr<int64_t> Integer::operator()(std::string_view cell) const {
  return ReadScaled(cell, 0, min, max);
}

absl::StatusOr<int64_t> Decimal::operator()(std::string_view cell) const {
  return ReadScaled(cell, decimals, min, max);
}

absl::StatusOr<absl::CivilDay> Date::operator()(std::string_view cell) const {
  const std::string normalized = text::Normalize(cell);
  const std::optional<absl::CivilDay> day = ReadDay(DayOf(normalized));
  if (!day) return Malformed(cell, kDateForm);
  if (day->year() < 1900 || day->year() > 2199) {
    return OutOfRange(cell, "1900-01-01", "2199-12-31");
  }
  return *day;
}

absl::StatusOr<bool> YesNo::operator()(std::string_view cell) const {
  if (cell == "是") return true;
  if (cell == "否") return false;
  static constexpr std::string_view kYes[] = {"是", "yes", "y", "true",
                                              "1",  "√",   "✓", "有"};
  static constexpr std::string_view kNo[] = {"否", "no", "n", "false",
                                             "0",  "×",  "x", "无"};
  const std::string word = text::Normalize(cell);
  if (std::find(std::begin(kYes), std::end(kYes), word) != std::end(kYes)) {
    return true;
  }
  if (std::find(std::begin(kNo), std::end(kNo), word) != std::end(kNo)) {
    return false;
  }
  return MakeError(Reason::kUnknownValue,
                   {{"value", Shown(cell)}, {"allowed", "是 (yes)、否 (no)"}});
}

absl::StatusOr<std::string> Phone::operator()(std::string_view cell) const {
  const std::string number = text::Normalize(cell);
  if (IsScientific(number)) return Scientific(cell);
  std::string digits = DialledDigits(number);
  if (digits.starts_with('+')) digits.erase(0, 1);
  if (digits.starts_with("86") && digits.size() > 11) digits.erase(0, 2);
  if (!IsTelephone(digits)) {
    return Malformed(cell, "13800000000、0668-6668888、+852 21234567");
  }
  return digits;
}

absl::StatusOr<std::string> CreditCode::operator()(
    std::string_view cell) const {
  const std::string normalized = text::Normalize(cell);
  if (IsScientific(normalized)) return Scientific(cell);
  std::string code =
      absl::StrReplaceAll(absl::AsciiStrToUpper(normalized), {{" ", ""}});
  if (codes::CheckCreditCode(code) != codes::CreditCodeFault::kNone) {
    return MakeError(Reason::kBadCreditCode, {{"value", Shown(cell)}});
  }
  return code;
}

namespace {

// The length of the separator, in its half-width form one of `separators`,
// that `text` begins with; 0 when there is none.
size_t SeparatorSize(std::string_view text, std::string_view separators) {
  struct Wide {
    std::string_view wide;
    std::string_view half;
  };
  static constexpr Wide kWide[] = {
      {"；", ";"}, {"，", ","}, {"｜", "|"}, {"：", ":"}, {"、", "、"}};
  const auto c = static_cast<uint8_t>(text.front());
  if (c < 0x80) return separators.find(text.front()) != separators.npos;
  if (c != 0xe3 && c != 0xef) return 0;  // the first bytes of the wide ones
  for (const Wide& w : kWide) {
    if (text.starts_with(w.wide) &&
        separators.find(w.half) != separators.npos) {
      return w.wide.size();
    }
  }
  return 0;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kIdeographicSpace = "\u3000";
  for (;;) {
    const absl::string_view stripped = absl::StripAsciiWhitespace(View(text));
    text = std::string_view(stripped.data(), stripped.size());
    if (text.starts_with(kIdeographicSpace)) {
      text.remove_prefix(kIdeographicSpace.size());
    } else if (text.ends_with(kIdeographicSpace)) {
      text.remove_suffix(kIdeographicSpace.size());
    } else {
      return text;
    }
  }
}

}  // namespace

std::vector<std::string_view> SplitCell(std::string_view cell,
                                        std::string_view separators) {
  std::vector<std::string_view> pieces;
  const auto take = [&](size_t begin, size_t end) {
    const std::string_view piece = Trimmed(cell.substr(begin, end - begin));
    if (!piece.empty()) pieces.push_back(piece);
  };
  size_t begin = 0;
  for (size_t i = 0; i < cell.size();) {
    const size_t size = SeparatorSize(cell.substr(i), separators);
    if (size > 0) {
      take(begin, i);
      begin = i + size;
    }
    i += std::max<size_t>(size, 1);
  }
  take(begin, cell.size());
  return pieces;
}

absl::StatusOr<size_t> FindName(
    std::string_view cell, const std::vector<std::vector<std::string>>& names) {
  const auto position = [&names](const auto& is_it) {
    return std::find_if(names.begin(), names.end(),
                        [&](const std::vector<std::string>& list) {
                          return std::any_of(list.begin(), list.end(), is_it);
                        }) -
           names.begin();
  };
  size_t found =
      position([cell](std::string_view name) { return name == cell; });
  if (found == names.size()) {
    const std::string word = text::Normalize(cell);
    found = position([&word](std::string_view name) {
      return text::Normalize(name) == word;
    });
  }
  if (found < names.size()) return found;
  std::string allowed;
  for (const std::vector<std::string>& list : names) {
    absl::StrAppend(&allowed, allowed.empty() ? "" : "、", list.front());
  }
  return MakeError(Reason::kUnknownValue,
                   {{"value", Shown(cell)}, {"allowed", allowed}});
}

absl::Status TooManyItems(size_t count, size_t limit) {
  return MakeError(Reason::kTooManyItems, {{"count", absl::StrCat(count)},
                                           {"limit", absl::StrCat(limit)}});
}

}  // namespace jiedui::sheet
