// The bytes of a sheet, as people's programs save them, to UTF-8.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiedui::sheet {

enum class Encoding { kUtf8, kUtf8Bom, kUtf16Le, kUtf16Be, kGb18030 };

// "UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "GB18030".
std::string_view EncodingName(Encoding encoding);

struct Decoded {
  std::string text;  // well-formed UTF-8 without a byte order mark
  Encoding encoding;
};

// By byte order mark (UTF-8; UTF-16, which Excel calls “Unicode text”); without
// one, UTF-8 when all of it is well-formed, else GB18030, which is what Chinese
// Excel writes as plain “CSV”. Pure and thread-safe.
// Errors: kSheetIsWorkbook for .xlsx, .xls, HTML or other bytes that are no
// text; kSheetUndecodable, with the line and the byte offset, when the bytes
// are not valid in the encoding found.
absl::StatusOr<Decoded> Decode(std::string_view bytes);

}  // namespace jiedui::sheet
