// Every key that the matcher stores; numbered, never renumbered. Keys below
// 0x20 are the runtime's (common/runtime/runtime_keys.h). Rows that name two
// things divide them by NUL.
#pragma once

#include <cstdint>
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
inline constexpr char kServed = '\x2d';     // demand → pairing completed
inline constexpr char kOutage = '\x2f';     // its end (8 bytes) → record

// Derived from the matcher's own by Apply.
inline constexpr char kLivePairing = '\x30';  // demand → LivePairing
// 0x31 was the bookings before they had fences.
inline constexpr char kOfferOfPairing = '\x32';  // pairing, offer → ""
inline constexpr char kOpenRecord = '\x33';      // pairing, record → ""
inline constexpr char kCheckedIn = '\x34';       // volunteer → record
inline constexpr char kTally = '\x35';           // resource → Tally

// The ledger (ledger.h).
inline constexpr char kBooking = '\x36';  // resource, holder → BookingRecord
inline constexpr char kLedger = '\x37';   // resource → version, decimal

// Derived from offers by Apply.
inline constexpr char kPendingOffer = '\x38';  // addressee, offer → ""
inline constexpr char kInvitation = '\x39';    // addressee, day, offer → ""
// Of what comes of services.
inline constexpr char kStay = '\x40';        // volunteer, start record → end
inline constexpr char kCorrection = '\x41';  // name → record
inline constexpr char kOpenCorrection = '\x42';  // record → correction
inline constexpr char kHours = '\x43';           // subject → HoursSum
inline constexpr char kServedFor = '\x44';  // subject, volunteer → records
inline constexpr char kReading = '\x45';    // name → record
inline constexpr char kServiceCertificate = '\x46';  // name → record

// Dispatch: name → record.
inline constexpr char kDispatch = '\x3a';
inline constexpr char kVisit = '\x3b';
// Derived from them, and from pairings, by Apply.
inline constexpr char kDirty = '\x3c';     // demand → version of its dispatch
inline constexpr char kReview = '\x3d';    // deadline (8 bytes) pairing → ""
inline constexpr char kCalendar = '\x3e';  // volunteer, end (8 bytes) visit
                                           // → begin (8 bytes), with travel
inline constexpr char kVisitOfPairing = '\x3f';  // pairing, visit planned → ""

// Notices, and where they are sent: name → record.
inline constexpr char kNotice = '\x50';
inline constexpr char kWebhook = '\x51';
inline constexpr char kDelivery = '\x52';
inline constexpr char kDigest = '\x53';  // → DigestRecord
// Derived from them by Apply.
inline constexpr char kNoticeOfKey = '\x54';  // idempotency key → notice
inline constexpr char kPlace = '\x55';  // recipient, place (8 bytes) → notice
inline constexpr char kUnread = '\x56';    // the same, of those unread
inline constexpr char kInbox = '\x57';     // recipient → Inbox
inline constexpr char kAsking = '\x58';    // subject, notice not settled → ""
inline constexpr char kOnItsWay = '\x59';  // notice, delivery pending → ""
inline constexpr char kQueue = '\x5a';  // webhook, due (8 bytes) delivery → ""
// Derived by Apply from whatever waits for a coordinator.
inline constexpr char kMatter = '\x5b';  // region, matter, subject → ""

inline std::string One(char prefix, std::string_view name) {
  return std::string(1, prefix).append(name);
}
inline std::string Two(char prefix, std::string_view first,
                       std::string_view second) {
  return One(prefix, first).append(1, '\0').append(second);
}

// A number as keys sort it: 8 bytes, big-endian.
inline std::string Number(uint64_t number) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, number >>= 8) {
    bytes[i] = static_cast<char>(number & 0xff);
  }
  return bytes;
}

}  // namespace jiedui::matcher::keys
