#include "services/matcher/rpc/question_jobs.h"

#include <functional>

#include "common/base/status_macros.h"
#include "services/matcher/app/replay.h"

namespace jiedui::matcher {

absl::Status ReplayRound(const JobCall<v1::ReplayRoundRequest>& call,
                         rpc::StreamJob<v1::ReplayRoundResponse>& job) {
  Reporter<v1::ReplayRoundResponse> tell(&job);
  v1::ReplayRoundResponse response;
  ASSIGN_OR_RETURN(
      *response.mutable_result(),
      ReplayRound(*call.writer->store().Snapshot(), call.writer->machine(),
                  call.request.name(), std::ref(tell)));
  return job.Write(response) ? absl::OkStatus() : Cancelled();
}

}  // namespace jiedui::matcher
