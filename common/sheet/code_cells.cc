#include "common/sheet/code_cells.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/codes/region_paths.h"
#include "common/sheet/cell_errors.h"
#include "common/text/normalize.h"

namespace jiedui::sheet {
namespace {

using base::MakeError;
using base::Reason;

// More would not help anybody to choose.
constexpr size_t kShownCandidates = 3;

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

absl::Status UnknownCode(std::string_view cell, std::string_view system) {
  return MakeError(Reason::kUnknownCode,
                   {{"value", Shown(cell)}, {"system", std::string(system)}});
}

absl::Status Ambiguous(std::string_view cell, const codes::RegionMatch& match) {
  std::string candidates;
  for (size_t i = 0; i < match.ambiguous.size() && i < kShownCandidates; ++i) {
    absl::StrAppend(&candidates, i == 0 ? "" : "、",
                    match.ambiguous[i]->Path());
  }
  if (match.ambiguous.size() > kShownCandidates) candidates += "…";
  return MakeError(Reason::kRegionAmbiguous,
                   {{"value", Shown(cell)}, {"candidates", candidates}});
}

// An entry of a classification, by code or name; sections (one letter) group
// too much to say anything.
template <typename Entry>
absl::StatusOr<const Entry*> FindEntry(
    std::string_view cell, const Entry* (*by_code)(std::string_view),
    const Entry* (*by_name)(std::string_view), std::string_view system) {
  const std::string word = text::Normalize(cell);
  const Entry* entry = by_code(absl::AsciiStrToUpper(word));
  if (entry == nullptr) entry = by_name(word);
  // Names with full-width marks are not in normalised form.
  if (entry == nullptr) entry = by_name(text::Tidy(cell));
  if (entry == nullptr || entry->parent == nullptr) {
    return UnknownCode(cell, system);
  }
  return entry;
}

}  // namespace

absl::StatusOr<const codes::Region*> RegionCell::operator()(
    std::string_view cell) const {
  const std::string word = text::Normalize(cell);
  if (AllDigits(word)) {
    const codes::Region* region = codes::FindRegion(word);
    if (region == nullptr) return UnknownCode(cell, "GB/T 2260");
    return region;
  }
  if (IsScientific(word)) return Scientific(cell);
  const codes::RegionMatch match = codes::FindRegionByPath(text::Tidy(cell));
  if (match.region != nullptr) return match.region;
  if (!match.ambiguous.empty()) return Ambiguous(cell, match);
  return UnknownCode(cell, "GB/T 2260");
}

absl::StatusOr<const codes::Subject*> SubjectCell::operator()(
    std::string_view cell) const {
  return FindEntry<codes::Subject>(cell, codes::FindSubject,
                                   codes::FindSubjectByName, "GB/T 13745");
}

absl::StatusOr<const codes::Industry*> IndustryCell::operator()(
    std::string_view cell) const {
  return FindEntry<codes::Industry>(cell, codes::FindIndustry,
                                    codes::FindIndustryByName, "GB/T 4754");
}

}  // namespace jiedui::sheet
