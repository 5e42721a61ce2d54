// RunRound: catch up, snapshot, solve, judge, commit, show.
#pragma once

#include "absl/status/status.h"
#include "common/rpc/stream_job.h"
#include "services/matcher/rpc/job_steps.h"

namespace jiedui::matcher {

using RoundCall = JobCall<v1::RunRoundRequest>;

// A round that is not committed, for whatever reason, leaves its record; a
// request that is refused and a rehearsal leave nothing.
absl::Status RunRound(const RoundCall& call,
                      rpc::StreamJob<v1::RunRoundResponse>& job);

}  // namespace jiedui::matcher
