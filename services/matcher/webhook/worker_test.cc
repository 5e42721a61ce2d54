// Deliveries from the commit to a real HTTP server and back.
#include "services/matcher/webhook/worker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "absl/synchronization/notification.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/webhook/message.h"
#include "services/matcher/webhook/test_sink.h"

namespace jiedui::matcher {
namespace {

using testing::SizeIs;

constexpr char kSecret[] = "sixteen letters!";
constexpr char kKey[] = "OFFER_EXPIRED/offers/O1/1/volunteers/V1";

class WorkerTest : public testing::Test {
 protected:
  WorkerTest() {
    store::v1::Webhook webhook;
    webhook.set_url(sink_.Url());
    EXPECT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return CreateWebhook(txn, webhook, kSecret);
                    })
                    .ok());
  }
  ~WorkerTest() override {
    matcher_.writer().feed().Close();
    loop_.Stop();
  }

  void StartWorker() {
    WebhookWorker::Start(&loop_, &matcher_.writer(), {.to_private = true});
  }
  void Tell() {
    ASSERT_TRUE(matcher_
                    .Run([&](Transaction& txn) {
                      Notify(txn, {NoticeKind::kOfferExpired, "volunteers/V1",
                                   "offers/O1", 1});
                      return absl::OkStatus();
                    })
                    .ok());
  }
  // The delivery, once `state` and `attempts` are what they are to be.
  store::v1::Delivery WaitFor(const std::string& state, int attempts) {
    for (;;) {
      const uint64_t head = matcher_.writer().head();
      const auto record =
          Deliveries::Find(matcher_.store(), "deliveries/L00000001");
      if (record && record->delivery().state() == state &&
          record->delivery().attempts() == attempts) {
        return record->delivery();
      }
      absl::Notification grown;
      const uint64_t ticket =
          matcher_.writer().feed().NotifyPast(head, [&] { grown.Notify(); });
      const bool in_time = grown.WaitForNotificationWithTimeout(kPatience);
      matcher_.writer().feed().Cancel(ticket);
      if (!in_time) return {};
    }
  }

  static constexpr absl::Duration kPatience = absl::Seconds(20);
  TestSink sink_;
  TestMatcher matcher_;
  runtime::Loop loop_{2};
};

TEST_F(WorkerTest, ANoticeIsPostedSignedAfterItsCommit) {
  StartWorker();
  Tell();
  const std::vector<SinkRequest> requests = sink_.WaitFor(1);
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0]["Jiedui-Idempotency-Key"], kKey);
  EXPECT_EQ(requests[0]["Jiedui-Signature"],
            SignatureOf(kSecret, matcher_.clock().Now(), requests[0].body()));
  EXPECT_EQ(WaitFor("DELIVERED", 1).http_status(), 200);
}

TEST_F(WorkerTest, AFailureIsTriedAgainWhenItsTimeHasCome) {
  sink_.Answer({500, 0, 503});
  StartWorker();
  Tell();
  EXPECT_EQ(WaitFor("PENDING", 1).http_status(), 500);
  matcher_.clock().Advance(absl::Minutes(1));
  matcher_.writer().FireDueTimers();
  EXPECT_EQ(WaitFor("PENDING", 2).http_status(), 0);
  matcher_.clock().Advance(absl::Minutes(5));
  matcher_.writer().FireDueTimers();
  EXPECT_EQ(WaitFor("PENDING", 3).http_status(), 503);
  matcher_.clock().Advance(absl::Minutes(30));
  matcher_.writer().FireDueTimers();
  EXPECT_EQ(WaitFor("DELIVERED", 4).http_status(), 200);
  for (const SinkRequest& request : sink_.WaitFor(4)) {
    EXPECT_EQ(request["Jiedui-Idempotency-Key"], kKey);
  }
}

TEST_F(WorkerTest, AfterTheLastAttemptItIsADeadLetter) {
  sink_.Answer({500, 500, 500, 500, 500, 500});
  StartWorker();
  Tell();
  for (int attempt = 1; attempt <= 5; ++attempt) {
    WaitFor("PENDING", attempt);
    matcher_.clock().Advance(absl::Hours(24));
    matcher_.writer().FireDueTimers();
  }
  EXPECT_EQ(WaitFor("DEAD", 6).http_status(), 500);
  EXPECT_THAT(sink_.WaitFor(6), SizeIs(6));
}

// The crash: it was sent, and the result is lost with the process.
TEST_F(WorkerTest, WhatWasSentBeforeACrashIsSentAgainWithTheSameKey) {
  Tell();
  const auto due = NextDeliveries(matcher_.store(), matcher_.clock().Now(), 1);
  ASSERT_THAT(due, SizeIs(1));
  boost::asio::io_context context;
  boost::asio::ssl::context tls = MakeTlsContext();
  boost::asio::co_spawn(
      context,
      Post({*ParseWebhookUrl(sink_.Url()),
            {{"Jiedui-Idempotency-Key", due[0].delivery.delivery().key()}},
            BodyOf(due[0].notice)},
           {.to_private = true}, tls),
      boost::asio::detached);
  context.run();
  ASSERT_THAT(sink_.WaitFor(1), SizeIs(1));
  matcher_.Restart();
  StartWorker();
  const std::vector<SinkRequest> requests = sink_.WaitFor(2);
  ASSERT_THAT(requests, SizeIs(2));
  EXPECT_EQ(requests[0]["Jiedui-Idempotency-Key"],
            requests[1]["Jiedui-Idempotency-Key"]);
  EXPECT_EQ(requests[0].body(), requests[1].body());
  WaitFor("DELIVERED", 1);
}

}  // namespace
}  // namespace jiedui::matcher
