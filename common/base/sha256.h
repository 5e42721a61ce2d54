// SHA-256 (FIPS 180-4) by OpenSSL: journal chains, request digests, identities.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace jiedui::base {

// The 32 raw bytes of the digest of all `parts` one after another.
std::string Sha256(std::initializer_list<std::string_view> parts);
inline std::string Sha256(std::string_view bytes) { return Sha256({bytes}); }

// Lower-case hexadecimal.
std::string Hex(std::string_view bytes);

}  // namespace jiedui::base
