// What to generate.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace jiedui::corps {

struct Options {
  uint64_t seed = 1;
  // The region everything lies in: 2, 4, 6 or 9 digits, zeros may follow
  // (440000). Empty is all of China.
  std::string region;
  // Rows of each sheet; specialties.csv has two a county.
  uint64_t volunteers = 10'000;
  uint64_t teams = 400;
  uint64_t demands = 2'000;
  uint64_t projects = 1'000;
  uint64_t enterprises = 1'500;
  uint64_t stations = 200;
};

// Ids have seven digits.
inline constexpr uint64_t kMaxRows = 9'999'999;

// kInvalidFields, all that is wrong: kValueOutOfRange above kMaxRows, or for
// more teams than volunteers, since every team has a leader of its own;
// kUnknownCode for a region there is none of, or a village.
absl::Status Validate(const Options& options);

}  // namespace jiedui::corps
