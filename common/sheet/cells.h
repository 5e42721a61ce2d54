// What stands in a cell, read as a value. Each reader is a small object that is
// called with a cell that is not blank and returns the value or an error of
// common/base/error.h without {field}: the schema (columns.h) fills in the
// column. Readers are immutable and thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace jiedui::sheet {

// A value in an error is cut to this many characters.
inline constexpr int64_t kShownCharacters = 40;

// A text on one line, its white space tidied (text::Tidy).
// kFieldTooLong, kFieldMalformed when shorter than `min` (code points).
struct Text {
  int64_t min = 1;
  int64_t max = 100;
  absl::StatusOr<std::string> operator()(std::string_view cell) const;
};

// As Text, but line breaks stay (text::TidyLines).
struct Lines {
  int64_t min = 1;
  int64_t max = 2000;
  absl::StatusOr<std::string> operator()(std::string_view cell) const;
};

// A whole number, full-width digits and thousands separators (1,200) allowed.
// kFieldMalformed, kValueOutOfRange, kCellScientific.
struct Integer {
  int64_t min = std::numeric_limits<int64_t>::min();
  int64_t max = std::numeric_limits<int64_t>::max();
  absl::StatusOr<int64_t> operator()(std::string_view cell) const;
};

// A number with at most `decimals` (0 … 6) places, as a whole number of units
// of 10^-decimals: 12.5 with 3 gives 12,500. `min` and `max` are such units
// too. More places are kFieldMalformed: nothing is rounded in silence. So is
// 35%: the unit has a column of its own.
struct Decimal {
  int decimals = 3;
  int64_t min = -1'000'000'000'000;
  int64_t max = 1'000'000'000'000;
  absl::StatusOr<int64_t> operator()(std::string_view cell) const;
};

// 2026-03-01, 2026/3/1, 2026.3.1, 2026年3月1日, 20260301, each also with a time
// of day after it, which Excel adds; or the five digits of Excel's day number.
// kFieldMalformed, also for a day that is not in the calendar; kValueOutOfRange
// outside 1900 … 2199.
struct Date {
  absl::StatusOr<absl::CivilDay> operator()(std::string_view cell) const;
};

// 是 否, yes no, y n, true false, 1 0, √ ×, 有 无. kUnknownValue.
struct YesNo {
  absl::StatusOr<bool> operator()(std::string_view cell) const;
};

// One of a list of words, each with the names people may write for it, the
// first of which the error shows. Compared after text::Normalize.
// kUnknownValue, with the words allowed.
template <typename Value>
struct Choice {
  struct Word {
    Value value;
    std::vector<std::string> names;
  };
  // REQUIRES: no name is there twice.
  explicit Choice(std::vector<Word> words);
  absl::StatusOr<Value> operator()(std::string_view cell) const;

 private:
  std::vector<Value> values_;
  std::vector<std::vector<std::string>> names_;  // of values_, by position
};

// A telephone number of the mainland, Hong Kong (+852) or Macao (+853), as
// digits only, without +86: 0668-6668888 → 06686668888. kFieldMalformed,
// kCellScientific.
struct Phone {
  absl::StatusOr<std::string> operator()(std::string_view cell) const;
};

// A unified social credit code, upper case. kBadCreditCode, kCellScientific.
struct CreditCode {
  absl::StatusOr<std::string> operator()(std::string_view cell) const;
};

// The names of a list read by `Each`, e.g. the texts 粤;客;潮, without blanks;
// what is there twice stays twice. Separators ; ； 、 | , ，
// kFieldTooLong beyond `max` items; the first error of an item.
template <typename Each>
struct ListOf {
  using Item =
      typename std::invoke_result_t<const Each&, std::string_view>::value_type;
  Each each;
  size_t max = 20;
  absl::StatusOr<std::vector<Item>> operator()(std::string_view cell) const;
};

// As ListOf for things whose names may have 、 or , in them (农、林、牧、渔业):
// what stands between two ; or | is read whole, and only when it is no name cut
// further.
template <typename Each>
struct NamesOf {
  using Item = typename ListOf<Each>::Item;
  Each each;
  size_t max = 20;
  absl::StatusOr<std::vector<Item>> operator()(std::string_view cell) const;
};

// An item with a grade after a colon: 21045:4. Without one, `usual`.
template <typename Each>
struct Graded {
  using Item = typename ListOf<Each>::Item;
  Each each;
  int64_t min = 1;
  int64_t max = 5;
  int64_t usual = 3;
  absl::StatusOr<std::pair<Item, int64_t>> operator()(
      std::string_view cell) const;
};

// For compilers that do not deduce aggregates: ListOf{Text{.max = 10}, 5}.
template <typename Each>
ListOf(Each) -> ListOf<Each>;
template <typename Each>
ListOf(Each, size_t) -> ListOf<Each>;
template <typename Each>
NamesOf(Each) -> NamesOf<Each>;
template <typename Each>
NamesOf(Each, size_t) -> NamesOf<Each>;
template <typename Each>
Graded(Each) -> Graded<Each>;

// ---- What the templates are made of.

// Cut at any of the (half-width) separators; ；｜， count as their half-width
// forms. Pieces are trimmed, blank ones left out.
std::vector<std::string_view> SplitCell(std::string_view cell,
                                        std::string_view separators);
// The position in `names` of the list that holds `cell`; kUnknownValue.
absl::StatusOr<size_t> FindName(
    std::string_view cell, const std::vector<std::vector<std::string>>& names);
absl::Status TooManyItems(size_t count, size_t limit);

template <typename Value>
Choice<Value>::Choice(std::vector<Word> words) {
  for (Word& word : words) {
    values_.push_back(word.value);
    names_.push_back(std::move(word.names));
  }
}

template <typename Value>
absl::StatusOr<Value> Choice<Value>::operator()(std::string_view cell) const {
  const absl::StatusOr<size_t> position = FindName(cell, names_);
  if (!position.ok()) return position.status();
  return values_[*position];
}

template <typename Each>
absl::StatusOr<std::vector<typename ListOf<Each>::Item>>
ListOf<Each>::operator()(std::string_view cell) const {
  std::vector<Item> items;
  for (const std::string_view piece : SplitCell(cell, ";|、,")) {
    auto item = each(piece);
    if (!item.ok()) return item.status();
    items.push_back(*std::move(item));
  }
  if (items.size() > max) return TooManyItems(items.size(), max);
  return items;
}

template <typename Each>
absl::StatusOr<std::vector<typename NamesOf<Each>::Item>>
NamesOf<Each>::operator()(std::string_view cell) const {
  std::vector<Item> items;
  for (const std::string_view piece : SplitCell(cell, ";|")) {
    auto whole = each(piece);
    if (whole.ok()) {
      items.push_back(*std::move(whole));
      continue;
    }
    const std::vector<std::string_view> parts = SplitCell(piece, "、,");
    if (parts.size() < 2) return whole.status();
    for (const std::string_view part : parts) {
      auto item = each(part);
      if (!item.ok()) return item.status();
      items.push_back(*std::move(item));
    }
  }
  if (items.size() > max) return TooManyItems(items.size(), max);
  return items;
}

template <typename Each>
absl::StatusOr<std::pair<typename Graded<Each>::Item, int64_t>>
Graded<Each>::operator()(std::string_view cell) const {
  const std::vector<std::string_view> parts = SplitCell(cell, ":");
  auto item = each(parts.empty() ? cell : parts.front());
  if (!item.ok()) return item.status();
  if (parts.size() < 2) return std::pair(*std::move(item), usual);
  const absl::StatusOr<int64_t> grade = Integer{
      .min = min, .max = max}(cell.substr(parts[1].data() - cell.data()));
  if (!grade.ok()) return grade.status();
  return std::pair(*std::move(item), *grade);
}

}  // namespace jiedui::sheet
