// What one field of a resource must look like: each check adds what is wrong
// with it to the violations of a request. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "google/protobuf/repeated_ptr_field.h"

namespace jiedui::fields {

using Texts = google::protobuf::RepeatedPtrField<std::string>;

enum class Need { kOptional, kRequired };

// `limit` in characters.
void CheckText(std::string_view field, std::string_view value, Need need,
               int64_t limit, base::Violations& out);

void CheckRange(std::string_view field, int64_t value, int64_t min, int64_t max,
                base::Violations& out);

// Neither unspecified, where it is needed, nor outside the enumeration: `valid`
// is what the enumeration's own _IsValid says.
template <typename Enum>
void CheckChoice(std::string_view field, Enum value, bool valid, Need need,
                 base::Violations& out) {
  if (!valid) {
    out.Add(
        std::string(field), base::Reason::kUnknownValue,
        {{"value", absl::StrCat(static_cast<int>(value))}, {"allowed", "1 …"}});
  } else if (static_cast<int>(value) == 0 && need == Need::kRequired) {
    out.Add(std::string(field), base::Reason::kFieldRequired);
  }
}

void CheckItems(std::string_view field, int count, int limit,
                base::Violations& out);

// Codes of common/codes; an empty one only when it is optional.
void CheckRegion(std::string_view field, std::string_view code,
                 base::Violations& out);
void CheckSubject(std::string_view field, std::string_view code,
                  base::Violations& out);
void CheckSubjects(std::string_view field, const Texts& codes, Need need,
                   base::Violations& out);
void CheckIndustry(std::string_view field, std::string_view code, Need need,
                   base::Violations& out);
void CheckIndustries(std::string_view field, const Texts& codes,
                     base::Violations& out);

// An empty one is let pass.
void CheckCreditCode(std::string_view field, const std::string& code,
                     base::Violations& out);
void CheckPhone(std::string_view field, const std::string& phone,
                base::Violations& out);

// YYYY-MM-DD, a day of the calendar from 1900 to 2199.
bool IsDate(std::string_view text);
void CheckDate(std::string_view field, std::string_view date, Need need,
               base::Violations& out);

// Two dates, each of which may be empty (open).
void CheckSpan(std::string_view field, const std::string& start,
               const std::string& end, base::Violations& out);

}  // namespace jiedui::fields
