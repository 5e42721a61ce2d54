// All services inside this process.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "tools/cli/connection.h"

namespace jiedui::cli {

// Errors: those of AllInOne::Start.
absl::StatusOr<std::unique_ptr<LocalServer>> StartAllInOne(
    const LocalServerOptions& options);

}  // namespace jiedui::cli
