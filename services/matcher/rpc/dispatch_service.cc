#include "services/matcher/rpc/dispatch_service.h"

#include <utility>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/rpc/caller.h"
#include "common/rpc/list.h"
#include "common/rpc/unary.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/pairing_view.h"
#include "services/matcher/app/review_queue.h"
#include "services/matcher/app/visits.h"
#include "services/matcher/rpc/handlers.h"

namespace jiedui::matcher {
namespace {

absl::Status ListQueue(const jiedui::store::Reader& state,
                       const v1::ListReviewsRequest& request,
                       v1::ListReviewsResponse* response) {
  ASSIGN_OR_RETURN(const int page_size, rpc::PageSize(request.page_size()));
  VisitReviews(state, [&](std::string_view name) {
    const auto record = Pairings::Find(state, name);
    if (!record) return true;
    const event::v1::Pairing& pairing = record->pairing();
    const bool asked = pairing.region().starts_with(request.region()) &&
                       (request.tier() == type::v1::TIER_UNSPECIFIED ||
                        request.tier() == pairing.review_tier());
    if (asked) ToApi(*record, response->add_pairings());
    return response->pairings_size() < page_size;
  });
  return absl::OkStatus();
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(
      google::protobuf::util::TimeUtil::TimestampToMicroseconds(time));
}

absl::StatusOr<VisitPlan> PlanOf(const v1::PlanVisitRequest& request) {
  base::Violations violations;
  if (!request.has_start_time()) {
    violations.Add("start_time", base::Reason::kFieldRequired);
  }
  if (!request.has_end_time()) {
    violations.Add("end_time", base::Reason::kFieldRequired);
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return VisitPlan{{request.volunteers().begin(), request.volunteers().end()},
                   TimeOf(request.start_time()),
                   TimeOf(request.end_time()),
                   absl::Minutes(request.travel_before_minutes()),
                   absl::Minutes(request.travel_after_minutes())};
}

}  // namespace

DispatchServiceImpl::Reactor* DispatchServiceImpl::GetDispatch(
    Context* context, const v1::GetDispatchRequest* request,
    v1::Dispatch* response) {
  return Get<DispatchKind>(*writer_, context, *request, response);
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::ListDispatches(
    Context* context, const v1::ListDispatchesRequest* request,
    v1::ListDispatchesResponse* response) {
  return List<DispatchKind>(*writer_, context, *request,
                            response->mutable_dispatches(),
                            response->mutable_next_page_token());
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::ListReviews(
    Context* context, const v1::ListReviewsRequest* request,
    v1::ListReviewsResponse* response) {
  return rpc::Finish(
      context, ListQueue(*writer_->store().Snapshot(), *request, response));
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::WithdrawOffer(
    Context* context, const v1::WithdrawOfferRequest* request,
    v1::Offer* response) {
  return Change(*writer_, context, request, response,
                [request](Transaction& txn) {
                  return RecallOffer(txn, AskOf(*request));
                });
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::ViewPairing(
    Context* context, const v1::ViewPairingRequest* request,
    v1::ViewPairingResponse* response) {
  auto view = matcher::ViewPairing(
      *writer_->store().Snapshot(), request->name(),
      rpc::CallerOf(*context).actor, base::ChinaDay(writer_->clock().Now()));
  if (view.ok()) *response = *std::move(view);
  return rpc::Finish(context, view.status());
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::PlanVisit(
    Context* context, const v1::PlanVisitRequest* request,
    v1::Visit* response) {
  return Change(
      *writer_, context, request, response,
      [request](Transaction& txn) -> absl::StatusOr<store::v1::VisitRecord> {
        ASSIGN_OR_RETURN(VisitPlan plan, PlanOf(*request));
        return matcher::PlanVisit(txn, AskOf(*request), std::move(plan));
      });
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::CancelVisit(
    Context* context, const v1::CancelVisitRequest* request,
    v1::Visit* response) {
  return Change(*writer_, context, request, response,
                [request](Transaction& txn) {
                  return matcher::CancelVisit(txn, AskOf(*request));
                });
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::GetVisit(
    Context* context, const v1::GetVisitRequest* request, v1::Visit* response) {
  return Get<VisitKind>(*writer_, context, *request, response);
}

DispatchServiceImpl::Reactor* DispatchServiceImpl::ListVisits(
    Context* context, const v1::ListVisitsRequest* request,
    v1::ListVisitsResponse* response) {
  return List<VisitKind>(*writer_, context, *request,
                         response->mutable_visits(),
                         response->mutable_next_page_token());
}

}  // namespace jiedui::matcher
