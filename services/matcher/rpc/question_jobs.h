// Questions about rounds, which change nothing: each reads a snapshot, solves,
// tells how far it is, and ends with its result.
#pragma once

#include "absl/status/status.h"
#include "common/rpc/stream_job.h"
#include "services/matcher/rpc/job_steps.h"

namespace jiedui::matcher {

absl::Status ReplayRound(const JobCall<v1::ReplayRoundRequest>& call,
                         rpc::StreamJob<v1::ReplayRoundResponse>& job);

// These catch up with the registries first, as a round would.
absl::Status ExplainWhyNot(const JobCall<v1::ExplainWhyNotRequest>& call,
                           rpc::StreamJob<v1::ExplainWhyNotResponse>& job);
absl::Status AssessValue(const JobCall<v1::AssessValueRequest>& call,
                         rpc::StreamJob<v1::AssessValueResponse>& job);
absl::Status WhatIf(const JobCall<v1::WhatIfRequest>& call,
                    rpc::StreamJob<v1::WhatIfResponse>& job);

}  // namespace jiedui::matcher
