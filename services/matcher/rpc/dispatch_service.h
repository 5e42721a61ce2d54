// jiedui.matcher.v1.DispatchService over the matcher's commands.
#pragma once

#include "common/runtime/writer.h"
#include "jiedui/matcher/v1/dispatch_service.grpc.pb.h"

namespace jiedui::matcher {

// What each call promises stands in dispatch_service.proto.
class DispatchServiceImpl : public v1::DispatchService::CallbackService {
 public:
  // It must outlive the server.
  explicit DispatchServiceImpl(runtime::Writer* writer) : writer_(writer) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* GetDispatch(Context* context, const v1::GetDispatchRequest* request,
                       v1::Dispatch* response) override;
  Reactor* ListDispatches(Context* context,
                          const v1::ListDispatchesRequest* request,
                          v1::ListDispatchesResponse* response) override;
  Reactor* ListReviews(Context* context, const v1::ListReviewsRequest* request,
                       v1::ListReviewsResponse* response) override;
  Reactor* WithdrawOffer(Context* context,
                         const v1::WithdrawOfferRequest* request,
                         v1::Offer* response) override;
  Reactor* ViewPairing(Context* context, const v1::ViewPairingRequest* request,
                       v1::ViewPairingResponse* response) override;
  Reactor* PlanVisit(Context* context, const v1::PlanVisitRequest* request,
                     v1::Visit* response) override;
  Reactor* CancelVisit(Context* context, const v1::CancelVisitRequest* request,
                       v1::Visit* response) override;
  Reactor* GetVisit(Context* context, const v1::GetVisitRequest* request,
                    v1::Visit* response) override;
  Reactor* ListVisits(Context* context, const v1::ListVisitsRequest* request,
                      v1::ListVisitsResponse* response) override;

 private:
  runtime::Writer* const writer_;
};

}  // namespace jiedui::matcher
