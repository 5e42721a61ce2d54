#include "services/matcher/domain/certificate_number.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace jiedui::matcher {
namespace {

constexpr std::string_view kPrefix = "JD";
constexpr size_t kRegionDigits = 6;
constexpr size_t kYearDigits = 4;
constexpr size_t kLeastSerialDigits = 6;
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// ISO 7064 MOD 37,36 of characters of the alphabet.
char CheckCharacter(std::string_view text) {
  constexpr size_t kModulus = kAlphabet.size();
  size_t rest = kModulus;
  for (const char c : text) {
    rest = (rest + kAlphabet.find(c)) % kModulus;
    if (rest == 0) rest = kModulus;
    rest = rest * 2 % (kModulus + 1);
  }
  return kAlphabet[(kModulus + 1 - rest) % kModulus];
}

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(c); });
}

// Letters and digits in the order of the number → the number.
std::string WithDashes(std::string_view plain) {
  const std::string text(plain);
  const size_t year = kPrefix.size() + kRegionDigits;
  const size_t serial = year + kYearDigits;
  return absl::StrCat(text.substr(0, kPrefix.size()), "-",
                      text.substr(kPrefix.size(), kRegionDigits), "-",
                      text.substr(year, kYearDigits), "-",
                      text.substr(serial, text.size() - 1 - serial), "-",
                      text.substr(text.size() - 1));
}

}  // namespace

std::string CertificateNumber(std::string_view region, int64_t year,
                              uint64_t serial) {
  std::string plain = absl::StrFormat(
      "%s%s%04d%06d", std::string(kPrefix),
      std::string(region.substr(0, kRegionDigits)), year, serial);
  plain += CheckCharacter(plain);
  return WithDashes(plain);
}

std::optional<std::string> ReadCertificateNumber(std::string_view typed) {
  constexpr size_t kLeast =
      kPrefix.size() + kRegionDigits + kYearDigits + kLeastSerialDigits + 1;
  constexpr size_t kMost = kLeast + 6;
  std::string plain;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    plain += absl::ascii_toupper(c);
  }
  if (plain.size() < kLeast || plain.size() > kMost ||
      !plain.starts_with(kPrefix)) {
    return std::nullopt;
  }
  const std::string_view body(plain.data(), plain.size() - 1);
  if (!AllDigits(body.substr(kPrefix.size())) ||
      plain.back() != CheckCharacter(body)) {
    return std::nullopt;
  }
  return WithDashes(plain);
}

}  // namespace jiedui::matcher
