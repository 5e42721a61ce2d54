// The matcher, ready to be hosted.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/rpc/host.h"

namespace jiedui::matcher {

// Where notices are posted to.
enum class Posting {
  kNone,      // nowhere: what is due waits for the next start
  kToPublic,  // to sinks with public addresses
  kAnywhere,  // to this machine and its neighbours too
};

struct MatcherOptions {
  // States the policy of rounds; empty: the built-in one. Read once, before the
  // folder is touched.
  std::string policy_file;
  Posting posting = Posting::kNone;
};

// Opens the matcher whose state is in folder `data_dir`, creating it when it is
// new. Errors: kFileUnreadable; those of ReadPolicy, of store::OpenRocksStore
// and of runtime::Writer::Open.
absl::StatusOr<std::unique_ptr<rpc::HostedService>> OpenMatcher(
    const rpc::HostEnvironment& environment, const std::string& data_dir,
    const MatcherOptions& options);

}  // namespace jiedui::matcher
