// Sinks and deliveries, without a network: what is due, and what came of it.
#include "services/matcher/app/webhooks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/notices.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kExpert[] = "volunteers/V1";
constexpr char kSecret[] = "sixteen letters!";

class WebhooksTest : public testing::Test {
 protected:
  ~WebhooksTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  absl::StatusOr<store::v1::WebhookRecord> Add(
      const store::v1::Webhook& webhook, std::string secret = kSecret) {
    return matcher_.Do(
        [&](Transaction& txn) { return CreateWebhook(txn, webhook, secret); });
  }
  std::string AddSink(std::string kind = "", std::string region = "") {
    store::v1::Webhook webhook;
    webhook.set_url("https://example.org/hook");
    if (!kind.empty()) webhook.add_kinds(kind);
    webhook.set_region_prefix(region);
    return Add(webhook)->webhook().name();
  }
  void Tell(uint64_t version = 1,
            NoticeKind kind = NoticeKind::kOfferReceived) {
    ASSERT_TRUE(
        matcher_
            .Run([&](Transaction& txn) {
              Notify(txn,
                     {kind, kExpert, "offers/O1", version, "440981103000", {}});
              return absl::OkStatus();
            })
            .ok());
  }
  std::vector<DueDelivery> Due(int each = 10) {
    return NextDeliveries(matcher_.store(), matcher_.clock().Now(), each);
  }
  void Attempt(const std::string& delivery, int attempt, int http_status) {
    ASSERT_TRUE(
        matcher_
            .Run([&](Transaction& txn) {
              return RecordAttempt(txn, delivery, attempt, {http_status, ""});
            })
            .ok());
  }
  store::v1::Delivery Get(const std::string& delivery) {
    return Deliveries::Find(matcher_.store(), delivery)->delivery();
  }

  TestMatcher matcher_;
};

TEST_F(WebhooksTest, ANoticeIsDueAtEverySinkThatWantsIt) {
  AddSink();
  AddSink("OFFER_RECEIVED", "4409");
  AddSink("OFFER_EXPIRED");
  AddSink("", "4401");
  Tell();
  ASSERT_THAT(Due(), SizeIs(2));
  EXPECT_EQ(Due()[0].notice.notice().kind(), "OFFER_RECEIVED");
  EXPECT_EQ(Due()[0].delivery.delivery().key(),
            "OFFER_RECEIVED/offers/O1/1/volunteers/V1");
  EXPECT_EQ(Due()[1].webhook.secret(), kSecret);
}

TEST_F(WebhooksTest, AnAnswerOf2xxEndsIt) {
  AddSink();
  Tell();
  const std::string delivery = Due()[0].delivery.delivery().name();
  Attempt(delivery, 1, 204);
  EXPECT_EQ(Get(delivery).state(), "DELIVERED");
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(WebhooksTest, FailuresAreRetriedLaterAndLaterThenGivenUp) {
  AddSink();
  Tell();
  const std::string delivery = Due()[0].delivery.delivery().name();
  int attempt = 0;
  for (const absl::Duration wait :
       {absl::Minutes(1), absl::Minutes(5), absl::Minutes(30), absl::Hours(2),
        absl::Hours(8)}) {
    Attempt(delivery, ++attempt, 500);
    EXPECT_EQ(Get(delivery).state(), "PENDING");
    matcher_.clock().Advance(wait - absl::Seconds(1));
    EXPECT_THAT(Due(), IsEmpty());
    matcher_.clock().Advance(absl::Seconds(1));
    const uint64_t head = matcher_.writer().head();
    matcher_.writer().FireDueTimers();
    EXPECT_GT(matcher_.writer().head(), head) << "nothing wakes the sender";
    EXPECT_THAT(Due(), SizeIs(1));
  }
  Attempt(delivery, ++attempt, 500);
  EXPECT_EQ(Get(delivery).state(), "DEAD");
  EXPECT_EQ(Get(delivery).attempts(), 6);
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(WebhooksTest, ADeadLetterIsTriedAgainFromTheBeginning) {
  AddSink();
  Tell();
  const std::string delivery = Due()[0].delivery.delivery().name();
  const auto retry = [&] {
    return matcher_.Do(
        [&](Transaction& txn) { return RetryDelivery(txn, delivery); });
  };
  EXPECT_TRUE(HasReason(retry().status(), Reason::kWrongState));
  for (int attempt = 1; attempt <= 6; ++attempt) {
    Attempt(delivery, attempt, 500);
  }
  ASSERT_TRUE(retry().ok());
  EXPECT_THAT(Due(), SizeIs(1));
  Attempt(delivery, 7, 500);
  EXPECT_EQ(Get(delivery).state(), "PENDING");
}

TEST_F(WebhooksTest, AResultThatComesTwiceOrLateChangesNothing) {
  AddSink();
  Tell();
  const std::string delivery = Due()[0].delivery.delivery().name();
  Attempt(delivery, 1, 500);
  Attempt(delivery, 1, 500);
  EXPECT_EQ(Get(delivery).attempts(), 1);
  Attempt(delivery, 1, 200);
  EXPECT_EQ(Get(delivery).state(), "PENDING");
}

TEST_F(WebhooksTest, NothingIsSentAfterItWasRead) {
  AddSink();
  Tell();
  const std::string delivery = Due()[0].delivery.delivery().name();
  Attempt(delivery, 1, 500);
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return MarkRead(txn, kExpert, "", 1).status();
                  })
                  .ok());
  EXPECT_EQ(Get(delivery).state(), "DROPPED");
  matcher_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(Due(), IsEmpty());
  Attempt(delivery, 2, 500);
  EXPECT_EQ(Get(delivery).state(), "DROPPED");
}

TEST_F(WebhooksTest, NothingIsSentAfterTheAnswer) {
  AddSink();
  Tell();
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    Settle(txn, "offers/O1");
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_THAT(Due(), IsEmpty());
}

TEST_F(WebhooksTest, InQuietHoursOnlyWhatIsUrgentIsDue) {
  AddSink();
  matcher_.clock().Advance(absl::Hours(13));  // 22:00
  Tell(1);
  Tell(2, NoticeKind::kOfferReceivedUrgent);
  ASSERT_THAT(Due(), SizeIs(1));
  EXPECT_TRUE(Due()[0].notice.notice().urgent());
  matcher_.clock().Advance(absl::Hours(10));
  EXPECT_THAT(Due(), SizeIs(2));
}

TEST_F(WebhooksTest, ARetryDoesNotFallIntoTheQuietHours) {
  AddSink();
  matcher_.clock().Advance(absl::Hours(12) + absl::Minutes(28));  // 21:28
  Tell();
  const std::string delivery = Due()[0].delivery.delivery().name();
  Attempt(delivery, 1, 500);
  matcher_.clock().Advance(absl::Minutes(1));
  Attempt(delivery, 2, 500);
  matcher_.clock().Advance(absl::Hours(10));  // 07:29
  EXPECT_THAT(Due(), IsEmpty());
  matcher_.clock().Advance(absl::Minutes(31));
  EXPECT_THAT(Due(), SizeIs(1));
}

TEST_F(WebhooksTest, ABusySinkHoldsUpNoOther) {
  AddSink();
  for (uint64_t version = 1; version <= 5; ++version) Tell(version);
  AddSink();
  Tell(6);
  EXPECT_THAT(Due(2), SizeIs(3));
}

TEST_F(WebhooksTest, ARemovedSinkForgetsItsSecretAndGetsNothing) {
  const std::string sink = AddSink();
  Tell();
  const std::string delivery = Due()[0].delivery.delivery().name();
  const auto removed =
      matcher_.Do([&](Transaction& txn) { return DeleteWebhook(txn, sink); });
  ASSERT_TRUE(removed.ok());
  EXPECT_EQ(removed->secret(), "");
  EXPECT_EQ(Get(delivery).state(), "DROPPED");
  Tell(2);
  EXPECT_THAT(Due(), IsEmpty());
  EXPECT_TRUE(HasReason(
      matcher_.Do([&](Transaction& txn) { return DeleteWebhook(txn, sink); })
          .status(),
      Reason::kNotFound));
}

TEST_F(WebhooksTest, WhatIsWrongWithASinkIsSaid) {
  store::v1::Webhook webhook;
  webhook.set_url("https://example.org/hook");
  EXPECT_TRUE(
      HasReason(Add(webhook, "short").status(), Reason::kInvalidFields));
  webhook.add_kinds("NO_SUCH_KIND");
  EXPECT_TRUE(HasReason(Add(webhook).status(), Reason::kInvalidFields));
  webhook.clear_kinds();
  webhook.set_region_prefix("gd");
  EXPECT_TRUE(HasReason(Add(webhook).status(), Reason::kInvalidFields));
  webhook.set_region_prefix("");
  webhook.set_url("ftp://example.org");
  EXPECT_TRUE(HasReason(Add(webhook).status(), Reason::kInvalidFields));
}

TEST_F(WebhooksTest, ThereIsALimitToTheNumberOfSinks) {
  for (int i = 0; i < 32; ++i) AddSink();
  store::v1::Webhook webhook;
  webhook.set_url("https://example.org/hook");
  EXPECT_TRUE(HasReason(Add(webhook).status(), Reason::kTooManyItems));
}

}  // namespace
}  // namespace jiedui::matcher
