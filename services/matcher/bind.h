// The matcher, ready to be hosted.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/host.h"

namespace jiedui::matcher {

// Opens the matcher whose state is in folder `data_dir`, creating it when it is
// new; its rounds are under the policy that `policy_file` states, the built-in
// one when empty. The file is read once, before the folder is touched. Errors:
// kFileUnreadable; those of ReadPolicy, of store::OpenRocksStore and of
// runtime::Writer::Open.
absl::StatusOr<std::unique_ptr<rpc::HostedService>> OpenMatcher(
    const rpc::HostEnvironment& environment, const std::string& data_dir,
    const std::string& policy_file);

}  // namespace jiedui::matcher
