// What the parts of Nation share: its own sequences of chance, and writing into
// strings that are used again and again.
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/codes/regions.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::bench {

// Beside those of corps::Stream. Renumbering changes every object.
enum NationStream : uint64_t {
  kStreamPeople = 101,      // what others refer to: place, work, skills
  kStreamVolunteers = 102,  // the rest of a volunteer
  kStreamDemands = 103,
  kStreamTeams = 104,
  kStreamProjects = 105,
  kStreamFirms = 106,
};

// 2026, in days from 1970-01-01.
inline constexpr matcher::engine::Window kYear = {20454, 20819};

// "volunteers/v0000001"
inline void WriteId(std::string_view prefix, int32_t index, std::string& id) {
  constexpr size_t kDigits = 7;
  std::array<char, kDigits> digits;
  for (size_t i = kDigits; i-- > 0; index /= 10) {
    digits[i] = static_cast<char>('0' + index % 10);
  }
  id.assign(prefix).append(digits.data(), digits.size());
}

inline void WriteNumber(uint64_t number, std::string& text) {
  std::array<char, 20> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text.append(digits.data(), end);
}

inline void WriteCode(const codes::Region& region, std::string& code) {
  code.clear();
  WriteNumber(region.code(), code);
}

// `text` with `mark`, at most once in it, replaced by `value`.
inline void WriteFilled(std::string_view text, std::string_view mark,
                        std::string_view value, std::string& out) {
  const size_t found = text.find(mark);
  out.append(text.substr(0, found));
  if (found == text.npos) return;
  out.append(value).append(text.substr(found + mark.size()));
}

}  // namespace jiedui::bench
