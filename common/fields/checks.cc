#include "common/fields/checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/time/civil_time.h"
#include "common/codes/credit_code.h"
#include "common/codes/industries.h"
#include "common/codes/regions.h"
#include "common/codes/subjects.h"
#include "common/text/normalize.h"

namespace jiedui::fields {
namespace {

using base::Reason;
using base::Violations;

constexpr int kMaxCodes = 20;

void AddUnknownCode(std::string_view field, std::string_view code,
                    std::string_view system, Violations& out) {
  out.Add(std::string(field), Reason::kUnknownCode,
          {{"value", std::string(code)}, {"system", std::string(system)}});
}

void AddMalformed(std::string_view field, std::string_view value,
                  std::string_view expected, Violations& out) {
  out.Add(std::string(field), Reason::kFieldMalformed,
          {{"value", std::string(value)}, {"expected", std::string(expected)}});
}

// The number that `digits` are; -1 when one is not.
int NumberOf(std::string_view digits) {
  int number = 0;
  for (const char c : digits) {
    if (!absl::ascii_isdigit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

void CheckText(std::string_view field, std::string_view value, Need need,
               int64_t limit, Violations& out) {
  if (!text::ValidUtf8(value)) {
    AddMalformed(field, "", "UTF-8", out);
    return;
  }
  if (need == Need::kRequired && text::Blank(value)) {
    out.Add(std::string(field), Reason::kFieldRequired);
    return;
  }
  // No text has more characters than bytes.
  if (static_cast<int64_t>(value.size()) <= limit) return;
  const int64_t length = text::Utf8Length(value);
  if (length > limit) {
    out.Add(std::string(field), Reason::kFieldTooLong,
            {{"length", absl::StrCat(length)}, {"limit", absl::StrCat(limit)}});
  }
}

void CheckRange(std::string_view field, int64_t value, int64_t min, int64_t max,
                Violations& out) {
  if (value >= min && value <= max) return;
  out.Add(std::string(field), Reason::kValueOutOfRange,
          {{"value", absl::StrCat(value)},
           {"min", absl::StrCat(min)},
           {"max", absl::StrCat(max)}});
}

void CheckItems(std::string_view field, int count, int limit, Violations& out) {
  if (count <= limit) return;
  out.Add(std::string(field), Reason::kTooManyItems,
          {{"count", absl::StrCat(count)}, {"limit", absl::StrCat(limit)}});
}

void CheckRegion(std::string_view field, std::string_view code,
                 Violations& out) {
  if (code.empty()) {
    out.Add(std::string(field), Reason::kFieldRequired);
  } else if (codes::FindRegion(code) == nullptr) {
    AddUnknownCode(field, code, "GB/T 2260", out);
  }
}

void CheckSubject(std::string_view field, std::string_view code,
                  Violations& out) {
  // A section's letter says too little to match by.
  if (code.size() < 3 || codes::FindSubject(code) == nullptr) {
    AddUnknownCode(field, code, "GB/T 13745", out);
  }
}

void CheckSubjects(std::string_view field, const Texts& codes, Need need,
                   Violations& out) {
  if (need == Need::kRequired && codes.empty()) {
    out.Add(std::string(field), Reason::kFieldRequired);
  }
  CheckItems(field, codes.size(), kMaxCodes, out);
  for (const std::string& code : codes) CheckSubject(field, code, out);
}

void CheckIndustry(std::string_view field, std::string_view code, Need need,
                   Violations& out) {
  if (code.empty()) {
    if (need == Need::kRequired) {
      out.Add(std::string(field), Reason::kFieldRequired);
    }
  } else if (code.size() < 2 || codes::FindIndustry(code) == nullptr) {
    AddUnknownCode(field, code, "GB/T 4754", out);
  }
}

void CheckIndustries(std::string_view field, const Texts& codes,
                     Violations& out) {
  CheckItems(field, codes.size(), kMaxCodes, out);
  for (const std::string& code : codes) {
    CheckIndustry(field, code, Need::kRequired, out);
  }
}

void CheckCreditCode(std::string_view field, const std::string& code,
                     Violations& out) {
  if (code.empty() ||
      codes::CheckCreditCode(code) == codes::CreditCodeFault::kNone) {
    return;
  }
  out.Add(std::string(field), Reason::kBadCreditCode, {{"value", code}});
}

void CheckPhone(std::string_view field, const std::string& phone,
                Violations& out) {
  if (phone.empty()) return;
  const bool digits = std::all_of(phone.begin(), phone.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
  if (digits && phone.size() >= 7 && phone.size() <= 15) return;
  AddMalformed(field, phone, "7–15 位数字 / 7 to 15 digits", out);
}

bool IsDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = NumberOf(text.substr(0, 4));
  const int month = NumberOf(text.substr(5, 2));
  const int day = NumberOf(text.substr(8, 2));
  if (year < 1900 || year > 2199 || month < 1 || day < 1) return false;
  // What is not in the calendar is normalised to another day.
  const absl::CivilDay civil(year, month, day);
  return civil.month() == month && civil.day() == day;
}

void CheckDate(std::string_view field, std::string_view date, Need need,
               Violations& out) {
  if (date.empty()) {
    if (need == Need::kRequired) {
      out.Add(std::string(field), Reason::kFieldRequired);
    }
  } else if (!IsDate(date)) {
    AddMalformed(field, date, "YYYY-MM-DD", out);
  }
}

void CheckSpan(std::string_view field, const std::string& start,
               const std::string& end, Violations& out) {
  const std::string name(field);
  CheckDate(name + ".start_date", start, Need::kOptional, out);
  CheckDate(name + ".end_date", end, Need::kOptional, out);
  if (IsDate(start) && IsDate(end) && end < start) {
    out.Add(name + ".end_date", Reason::kWindowReversed,
            {{"start", start}, {"end", end}});
  }
}

}  // namespace jiedui::fields
