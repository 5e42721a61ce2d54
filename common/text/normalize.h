// Chinese and mixed text made comparable: one form for matching, one for
// storing, and how wide it prints. All functions are pure and thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiedui::text {

// True when `bytes` is well-formed UTF-8: no overlong form, no surrogate,
// nothing above U+10FFFF, nothing cut off.
bool ValidUtf8(std::string_view bytes);

// The offset of the first ill-formed byte; bytes.size() when there is none.
size_t FirstBadUtf8(std::string_view bytes);

// Code points. Each ill-formed byte sequence counts as one.
int64_t Utf8Length(std::string_view utf8);

// Columns of a terminal: 2 for East Asian wide and full-width characters, 0
// for combining marks and controls, else 1.
int64_t DisplayWidth(std::string_view utf8);

// The form in which texts, headers and words are compared, never shown: NFKC,
// case folded (Unicode NFKC_Casefold: １２３ＡＢ → 123ab, ℃ → °c, zero-width
// characters dropped), white space trimmed and each run made one space.
// Ill-formed bytes are kept as they are.
std::string Normalize(std::string_view utf8);

// True when there is nothing but white space and control characters.
bool Blank(std::string_view utf8);

// The form in which a one-line text is stored: characters as written, white
// space (any Unicode space, line break or control character) trimmed and each
// run made one space.
std::string Tidy(std::string_view utf8);

// As Tidy, but a run with a line break in it becomes one line break.
std::string TidyLines(std::string_view utf8);

// The first `code_points` of `utf8`, with … when something was left off.
std::string Shorten(std::string_view utf8, int64_t code_points);

}  // namespace jiedui::text
