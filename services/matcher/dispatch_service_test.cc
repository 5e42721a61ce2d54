// Dispatch through the public API, in-process, with the worker that searches by
// itself.
#include "services/matcher/rpc/dispatch_service.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "common/rpc/server.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/review.h"
#include "services/matcher/rpc/search_worker.h"

namespace jiedui::matcher {
namespace {

using google::protobuf::util::TimeUtil;
using grpc::StatusCode;
using testing::IsEmpty;
using testing::SizeIs;
using Stub = v1::DispatchService::Stub;

class DispatchServiceTest : public testing::Test {
 protected:
  DispatchServiceTest() {
    rpc::ServerOptions options;
    options.port = -1;
    auto server = rpc::Server::Start(options, {&service_},
                                     std::make_unique<rpc::Metrics>());
    EXPECT_TRUE(server.ok());
    server_ = *std::move(server);
    stub_ = v1::DispatchService::NewStub(server_->InProcessChannel());
    demand::event::v1::Demand demand = LitchiDemand();
    demand.mutable_parts()->set_talents(type::v1::WANT_NONE);
    demand.mutable_parts()->clear_talents_count();
    matcher_.Hear(demand);
  }
  ~DispatchServiceTest() override {
    matcher_.writer().feed().Close();
    server_->Shutdown();
    loop_.Stop();
  }

  void Propose() {
    matcher_.HearOfSupply();
    ASSERT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf("demands/D1").pairing().name();
  }
  void Approve() {
    ASSERT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return ApprovePairing(txn, {name_, "", "", ""});
                    })
                    .ok());
    offer_ = matcher_.OfferTo(name_, "volunteers/V1").offer().name();
  }
  void Accept() {
    ASSERT_TRUE(
        matcher_
            .Do([&](Transaction& txn) {
              return AcceptOffer(txn, matcher_.policy(), {offer_, "", "", ""});
            })
            .ok());
  }
  template <typename Request, typename Response>
  grpc::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                 const Request&, Response*),
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    context.AddMetadata("x-jiedui-actor", actor_);
    return (stub_.get()->*method)(&context, request, response);
  }
  v1::Dispatch Get() {
    v1::GetDispatchRequest request;
    request.set_name("dispatches/D1");
    v1::Dispatch dispatch;
    EXPECT_TRUE(Call(&Stub::GetDispatch, request, &dispatch).ok());
    return dispatch;
  }
  std::vector<v1::Pairing> Queue(const std::string& region) {
    v1::ListReviewsRequest request;
    request.set_region(region);
    v1::ListReviewsResponse response;
    EXPECT_TRUE(Call(&Stub::ListReviews, request, &response).ok());
    return {response.pairings().begin(), response.pairings().end()};
  }

  TestMatcher matcher_;
  runtime::Loop loop_{2};
  absl::Mutex turn_;
  DispatchServiceImpl service_{&matcher_.writer()};
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
  std::string name_;
  std::string offer_;
  std::string actor_ = "coordinator";  // who asks
};

TEST_F(DispatchServiceTest, WithoutAnybodyTheWorkerTakesItToTheProvincesList) {
  SearchWorker::Start(&loop_, &matcher_.writer(), &matcher_.policy(), &turn_);
  ASSERT_TRUE(matcher_.Round().ok());
  while (Get().state() != v1::Dispatch::STATE_GAP) std::this_thread::yield();
  EXPECT_EQ(Get().hops_size(), 4);
  v1::ListDispatchesRequest request;
  request.set_filter("state = GAP");
  v1::ListDispatchesResponse gaps;
  ASSERT_TRUE(Call(&Stub::ListDispatches, request, &gaps).ok());
  EXPECT_THAT(gaps.dispatches(), SizeIs(1));
}

TEST_F(DispatchServiceTest, WhileARoundByHandIsUnderWayTheWorkerWaits) {
  {
    absl::MutexLock lock(&turn_);
    SearchWorker::Start(&loop_, &matcher_.writer(), &matcher_.policy(), &turn_);
    ASSERT_TRUE(matcher_.Round().ok());
    EXPECT_EQ(Get().hops_size(), 1);
  }
  matcher_.Hear(GaozhouLitchi());  // any commit
  while (Get().state() != v1::Dispatch::STATE_GAP) std::this_thread::yield();
}

TEST_F(DispatchServiceTest, TheQueueIsOfARegion) {
  Propose();
  ASSERT_THAT(Queue("4409"), SizeIs(1));
  EXPECT_EQ(Queue("4409")[0].review_tier(), type::v1::TIER_COUNTY);
  EXPECT_THAT(Queue("4401"), IsEmpty());
  Approve();
  EXPECT_THAT(Queue(""), IsEmpty());
}

TEST_F(DispatchServiceTest, AnOfferIsWithdrawnOnceForARequestId) {
  Propose();
  Approve();
  v1::WithdrawOfferRequest request;
  request.set_name(offer_);
  v1::Offer offer;
  EXPECT_EQ(Call(&Stub::WithdrawOffer, request, &offer).error_code(),
            StatusCode::INVALID_ARGUMENT);
  request.set_reason_code("MISTAKE");
  request.set_request_id("once");
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(Call(&Stub::WithdrawOffer, request, &offer).ok());
    EXPECT_EQ(offer.state(), v1::Offer::STATE_WITHDRAWN);
  }
  EXPECT_THAT(matcher_.OffersIn(name_), SizeIs(2));
}

TEST_F(DispatchServiceTest, NamesAreToldWhenBothSidesHaveAccepted) {
  Propose();
  Approve();
  v1::ViewPairingRequest request;
  request.set_name(name_);
  v1::ViewPairingResponse view;
  ASSERT_TRUE(Call(&Stub::ViewPairing, request, &view).ok());
  EXPECT_FALSE(view.disclosed());
  EXPECT_EQ(view.people(0).display_name(), "专老师");
  EXPECT_EQ(view.people(0).resource(), "");
  EXPECT_EQ(view.requester(), "");
  Accept();
  ASSERT_TRUE(Call(&Stub::ViewPairing, request, &view).ok());
  EXPECT_EQ(view.people(0).display_name(), "专家V1");
  EXPECT_EQ(view.requester(), "根子镇柏桥村");
  // Not to somebody who has not accepted, or was never asked.
  actor_ = "volunteers/V6";
  ASSERT_TRUE(Call(&Stub::ViewPairing, request, &view).ok());
  EXPECT_FALSE(view.disclosed());
  EXPECT_EQ(view.people(0).resource(), "");
  EXPECT_EQ(view.requester(), "");
}

TEST_F(DispatchServiceTest, VisitsArePlannedListedAndCancelled) {
  Propose();
  Approve();
  Accept();
  v1::PlanVisitRequest request;
  request.set_pairing(name_);
  v1::Visit visit;
  EXPECT_EQ(Call(&Stub::PlanVisit, request, &visit).error_code(),
            StatusCode::INVALID_ARGUMENT);
  const int64_t start = absl::ToUnixSeconds(matcher_.clock().Now()) + 3600;
  *request.mutable_start_time() = TimeUtil::SecondsToTimestamp(start);
  *request.mutable_end_time() = TimeUtil::SecondsToTimestamp(start + 3600);
  ASSERT_TRUE(Call(&Stub::PlanVisit, request, &visit).ok());
  EXPECT_EQ(visit.state(), v1::Visit::STATE_PLANNED);
  v1::Visit other;
  EXPECT_EQ(Call(&Stub::PlanVisit, request, &other).error_code(),
            StatusCode::FAILED_PRECONDITION);
  v1::ListVisitsResponse list;
  ASSERT_TRUE(Call(&Stub::ListVisits, v1::ListVisitsRequest(), &list).ok());
  EXPECT_THAT(list.visits(), SizeIs(1));
  v1::CancelVisitRequest cancel;
  cancel.set_name(visit.name());
  cancel.set_reason_code("WEATHER");
  ASSERT_TRUE(Call(&Stub::CancelVisit, cancel, &visit).ok());
  EXPECT_EQ(visit.state(), v1::Visit::STATE_CANCELLED);
}

}  // namespace
}  // namespace jiedui::matcher
