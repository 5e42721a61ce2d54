// Whole matching problems as JSON (proto/jiedui/solve/v1/problem.proto).
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher::engine {

// Reads and checks a problem; `file` is its name, for errors. JSON_MALFORMED
// for what is no such JSON; INVALID_FIELDS naming each culprit for dates, for
// enum numbers that mean nothing, for what Validate refuses, for a problem
// without demands, and for a required part that nothing in the problem could
// fill (an empty pool): in a file that is a mistake, though a round may live
// with it. Any bytes whatever are safe.
absl::StatusOr<Problem> ParseProblem(std::string_view json,
                                     const std::string& file);

}  // namespace jiedui::matcher::engine
