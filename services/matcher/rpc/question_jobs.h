// Questions about rounds, which change nothing: each solves, tells how far it
// is, and ends with its result.
#pragma once

#include "absl/status/status.h"
#include "common/rpc/stream_job.h"
#include "services/matcher/rpc/job_steps.h"

namespace jiedui::matcher {

absl::Status ReplayRound(const JobCall<v1::ReplayRoundRequest>& call,
                         rpc::StreamJob<v1::ReplayRoundResponse>& job);

}  // namespace jiedui::matcher
