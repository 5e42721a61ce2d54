// RunRound: catch up, snapshot, solve, judge, commit, show.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/rpc/stream_job.h"
#include "common/runtime/writer.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"

namespace jiedui::matcher {

// Waits until all registries followed are caught up with. Errors:
// kUnreachable.
using CatchUp = std::function<absl::Status(absl::Time deadline)>;

// One call; plain code on a thread that may block.
struct RoundCall {
  v1::RunRoundRequest request;
  std::string actor;
  runtime::Writer* writer;
  CatchUp catch_up;
};

absl::Status RunRound(const RoundCall& call,
                      rpc::StreamJob<v1::RunRoundResponse>& job);

}  // namespace jiedui::matcher
