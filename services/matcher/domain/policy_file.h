// A policy as a file that people write: jiedui.matcher.v1.Policy in protobuf
// text format, with comments after #, stated wholly or as changes to the
// built-in one.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "jiedui/matcher/v1/policy.pb.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// Errors: kPolicySyntax with line and column, from 1; those of ToPolicy.
absl::StatusOr<engine::Policy> ReadPolicy(std::string_view text);

// What `policy` states, as a file: ReadPolicy makes of it what ToPolicy makes
// of the message.
std::string WritePolicy(const v1::Policy& policy);

}  // namespace jiedui::matcher
