// Every key that the runtime itself stores; numbered, never renumbered. The
// services' own keys begin at 0x20 (services/<name>/app/keys.h), the journal's
// are 0x01 (common/journal).
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace jiedui::runtime::keys {

inline constexpr char kSchema = '\x02';      // → schema version, decimal
inline constexpr char kCursor = '\x03';      // source → position, decimal
inline constexpr char kTimerByDue = '\x04';  // due (8 bytes) id → ""
inline constexpr char kTimerById = '\x05';   // id → due (8 bytes)
inline constexpr char kReply = '\x06';       // actor NUL request_id → Reply
inline constexpr char kLastNumber =
    '\x07';  // collection → last number, decimal

std::string Schema();
std::string Cursor(std::string_view source);
std::string TimerByDue(absl::Time due, std::string_view id);
std::string TimerById(std::string_view id);
std::string Reply(std::string_view actor, std::string_view request_id);
std::string LastNumber(std::string_view collection);

// Due times as keys sort and read them: microseconds since 1970, big-endian.
std::string EncodeDue(absl::Time due);
absl::Time DecodeDue(std::string_view bytes);

// The parts of a TimerByDue key.
absl::Time DueOf(std::string_view timer_by_due_key);
std::string_view IdOf(std::string_view timer_by_due_key);

}  // namespace jiedui::runtime::keys
