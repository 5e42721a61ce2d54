// Inboxes and sinks through the public API, in-process.
#include "services/matcher/rpc/notice_service.h"

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/rpc/server.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/notices.h"

namespace jiedui::matcher {
namespace {

using grpc::StatusCode;
using testing::ElementsAre;
using testing::IsEmpty;
using Stub = v1::NoticeService::Stub;

constexpr char kExpert[] = "volunteers/V1";

class NoticeServiceTest : public testing::Test {
 protected:
  NoticeServiceTest() {
    rpc::ServerOptions options;
    options.port = -1;
    auto server = rpc::Server::Start(options, {&service_},
                                     std::make_unique<rpc::Metrics>());
    EXPECT_TRUE(server.ok());
    server_ = *std::move(server);
    stub_ = v1::NoticeService::NewStub(server_->InProcessChannel());
  }
  ~NoticeServiceTest() override {
    matcher_.writer().feed().Close();
    server_->Shutdown();
    loop_.Stop();
  }

  void Tell(int from, int to, const std::string& recipient = kExpert) {
    for (int version = from; version <= to; ++version) {
      EXPECT_TRUE(matcher_
                      .Run([&](Transaction& txn) {
                        Notify(txn,
                               {NoticeKind::kOfferExpired, recipient,
                                "offers/O1", static_cast<uint64_t>(version)});
                        return absl::OkStatus();
                      })
                      .ok());
    }
  }
  v1::ListNoticesResponse List(int64_t after, int page_size = 0) {
    v1::ListNoticesRequest request;
    request.set_recipient(kExpert);
    request.set_after_sequence(after);
    request.set_page_size(page_size);
    v1::ListNoticesResponse response;
    grpc::ClientContext context;
    EXPECT_TRUE(stub_->ListNotices(&context, request, &response).ok());
    return response;
  }
  static std::vector<int64_t> Places(const v1::ListNoticesResponse& page) {
    std::vector<int64_t> places;
    for (const v1::Notice& notice : page.notices()) {
      places.push_back(notice.sequence());
    }
    return places;
  }
  std::unique_ptr<grpc::ClientReader<v1::WatchNoticesResponse>> Watch(
      grpc::ClientContext& context, int64_t after,
      const std::string& recipient = kExpert) {
    v1::WatchNoticesRequest request;
    request.set_recipient(recipient);
    request.set_after_sequence(after);
    return stub_->WatchNotices(&context, request);
  }

  TestMatcher matcher_;
  runtime::Loop loop_{2};
  NoticeServiceImpl service_{&matcher_.writer(), &loop_};
  std::unique_ptr<rpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(NoticeServiceTest, AnInboxIsListedAPageAtATime) {
  Tell(1, 3);
  const v1::ListNoticesResponse first = List(0, 2);
  EXPECT_THAT(Places(first), ElementsAre(1, 2));
  EXPECT_FALSE(first.at_end());
  EXPECT_EQ(first.unread(), 3);
  EXPECT_EQ(first.notices(0).state(), v1::Notice::STATE_UNREAD);
  const v1::ListNoticesResponse last = List(first.next_after_sequence(), 2);
  EXPECT_THAT(Places(last), ElementsAre(3));
  EXPECT_TRUE(last.at_end());
}

TEST_F(NoticeServiceTest, ChangesSinceAPlaceAreWhatCameAfterIt) {
  Tell(1, 2);
  const int64_t seen = List(0).next_after_sequence();
  EXPECT_THAT(Places(List(seen)), IsEmpty());
  Tell(3, 3);
  EXPECT_THAT(Places(List(seen)), ElementsAre(3));
}

TEST_F(NoticeServiceTest, MarkingReadIsDoneOnceForARequestId) {
  Tell(1, 2);
  v1::MarkReadRequest request;
  request.set_recipient(kExpert);
  request.set_up_to_sequence(1);
  request.set_request_id("once");
  for (int i = 0; i < 2; ++i) {
    grpc::ClientContext context;
    v1::MarkReadResponse response;
    ASSERT_TRUE(stub_->MarkRead(&context, request, &response).ok());
    EXPECT_EQ(response.marked(), 1);
    EXPECT_EQ(response.unread(), 1);
  }
}

TEST_F(NoticeServiceTest, AWatcherGetsWhatIsThereAndWhatComes) {
  Tell(1, 2);
  grpc::ClientContext context;
  const auto reader = Watch(context, 1);
  v1::WatchNoticesResponse response;
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.notice().sequence(), 2);
  std::thread later([&] {
    Tell(1, 1, "volunteers/V2");  // somebody else's
    Tell(3, 3);
  });
  ASSERT_TRUE(reader->Read(&response));
  EXPECT_EQ(response.notice().sequence(), 3);
  later.join();
  context.TryCancel();
}

// The first watcher never reads.
TEST_F(NoticeServiceTest, ASlowWatcherDelaysNobodyAndMissesNothing) {
  grpc::ClientContext slow_context;
  const auto slow = Watch(slow_context, 0);
  grpc::ClientContext context;
  const auto reader = Watch(context, 0);
  constexpr int kMany = 200;
  Tell(1, kMany);
  v1::WatchNoticesResponse response;
  for (int place = 1; place <= kMany; ++place) {
    ASSERT_TRUE(reader->Read(&response));
    EXPECT_EQ(response.notice().sequence(), place);
  }
  for (int place = 1; place <= kMany; ++place) {
    ASSERT_TRUE(slow->Read(&response));
    EXPECT_EQ(response.notice().sequence(), place);
  }
  context.TryCancel();
  slow_context.TryCancel();
}

TEST_F(NoticeServiceTest, WhatIsNoInboxIsRefused) {
  grpc::ClientContext context;
  const auto reader = Watch(context, 0, "somebody");
  v1::WatchNoticesResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(reader->Finish().error_code(), StatusCode::INVALID_ARGUMENT);
}

TEST_F(NoticeServiceTest, TheSecretOfASinkIsNeverShown) {
  v1::CreateWebhookRequest request;
  request.mutable_webhook()->set_url("https://example.org/hook");
  request.mutable_webhook()->set_secret("sixteen letters!");
  grpc::ClientContext context;
  v1::Webhook webhook;
  ASSERT_TRUE(stub_->CreateWebhook(&context, request, &webhook).ok());
  EXPECT_EQ(webhook.name(), "webhooks/W00000001");
  EXPECT_EQ(webhook.secret(), "");
  grpc::ClientContext list_context;
  v1::ListWebhooksResponse list;
  ASSERT_TRUE(stub_->ListWebhooks(&list_context, {}, &list).ok());
  EXPECT_EQ(list.webhooks(0).secret(), "");
  EXPECT_EQ(list.webhooks(0).state(), v1::Webhook::STATE_ACTIVE);
}

TEST_F(NoticeServiceTest, DeadLettersAreListedAndRetried) {
  EXPECT_TRUE(matcher_
                  .Run([](Transaction& txn) {
                    store::v1::DeliveryRecord record;
                    record.mutable_delivery()->set_state("DEAD");
                    Deliveries::Number(txn, record);
                    Deliveries::Save(txn, record, {"give-up"});
                    return absl::OkStatus();
                  })
                  .ok());
  v1::ListDeliveriesRequest request;
  request.set_filter("state = DEAD");
  grpc::ClientContext context;
  v1::ListDeliveriesResponse list;
  ASSERT_TRUE(stub_->ListDeliveries(&context, request, &list).ok());
  ASSERT_EQ(list.deliveries_size(), 1);
  v1::RetryDeliveryRequest retry;
  retry.set_name(list.deliveries(0).name());
  grpc::ClientContext retry_context;
  v1::Delivery delivery;
  EXPECT_EQ(stub_->RetryDelivery(&retry_context, retry, &delivery).error_code(),
            StatusCode::NOT_FOUND)
      << "its sink is not there";
}

}  // namespace
}  // namespace jiedui::matcher
