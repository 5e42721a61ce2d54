#include "common/text/normalize.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/ascii.h"

namespace jiedui::text {
namespace {

const uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const uint8_t*>(text.data());
}

bool AllAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<uint8_t>(c) < 0x80; });
}

bool IsGap(UChar32 c) {
  if (c < 0x80) return c <= 0x20 || c == 0x7f;
  if (c >= 0x3400 && c <= 0x9fff) return false;  // Han, without a look-up
  return u_isUWhiteSpace(c) || u_iscntrl(c) || c == 0xfeff;
}

bool IsLineBreak(UChar32 c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// Trims, and makes each run of gaps one space, or one line break when
// `keep_lines` and the run has one.
std::string CollapseGaps(std::string_view utf8, bool keep_lines) {
  std::string out;
  out.reserve(utf8.size());
  const uint8_t* bytes = Bytes(utf8);
  bool gap = false;
  bool broken = false;
  for (size_t i = 0; i < utf8.size();) {
    const size_t start = i;
    UChar32 c;
    U8_NEXT(bytes, i, utf8.size(), c);
    if (c >= 0 && IsGap(c)) {
      gap = true;
      broken = broken || IsLineBreak(c);
      continue;
    }
    if (gap && !out.empty()) out += keep_lines && broken ? '\n' : ' ';
    gap = broken = false;
    out.append(utf8, start, i - start);
  }
  return out;
}

int WidthOf(UChar32 c) {
  if (c < 0) return 1;
  if (c < 0x300) return u_iscntrl(c) ? 0 : 1;
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
      return 0;
    default:
      break;
  }
  const int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

std::string CaseFold(std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* folder =
      icu::Normalizer2::getNFKCCasefoldInstance(error);
  std::string folded;
  folded.reserve(utf8.size());
  icu::StringByteSink<std::string> sink(&folded);
  folder->normalizeUTF8(
      0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink,
      nullptr, error);
  // Only lack of memory or of ICU's own data can fail here.
  return U_SUCCESS(error) ? folded : std::string(utf8);
}

}  // namespace

size_t FirstBadUtf8(std::string_view bytes) {
  const uint8_t* data = Bytes(bytes);
  size_t i = 0;
  while (i < bytes.size()) {
    uint64_t block;
    if (bytes.size() - i >= sizeof(block)) {
      std::memcpy(&block, data + i, sizeof(block));
      if ((block & 0x8080808080808080u) == 0) {
        i += sizeof(block);
        continue;
      }
    }
    const size_t start = i;
    UChar32 c;
    U8_NEXT(data, i, bytes.size(), c);
    if (c < 0) return start;
  }
  return bytes.size();
}

bool ValidUtf8(std::string_view bytes) {
  return FirstBadUtf8(bytes) == bytes.size();
}

int64_t Utf8Length(std::string_view utf8) {
  const uint8_t* data = Bytes(utf8);
  int64_t count = 0;
  for (size_t i = 0; i < utf8.size(); ++count) {
    U8_FWD_1(data, i, utf8.size());
  }
  return count;
}

int64_t DisplayWidth(std::string_view utf8) {
  const uint8_t* data = Bytes(utf8);
  int64_t width = 0;
  for (size_t i = 0; i < utf8.size();) {
    UChar32 c;
    U8_NEXT(data, i, utf8.size(), c);
    width += WidthOf(c);
  }
  return width;
}

std::string Normalize(std::string_view utf8) {
  std::string folded =
      AllAscii(utf8)
          ? absl::AsciiStrToLower(absl::string_view(utf8.data(), utf8.size()))
          : CaseFold(utf8);
  return CollapseGaps(folded, /*keep_lines=*/false);
}

bool Blank(std::string_view utf8) {
  const uint8_t* bytes = Bytes(utf8);
  for (size_t i = 0; i < utf8.size();) {
    UChar32 c;
    U8_NEXT(bytes, i, utf8.size(), c);
    if (c < 0 || !IsGap(c)) return false;
  }
  return true;
}

std::string Tidy(std::string_view utf8) {
  return CollapseGaps(utf8, /*keep_lines=*/false);
}

std::string TidyLines(std::string_view utf8) {
  return CollapseGaps(utf8, /*keep_lines=*/true);
}

std::string Shorten(std::string_view utf8, int64_t code_points) {
  const uint8_t* data = Bytes(utf8);
  size_t i = 0;
  for (int64_t n = 0; n < code_points && i < utf8.size(); ++n) {
    U8_FWD_1(data, i, utf8.size());
  }
  std::string out(utf8.substr(0, i));
  if (i < utf8.size()) out += "…";
  return out;
}

}  // namespace jiedui::text
