// Numbers of certificates: JD-440981-2026-000001-K. Six digits of the issuing
// unit's region, the year, a serial number of that region and year, and a check
// character by ISO 7064 MOD 37,36, which notices any one character mistyped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jiedui::matcher {

// REQUIRES: `region` has 6 digits at least.
std::string CertificateNumber(std::string_view region, int64_t year,
                              uint64_t serial);

// The number as it is written, for one that was typed: small letters, blanks
// and missing dashes are forgiven. Nothing when it cannot be one.
std::optional<std::string> ReadCertificateNumber(std::string_view typed);

}  // namespace jiedui::matcher
