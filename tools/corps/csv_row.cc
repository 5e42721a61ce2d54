#include "tools/corps/csv_row.h"

#include "absl/strings/str_cat.h"

namespace jiedui::corps {
namespace {

void AppendTwoDigits(int value, std::string& out) {
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

}  // namespace

void CsvRow::Separate() {
  if (!empty_) out_ += ',';
  empty_ = false;
}

CsvRow& CsvRow::Text(std::string_view text) {
  Separate();
  if (text.find_first_of(",\"\r\n") == text.npos) {
    out_ += text;
    return *this;
  }
  out_ += '"';
  for (const char c : text) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
  return *this;
}

CsvRow& CsvRow::Number(int64_t number) {
  Separate();
  absl::StrAppend(&out_, number);
  return *this;
}

CsvRow& CsvRow::Tenths(int64_t tenths) {
  Number(tenths / 10);
  if (tenths % 10 != 0) absl::StrAppend(&out_, ".", tenths % 10);
  return *this;
}

CsvRow& CsvRow::Day(absl::CivilDay day) {
  const int year = static_cast<int>(day.year());
  Separate();
  AppendTwoDigits(year / 100, out_);
  AppendTwoDigits(year, out_);
  out_ += '-';
  AppendTwoDigits(day.month(), out_);
  out_ += '-';
  AppendTwoDigits(day.day(), out_);
  return *this;
}

}  // namespace jiedui::corps
