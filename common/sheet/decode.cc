#include "common/sheet/decode.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/text/normalize.h"

namespace jiedui::sheet {
namespace {

using base::MakeError;
using base::Reason;
using std::string_view_literals::operator""sv;

constexpr std::string_view kUtf8Mark = "\xef\xbb\xbf"sv;
constexpr std::string_view kUtf16LeMark = "\xff\xfe"sv;
constexpr std::string_view kUtf16BeMark = "\xfe\xff"sv;

struct Magic {
  std::string_view bytes;
  std::string_view kind;
};
constexpr Magic kNotText[] = {
    {"PK\x03\x04"sv, "Excel (.xlsx)"},
    {"\xd0\xcf\x11\xe0"sv, "Excel (.xls)"},
    {"%PDF"sv, "PDF"},
};

absl::Status NotCsv(std::string_view kind) {
  return MakeError(Reason::kSheetIsWorkbook, {{"kind", std::string(kind)}});
}

absl::Status Undecodable(std::string_view bytes, size_t offset,
                         std::string_view encoding) {
  const auto line = 1 + std::count(bytes.begin(), bytes.begin() + offset, '\n');
  return MakeError(Reason::kSheetUndecodable,
                   {{"line", absl::StrCat(line)},
                    {"offset", absl::StrCat(offset)},
                    {"encoding", std::string(encoding)}});
}

absl::Status RefuseWhatIsNoText(std::string_view bytes) {
  for (const Magic& magic : kNotText) {
    if (bytes.starts_with(magic.bytes)) return NotCsv(magic.kind);
  }
  const size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != bytes.npos && bytes[first] == '<') return NotCsv("HTML/XML");
  return absl::OkStatus();
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// `name` is one that ICU knows.
absl::StatusOr<std::string> Convert(std::string_view bytes, const char* name) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(
      ucnv_open(name, &error));
  if (U_FAILURE(error)) {
    return MakeError(Reason::kInternal, {{"detail", u_errorName(error)}});
  }
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr,
                      nullptr, nullptr, &error);

  // No encoding here makes more UTF-16 units than it has bytes.
  std::u16string units(bytes.size(), u'\0');
  char16_t* to = units.data();
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  ucnv_toUnicode(converter.get(), &to, to + units.size(), &from, end, nullptr,
                 /*flush=*/true, &error);
  if (U_FAILURE(error)) {
    char bad[32];  // the longest sequence ICU can hold back
    int8_t length = sizeof(bad);
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(converter.get(), bad, &length, &ignored);
    const size_t read = from - bytes.data();
    return Undecodable(bytes, read - std::min<size_t>(read, length), name);
  }
  std::string text;
  icu::UnicodeString(/*isTerminated=*/false, units.data(),
                     static_cast<int32_t>(to - units.data()))
      .toUTF8String(text);
  return text;
}

// GB18030 text is hardly ever well-formed UTF-8 for a whole line of Chinese
// headers; so a file that begins so is UTF-8, damaged later.
bool BeginsAsUtf8(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  return text::ValidUtf8(line) &&
         std::any_of(line.begin(), line.end(),
                     [](char c) { return static_cast<uint8_t>(c) >= 0x80; });
}

absl::StatusOr<std::string> DecodeAs(Encoding encoding,
                                     std::string_view bytes) {
  switch (encoding) {
    case Encoding::kUtf16Le:
      return Convert(bytes, "UTF-16LE");
    case Encoding::kUtf16Be:
      return Convert(bytes, "UTF-16BE");
    case Encoding::kGb18030:
      return Convert(bytes, "GB18030");
    case Encoding::kUtf8:
    case Encoding::kUtf8Bom:
      break;
  }
  const size_t bad = text::FirstBadUtf8(bytes);
  if (bad < bytes.size()) return Undecodable(bytes, bad, "UTF-8");
  return std::string(bytes);
}

struct Guess {
  Encoding encoding;
  size_t mark_size;
};

Guess GuessEncoding(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Mark)) return {Encoding::kUtf8Bom, 3};
  if (bytes.starts_with(kUtf16LeMark)) return {Encoding::kUtf16Le, 2};
  if (bytes.starts_with(kUtf16BeMark)) return {Encoding::kUtf16Be, 2};
  if (BeginsAsUtf8(bytes) || text::ValidUtf8(bytes)) {
    return {Encoding::kUtf8, 0};
  }
  return {Encoding::kGb18030, 0};
}

}  // namespace

std::string_view EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return "UTF-8";
    case Encoding::kUtf8Bom:
      return "UTF-8 with BOM";
    case Encoding::kUtf16Le:
      return "UTF-16LE";
    case Encoding::kUtf16Be:
      return "UTF-16BE";
    case Encoding::kGb18030:
      return "GB18030";
  }
  return "";
}

absl::StatusOr<Decoded> Decode(std::string_view bytes) {
  RETURN_IF_ERROR(RefuseWhatIsNoText(bytes));
  const Guess guess = GuessEncoding(bytes);
  const bool wide = guess.encoding == Encoding::kUtf16Le ||
                    guess.encoding == Encoding::kUtf16Be;
  if (!wide && bytes.find('\0') != bytes.npos) return NotCsv("binary");
  ASSIGN_OR_RETURN(std::string text,
                   DecodeAs(guess.encoding, bytes.substr(guess.mark_size)));
  // A NUL can also be spelt in UTF-16.
  if (text.find('\0') != text.npos) return NotCsv("binary");
  return Decoded{std::move(text), guess.encoding};
}

}  // namespace jiedui::sheet
