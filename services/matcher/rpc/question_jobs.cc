#include "services/matcher/rpc/question_jobs.h"

#include <functional>
#include <utility>

#include "common/base/status_macros.h"
#include "services/matcher/app/replay.h"
#include "services/matcher/app/what_if.h"

namespace jiedui::matcher {
namespace {

template <typename Request, typename Result>
using AskIt = absl::StatusOr<Answer<Result>> (*)(const jiedui::store::Reader&,
                                                 const engine::Policy&,
                                                 absl::CivilDay, const Request&,
                                                 const RoundProgress&);

// Each change in a message of its own: there may be many.
template <typename Request, typename Result, typename Response>
absl::Status AnswerQuestion(const JobCall<Request>& call,
                            AskIt<Request, Result> ask,
                            rpc::StreamJob<Response>& job) {
  Reporter<Response> tell(&job);
  ASSIGN_OR_RETURN(const absl::CivilDay as_of,
                   AsOf(call.request.as_of_date(), call.writer->clock().Now()));
  if (!tell("catch-up", 0, 0)) return Cancelled();
  RETURN_IF_ERROR(CatchUpSoon(call.catch_up));
  ASSIGN_OR_RETURN(Answer<Result> answer,
                   ask(*call.writer->store().Snapshot(), *call.policy, as_of,
                       call.request, std::ref(tell)));
  Response response;
  for (v1::DemandChange& change : answer.changes) {
    *response.mutable_change() = std::move(change);
    if (!job.Write(response)) return Cancelled();
  }
  *response.mutable_result() = std::move(answer.result);
  return job.Write(response) ? absl::OkStatus() : Cancelled();
}

}  // namespace

absl::Status ReplayRound(const JobCall<v1::ReplayRoundRequest>& call,
                         rpc::StreamJob<v1::ReplayRoundResponse>& job) {
  Reporter<v1::ReplayRoundResponse> tell(&job);
  v1::ReplayRoundResponse response;
  ASSIGN_OR_RETURN(
      *response.mutable_result(),
      ReplayRound(*call.writer->store().Snapshot(), call.writer->machine(),
                  *call.policy, call.request.name(), std::ref(tell)));
  return job.Write(response) ? absl::OkStatus() : Cancelled();
}

absl::Status ExplainWhyNot(const JobCall<v1::ExplainWhyNotRequest>& call,
                           rpc::StreamJob<v1::ExplainWhyNotResponse>& job) {
  return AnswerQuestion<v1::ExplainWhyNotRequest, v1::WhyNotResult>(
      call, ExplainWhyNot, job);
}

absl::Status AssessValue(const JobCall<v1::AssessValueRequest>& call,
                         rpc::StreamJob<v1::AssessValueResponse>& job) {
  return AnswerQuestion<v1::AssessValueRequest, v1::ValueResult>(
      call, AssessValue, job);
}

absl::Status WhatIf(const JobCall<v1::WhatIfRequest>& call,
                    rpc::StreamJob<v1::WhatIfResponse>& job) {
  return AnswerQuestion<v1::WhatIfRequest, v1::WhatIfResult>(call, WhatIf, job);
}

}  // namespace jiedui::matcher
