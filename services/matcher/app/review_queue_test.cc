#include "services/matcher/app/review_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/review.h"

namespace jiedui::matcher {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReviewQueueTest : public testing::Test {
 protected:
  ReviewQueueTest() { matcher_.HearOfSupply(); }
  ~ReviewQueueTest() override {
    EXPECT_EQ(matcher_.Rows(), matcher_.Replayed());
  }

  void Propose(type::v1::Urgency urgency, const std::string& id = "D1") {
    demand::event::v1::Demand demand = LitchiDemand(id);
    demand.set_urgency(urgency);
    matcher_.Hear(demand);
    ASSERT_TRUE(matcher_.Round().ok());
  }
  event::v1::Pairing Live(const std::string& id = "D1") const {
    return matcher_.LiveOf("demands/" + id).pairing();
  }
  absl::Status Approve(const std::string& id = "D1") {
    const std::string name = Live(id).name();
    return matcher_
        .Do([&](Transaction& txn) {
          return ApprovePairing(txn, {name, "", "", ""});
        })
        .status();
  }
  void Wait(absl::Duration duration) {
    matcher_.clock().Advance(duration);
    matcher_.writer().FireDueTimers();
  }
  std::vector<std::string> Queue() const {
    std::vector<std::string> queue;
    VisitReviews(matcher_.store(), [&](std::string_view pairing) {
      queue.emplace_back(pairing);
      return true;
    });
    return queue;
  }

  TestMatcher matcher_;
};

TEST_F(ReviewQueueTest, AReviewNobodyDoesGoesUpToTheProvinceAndIsNotForgotten) {
  Propose(type::v1::URGENCY_CRITICAL);
  EXPECT_EQ(Live().review_tier(), type::v1::TIER_COUNTY);
  EXPECT_EQ(Live().review_deadline().seconds() - Live().create_time().seconds(),
            2 * 60 * 60);
  Wait(absl::Hours(2));
  EXPECT_EQ(Live().review_tier(), type::v1::TIER_CITY);
  Wait(absl::Hours(2));
  EXPECT_EQ(Live().review_tier(), type::v1::TIER_PROVINCE);
  EXPECT_EQ(Live().state(), "PROPOSED");
  const int64_t deadline = Live().review_deadline().seconds();
  Wait(absl::Hours(2));
  EXPECT_EQ(Live().review_tier(), type::v1::TIER_PROVINCE);
  EXPECT_EQ(Live().review_deadline().seconds() - deadline, 24 * 60 * 60);
  const auto dispatch = DispatchOf(matcher_.store(), "demands/D1")->dispatch();
  int overdue = 0;
  for (const event::v1::Hop& hop : dispatch.hops()) {
    overdue += hop.reason_code() == "REVIEW_OVERDUE";
  }
  EXPECT_EQ(overdue, 2);
  EXPECT_TRUE(Approve().ok());
  EXPECT_FALSE(Live().has_review_deadline());
}

TEST_F(ReviewQueueTest, WhatIsReviewedLeavesTheQueueAndItsTimerWithIt) {
  Propose(type::v1::URGENCY_NORMAL);
  ASSERT_THAT(Queue(), ElementsAre(Live().name()));
  const std::string name = Live().name();
  ASSERT_TRUE(Approve().ok());
  EXPECT_THAT(Queue(), IsEmpty());
  const auto rows = matcher_.Rows();
  EXPECT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return OnReviewTimer(name + "/1", txn);
                  })
                  .ok());
  EXPECT_EQ(matcher_.Rows(), rows);
}

TEST_F(ReviewQueueTest, TimeInWhichTheMatcherWasAwayIsGivenBackOnce) {
  ASSERT_TRUE(matcher_
                  .Run([](Transaction& txn) {
                    BeginSignsOfLife(txn);
                    return absl::OkStatus();
                  })
                  .ok());
  Wait(absl::Minutes(2));
  Propose(type::v1::URGENCY_HIGH);
  for (int i = 0; i < 2 * 12 - 1; ++i) Wait(absl::Minutes(5));
  const uint64_t before = matcher_.writer().head();
  // Due before the next sign of life, which comes three hours late.
  Wait(absl::Hours(3) + absl::Milliseconds(300));
  EXPECT_LT(matcher_.writer().head(), before + 20);
  EXPECT_EQ(Live().review_tier(), type::v1::TIER_COUNTY);
  const auto due = [this] {
    return absl::FromUnixSeconds(Live().review_deadline().seconds());
  };
  // The fraction of a second is not found again.
  Wait(due() - matcher_.now());
  EXPECT_EQ(Live().review_tier(), type::v1::TIER_CITY);
}

TEST_F(ReviewQueueTest, TheMostUrgentDeadlineIsFirst) {
  Propose(type::v1::URGENCY_NORMAL, "D1");
  Propose(type::v1::URGENCY_HIGH, "D2");
  EXPECT_THAT(Queue(), ElementsAre(Live("D2").name(), Live("D1").name()));
}

}  // namespace
}  // namespace jiedui::matcher
