// The cells of one CSV row, RFC 4180.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"

namespace jiedui::corps {

// Appends to a string it does not own; ends the row when it goes out of scope.
class CsvRow {
 public:
  explicit CsvRow(std::string& out) : out_(out) {}
  CsvRow(const CsvRow&) = delete;
  CsvRow& operator=(const CsvRow&) = delete;
  ~CsvRow() { out_ += '\n'; }

  CsvRow& Text(std::string_view text);
  CsvRow& Number(int64_t number);
  // A number given in tenths: 125 is 12.5.
  CsvRow& Tenths(int64_t tenths);
  CsvRow& Day(absl::CivilDay day);  // 2026-12-01
  CsvRow& YesNo(bool yes) { return Text(yes ? "是" : "否"); }

  // The items of a list, divided by semicolons; append(item, out) writes one.
  template <typename Items, typename Append>
  CsvRow& List(const Items& items, Append append) {
    Separate();
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ';';
      first = false;
      append(item, out_);
    }
    return *this;
  }

 private:
  void Separate();

  std::string& out_;
  bool empty_ = true;
};

}  // namespace jiedui::corps
