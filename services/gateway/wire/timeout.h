// The request header grpc-timeout.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace jiedui::gateway {

// One to eight digits and a unit: H, M, S, m (milliseconds), u (microseconds)
// or n. Errors: kBadTimeout (INVALID_ARGUMENT).
absl::StatusOr<absl::Duration> ParseTimeout(std::string_view text);

}  // namespace jiedui::gateway
