// The volunteer registry, ready to be hosted.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/host.h"

namespace jiedui::volunteer {

// Opens the registry whose state is in folder `data_dir`, creating it when it
// is new. Errors: those of store::OpenRocksStore and runtime::Writer::Open.
absl::StatusOr<std::unique_ptr<rpc::HostedService>> OpenVolunteerRegistry(
    const rpc::HostEnvironment& environment, const std::string& data_dir);

}  // namespace jiedui::volunteer
