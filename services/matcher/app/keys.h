// Every key that the matcher stores; numbered, never renumbered. Keys below
// 0x20 are the runtime's (common/runtime/runtime_keys.h). Rows that name two
// things divide them by NUL.
#pragma once

#include <string>
#include <string_view>

namespace jiedui::matcher::keys {

// Replicas: name → message of the owner's event package.
inline constexpr char kDemand = '\x20';
inline constexpr char kVolunteer = '\x21';
inline constexpr char kTeam = '\x22';
inline constexpr char kProject = '\x23';
inline constexpr char kEnterprise = '\x24';
inline constexpr char kStation = '\x25';
inline constexpr char kSpecialty = '\x26';

// The matcher's own: name → record.
inline constexpr char kPairing = '\x28';
inline constexpr char kOffer = '\x29';
inline constexpr char kServiceRecord = '\x2a';
inline constexpr char kRound = '\x2b';
inline constexpr char kExclusion = '\x2c';  // demand, resource → record
inline constexpr char kOutage = '\x2f';     // its end (8 bytes) → record

// Derived from the matcher's own by Apply.
inline constexpr char kLivePairing = '\x30';  // demand → LivePairing
inline constexpr char kBooking = '\x31';      // resource, pairing → version
inline constexpr char kOfferOfPairing = '\x32';  // pairing, offer → ""
inline constexpr char kOpenRecord = '\x33';      // pairing, record → ""
inline constexpr char kCheckedIn = '\x34';       // volunteer → record
inline constexpr char kTally = '\x35';           // resource → Tally

inline std::string One(char prefix, std::string_view name) {
  return std::string(1, prefix).append(name);
}
inline std::string Two(char prefix, std::string_view first,
                       std::string_view second) {
  return One(prefix, first).append(1, '\0').append(second);
}

}  // namespace jiedui::matcher::keys
