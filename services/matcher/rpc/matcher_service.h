// jiedui.matcher.v1.MatcherService over the matcher's commands.
#pragma once

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/rpc/follower.h"
#include "common/runtime/loop.h"
#include "common/runtime/writer.h"
#include "jiedui/matcher/v1/matcher_service.grpc.pb.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/rpc/job_steps.h"

namespace jiedui::matcher {

// What each call promises stands in matcher_service.proto.
class MatcherServiceImpl : public v1::MatcherService::CallbackService {
 public:
  // All must outlive the server. Rounds, and questions about them, run on
  // `jobs`, under `policy`; rounds that commit run one after the other, by
  // `turn`.
  MatcherServiceImpl(runtime::Writer* writer, const engine::Policy* policy,
                     runtime::Loop* jobs, absl::Mutex* turn)
      : writer_(writer), policy_(policy), jobs_(jobs), turn_(turn) {}

  // Rounds catch up with these; before, they fail with kUnreachable.
  void SetFollowers(std::vector<rpc::Follower*> followers);

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  grpc::ServerWriteReactor<v1::RunRoundResponse>* RunRound(
      Context* context, const v1::RunRoundRequest* request) override;
  grpc::ServerWriteReactor<v1::ReplayRoundResponse>* ReplayRound(
      Context* context, const v1::ReplayRoundRequest* request) override;
  grpc::ServerWriteReactor<v1::ExplainWhyNotResponse>* ExplainWhyNot(
      Context* context, const v1::ExplainWhyNotRequest* request) override;
  grpc::ServerWriteReactor<v1::AssessValueResponse>* AssessValue(
      Context* context, const v1::AssessValueRequest* request) override;
  grpc::ServerWriteReactor<v1::WhatIfResponse>* WhatIf(
      Context* context, const v1::WhatIfRequest* request) override;
  Reactor* GetRound(Context* context, const v1::GetRoundRequest* request,
                    v1::Round* response) override;
  Reactor* ListRounds(Context* context, const v1::ListRoundsRequest* request,
                      v1::ListRoundsResponse* response) override;
  Reactor* GetPolicy(Context* context, const v1::GetPolicyRequest* request,
                     v1::GetPolicyResponse* response) override;
  Reactor* GetPairing(Context* context, const v1::GetPairingRequest* request,
                      v1::Pairing* response) override;
  Reactor* ListPairings(Context* context,
                        const v1::ListPairingsRequest* request,
                        v1::ListPairingsResponse* response) override;
  Reactor* GetOffer(Context* context, const v1::GetOfferRequest* request,
                    v1::Offer* response) override;
  Reactor* ListOffers(Context* context, const v1::ListOffersRequest* request,
                      v1::ListOffersResponse* response) override;
  Reactor* GetServiceRecord(Context* context,
                            const v1::GetServiceRecordRequest* request,
                            v1::ServiceRecord* response) override;
  Reactor* ListServiceRecords(
      Context* context, const v1::ListServiceRecordsRequest* request,
      v1::ListServiceRecordsResponse* response) override;
  Reactor* ApprovePairing(Context* context,
                          const v1::ApprovePairingRequest* request,
                          v1::Pairing* response) override;
  Reactor* RejectPairing(Context* context,
                         const v1::RejectPairingRequest* request,
                         v1::Pairing* response) override;
  Reactor* OverridePairing(Context* context,
                           const v1::OverridePairingRequest* request,
                           v1::Pairing* response) override;
  Reactor* LockPairing(Context* context, const v1::LockPairingRequest* request,
                       v1::Pairing* response) override;
  Reactor* UnlockPairing(Context* context,
                         const v1::UnlockPairingRequest* request,
                         v1::Pairing* response) override;
  Reactor* CancelPairing(Context* context,
                         const v1::CancelPairingRequest* request,
                         v1::Pairing* response) override;
  Reactor* CompletePairing(Context* context,
                           const v1::CompletePairingRequest* request,
                           v1::Pairing* response) override;
  Reactor* EvaluatePairing(Context* context,
                           const v1::EvaluatePairingRequest* request,
                           v1::Pairing* response) override;
  Reactor* AcceptOffer(Context* context, const v1::AcceptOfferRequest* request,
                       v1::Offer* response) override;
  Reactor* DeclineOffer(Context* context,
                        const v1::DeclineOfferRequest* request,
                        v1::Offer* response) override;
  Reactor* CheckIn(Context* context, const v1::CheckInRequest* request,
                   v1::ServiceRecord* response) override;
  Reactor* CheckOut(Context* context, const v1::CheckOutRequest* request,
                    v1::ServiceRecord* response) override;
  Reactor* VoidServiceRecord(Context* context,
                             const v1::VoidServiceRecordRequest* request,
                             v1::ServiceRecord* response) override;

 private:
  // Runs `body` on a thread of jobs_.
  template <typename Request, typename Response>
  grpc::ServerWriteReactor<Response>* RunJob(
      Context* context, const Request* request,
      absl::Status (*body)(const JobCall<Request>&, rpc::StreamJob<Response>&));
  absl::Status CatchUpWithAll(absl::Time deadline);

  runtime::Writer* const writer_;
  const engine::Policy* const policy_;
  runtime::Loop* const jobs_;
  absl::Mutex* const turn_;
  absl::Mutex mutex_;
  std::vector<rpc::Follower*> followers_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace jiedui::matcher
