#include "services/matcher/rpc/matcher_service.h"

#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/query/convert.h"
#include "common/rpc/stream_job.h"
#include "common/rpc/unary.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/override.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/service.h"
#include "services/matcher/domain/policy_message.h"
#include "services/matcher/rpc/handlers.h"
#include "services/matcher/rpc/question_jobs.h"
#include "services/matcher/rpc/round_job.h"

namespace jiedui::matcher {
namespace {

std::vector<type::v1::PartKind> KindsOf(
    const google::protobuf::RepeatedField<int>& parts) {
  std::vector<type::v1::PartKind> kinds;
  for (int part : parts) kinds.push_back(static_cast<type::v1::PartKind>(part));
  return kinds;
}

template <typename To, typename From>
To Converted(const From& from) {
  To to;
  query::CopyByName(from, to);
  return to;
}

}  // namespace

void MatcherServiceImpl::SetFollowers(std::vector<rpc::Follower*> followers) {
  absl::MutexLock lock(&mutex_);
  followers_ = std::move(followers);
}

absl::Status MatcherServiceImpl::CatchUpWithAll(absl::Time deadline) {
  std::vector<rpc::Follower*> followers;
  {
    absl::MutexLock lock(&mutex_);
    followers = followers_;
  }
  if (followers.empty()) {
    return base::MakeError(base::Reason::kUnreachable,
                           {{"address", "demand, volunteer"}});
  }
  for (rpc::Follower* follower : followers) {
    RETURN_IF_ERROR(follower->CatchUp(deadline));
  }
  return absl::OkStatus();
}

template <typename Request, typename Response>
grpc::ServerWriteReactor<Response>* MatcherServiceImpl::RunJob(
    Context* context, const Request* request,
    absl::Status (*body)(const JobCall<Request>&, rpc::StreamJob<Response>&)) {
  JobCall<Request> call{*request,
                        rpc::CallerOf(*context).actor,
                        writer_,
                        policy_,
                        turn_,
                        [this](absl::Time deadline) { return CatchUpWithAll(deadline); }};
  return rpc::StreamJob<Response>::Run(
      *jobs_, [call = std::move(call), body](rpc::StreamJob<Response>& job) {
        return body(call, job);
      });
}

grpc::ServerWriteReactor<v1::RunRoundResponse>* MatcherServiceImpl::RunRound(
    Context* context, const v1::RunRoundRequest* request) {
  return RunJob<v1::RunRoundRequest, v1::RunRoundResponse>(context, request,
                                                           matcher::RunRound);
}

grpc::ServerWriteReactor<v1::ReplayRoundResponse>*
MatcherServiceImpl::ReplayRound(Context* context,
                                const v1::ReplayRoundRequest* request) {
  return RunJob<v1::ReplayRoundRequest, v1::ReplayRoundResponse>(
      context, request, matcher::ReplayRound);
}

grpc::ServerWriteReactor<v1::ExplainWhyNotResponse>*
MatcherServiceImpl::ExplainWhyNot(Context* context,
                                  const v1::ExplainWhyNotRequest* request) {
  return RunJob<v1::ExplainWhyNotRequest, v1::ExplainWhyNotResponse>(
      context, request, matcher::ExplainWhyNot);
}

grpc::ServerWriteReactor<v1::AssessValueResponse>*
MatcherServiceImpl::AssessValue(Context* context,
                                const v1::AssessValueRequest* request) {
  return RunJob<v1::AssessValueRequest, v1::AssessValueResponse>(
      context, request, matcher::AssessValue);
}

grpc::ServerWriteReactor<v1::WhatIfResponse>* MatcherServiceImpl::WhatIf(
    Context* context, const v1::WhatIfRequest* request) {
  return RunJob<v1::WhatIfRequest, v1::WhatIfResponse>(context, request,
                                                       matcher::WhatIf);
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::GetRound(
    Context* context, const v1::GetRoundRequest* request, v1::Round* response) {
  return Get<RoundKind>(*writer_, context, *request, response);
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::ListRounds(
    Context* context, const v1::ListRoundsRequest* request,
    v1::ListRoundsResponse* response) {
  return List<RoundKind>(*writer_, context, *request,
                         response->mutable_rounds(),
                         response->mutable_next_page_token());
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::GetPolicy(
    Context* context, const v1::GetPolicyRequest* request,
    v1::GetPolicyResponse* response) {
  *response->mutable_policy() = ToMessage(*policy_);
  response->set_sha256(PolicySha256(*policy_));
  return rpc::Finish(context, absl::OkStatus());
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::GetPairing(
    Context* context, const v1::GetPairingRequest* request,
    v1::Pairing* response) {
  return Get<PairingKind>(*writer_, context, *request, response);
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::ListPairings(
    Context* context, const v1::ListPairingsRequest* request,
    v1::ListPairingsResponse* response) {
  return List<PairingKind>(*writer_, context, *request,
                           response->mutable_pairings(),
                           response->mutable_next_page_token());
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::GetOffer(
    Context* context, const v1::GetOfferRequest* request, v1::Offer* response) {
  return Get<OfferKind>(*writer_, context, *request, response);
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::ListOffers(
    Context* context, const v1::ListOffersRequest* request,
    v1::ListOffersResponse* response) {
  return List<OfferKind>(*writer_, context, *request,
                         response->mutable_offers(),
                         response->mutable_next_page_token());
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::GetServiceRecord(
    Context* context, const v1::GetServiceRecordRequest* request,
    v1::ServiceRecord* response) {
  return Get<ServiceRecordKind>(*writer_, context, *request, response);
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::ListServiceRecords(
    Context* context, const v1::ListServiceRecordsRequest* request,
    v1::ListServiceRecordsResponse* response) {
  return List<ServiceRecordKind>(*writer_, context, *request,
                                 response->mutable_service_records(),
                                 response->mutable_next_page_token());
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::ApprovePairing(
    Context* context, const v1::ApprovePairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::ApprovePairing(txn, AskOf(*request)), response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::RejectPairing(
    Context* context, const v1::RejectPairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::RejectPairing(txn, AskOf(*request)), response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::OverridePairing(
    Context* context, const v1::OverridePairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [this, request, response](Transaction& txn) {
        return Answer(
            matcher::OverridePairing(
                txn, *policy_, AskOf(*request), request->part(),
                {request->resources().begin(), request->resources().end()}),
            response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::LockPairing(
    Context* context, const v1::LockPairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(*writer_, context, request, response,
                     [request, response](Transaction& txn) {
                       return Answer(
                           matcher::LockPairing(txn, AskOf(*request),
                                                KindsOf(request->parts())),
                           response);
                     });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::UnlockPairing(
    Context* context, const v1::UnlockPairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::UnlockPairing(txn, AskOf(*request)), response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::CancelPairing(
    Context* context, const v1::CancelPairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::CancelPairing(txn, AskOf(*request)), response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::CompletePairing(
    Context* context, const v1::CompletePairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::CompletePairing(
                          txn, AskOf(*request),
                          Converted<event::v1::Outcome>(request->outcome())),
                      response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::EvaluatePairing(
    Context* context, const v1::EvaluatePairingRequest* request,
    v1::Pairing* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::EvaluatePairing(txn, AskOf(*request),
                                               Converted<event::v1::Evaluation>(
                                                   request->evaluation())),
                      response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::AcceptOffer(
    Context* context, const v1::AcceptOfferRequest* request,
    v1::Offer* response) {
  return rpc::Commit(*writer_, context, request, response,
                     [this, request, response](Transaction& txn) {
                       return Answer(
                           matcher::AcceptOffer(txn, *policy_, AskOf(*request)),
                           response);
                     });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::DeclineOffer(
    Context* context, const v1::DeclineOfferRequest* request,
    v1::Offer* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(matcher::DeclineOffer(txn, AskOf(*request)), response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::CheckIn(
    Context* context, const v1::CheckInRequest* request,
    v1::ServiceRecord* response) {
  return rpc::Commit(*writer_, context, request, response,
                     [request, response](Transaction& txn) {
                       return Answer(matcher::CheckIn(txn, AskOf(*request),
                                                      request->volunteer()),
                                     response);
                     });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::CheckOut(
    Context* context, const v1::CheckOutRequest* request,
    v1::ServiceRecord* response) {
  return rpc::Commit(
      *writer_, context, request, response,
      [request, response](Transaction& txn) {
        return Answer(
            matcher::CheckOut(txn, AskOf(*request), request->travel_minutes()),
            response);
      });
}

MatcherServiceImpl::Reactor* MatcherServiceImpl::VoidServiceRecord(
    Context* context, const v1::VoidServiceRecordRequest* request,
    v1::ServiceRecord* response) {
  return rpc::Commit(*writer_, context, request, response,
                     [request, response](Transaction& txn) {
                       return Answer(
                           matcher::VoidServiceRecord(txn, AskOf(*request)),
                           response);
                     });
}

}  // namespace jiedui::matcher
