#include "common/runtime/runtime_keys.h"

#include <cstdint>

namespace jiedui::runtime::keys {
namespace {

std::string Join(char prefix, std::string_view rest) {
  std::string key(1, prefix);
  key.append(rest);
  return key;
}

}  // namespace

std::string Schema() { return std::string(1, kSchema); }

std::string Cursor(std::string_view source) { return Join(kCursor, source); }

std::string TimerByDue(absl::Time due, std::string_view id) {
  return Join(kTimerByDue, EncodeDue(due)).append(id);
}

std::string TimerById(std::string_view id) { return Join(kTimerById, id); }

std::string Reply(std::string_view actor, std::string_view request_id) {
  std::string key = Join(kReply, actor);
  key += '\0';
  return key.append(request_id);
}

std::string LastNumber(std::string_view collection) {
  return Join(kLastNumber, collection);
}

std::string EncodeDue(absl::Time due) {
  const uint64_t micros = static_cast<uint64_t>(absl::ToUnixMicros(due));
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(micros >> shift);
  }
  return bytes;
}

absl::Time DecodeDue(std::string_view bytes) {
  uint64_t micros = 0;
  for (unsigned char byte : bytes.substr(0, 8)) micros = micros << 8 | byte;
  return absl::FromUnixMicros(static_cast<int64_t>(micros));
}

absl::Time DueOf(std::string_view timer_by_due_key) {
  return DecodeDue(timer_by_due_key.substr(1));
}

std::string_view IdOf(std::string_view timer_by_due_key) {
  return timer_by_due_key.substr(9);
}

}  // namespace jiedui::runtime::keys
