// gzip, for messages that are flagged as compressed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiedui::gateway {

// Inflates one whole gzip member. Errors: kTooLarge as soon as there are more
// than `limit` bytes; kBadFrames when it is not gzip, is cut short, or
// something follows it.
absl::StatusOr<std::string> Gunzip(std::string_view bytes, size_t limit);

// Nothing when the result would not be shorter than `bytes`.
std::optional<std::string> Gzip(std::string_view bytes);

}  // namespace jiedui::gateway
