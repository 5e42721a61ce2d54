// The search behind a demand: tiers, deadlines, the end of the line; through
// the real writer.
#include "services/matcher/app/dispatch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/review.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using event::v1::Dispatch;
using testing::ElementsAre;
using testing::IsEmpty;

class DispatchTest : public testing::Test {
 protected:
  ~DispatchTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  void Post(type::v1::Urgency urgency = type::v1::URGENCY_NORMAL) {
    demand_ = LitchiDemand();
    demand_.set_urgency(urgency);
    demand_.mutable_submit_time()->set_seconds(1'000'000);
    auto& parts = *demand_.mutable_parts();
    parts.set_team(type::v1::WANT_NONE);
    parts.set_talents(type::v1::WANT_NONE);
    parts.clear_talents_count();
    matcher_.Hear(demand_);
  }
  void DemandIs(const std::string& state) {
    demand_.set_state(state);
    matcher_.Hear(demand_);
  }
  void Approve() {
    ASSERT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf("demands/D1").pairing().name();
    ASSERT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return ApprovePairing(txn, {name_, "", "", ""});
                    })
                    .ok());
  }
  std::string Pending() const {
    for (const auto& record : matcher_.OffersIn(name_)) {
      if (record.offer().state() == "PENDING") return record.offer().name();
    }
    return "";
  }
  void Accept() {
    ASSERT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return AcceptOffer(txn, matcher_.policy(),
                                         {Pending(), "", "", ""});
                    })
                    .ok());
  }
  void Decline() {
    ASSERT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return DeclineOffer(txn, {Pending(), "", "NO_TIME", ""});
                    })
                    .ok());
  }
  void Wait(absl::Duration duration) {
    matcher_.clock().Advance(duration);
    matcher_.writer().FireDueTimers();
  }
  // Nobody is there yet.
  void GoToTheProvince() {
    for (const int hours : {4, 8, 12}) Wait(absl::Hours(hours));
    ASSERT_EQ(Now().tier(), type::v1::TIER_PROVINCE);
  }
  Dispatch Now() const {
    const auto record =
        Dispatches::Find(matcher_.store(), DispatchName("demands/D1"));
    return record ? record->dispatch() : Dispatch();
  }
  // "TOWNSHIP→COUNTY DEADLINE".
  std::vector<std::string> Hops() const {
    std::vector<std::string> hops;
    const Dispatch now = Now();
    for (const event::v1::Hop& hop : now.hops()) {
      hops.push_back(absl::StrCat(type::v1::Tier_Name(hop.from()).substr(5),
                                  "→", type::v1::Tier_Name(hop.to()).substr(5),
                                  " ", hop.reason_code()));
    }
    return hops;
  }
  std::vector<std::string> Dirty() const {
    return DirtyDemands(matcher_.store());
  }

  TestMatcher matcher_;
  demand::event::v1::Demand demand_;
  std::string name_;
};

TEST_F(DispatchTest, ADemandThatOpensIsSearchedForAtItsOwnTier) {
  Post();
  const Dispatch now = Now();
  EXPECT_EQ(now.state(), "SEARCHING");
  EXPECT_EQ(now.tier(), type::v1::TIER_TOWNSHIP);
  EXPECT_EQ(now.start_time().seconds(), 1'000'000);
  // Two working days from Tuesday 09:00.
  EXPECT_EQ(now.tier_deadline().seconds() - now.tier_time().seconds(),
            2 * 24 * 60 * 60);
  EXPECT_THAT(now.hops(), IsEmpty());
  EXPECT_THAT(Dirty(), IsEmpty());
}

TEST_F(DispatchTest, AnUrgentDemandIsSearchedForWithoutWaitingForARound) {
  Post(type::v1::URGENCY_HIGH);
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
}

TEST_F(DispatchTest, EachTierHasItsTimeAndAfterTheProvinceThereIsANamedGap) {
  Post(type::v1::URGENCY_CRITICAL);
  Wait(absl::Hours(4) - absl::Seconds(1));
  EXPECT_THAT(Hops(), IsEmpty());
  Wait(absl::Seconds(1));
  EXPECT_THAT(Hops(), ElementsAre("TOWNSHIP→COUNTY DEADLINE"));
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
  const Dispatch asked = Now();
  EXPECT_THAT(asked.hops(0).asked(),
              ElementsAre("coordinators/440981000000", testing::_));
  Wait(absl::Hours(8));
  Wait(absl::Hours(12));
  EXPECT_EQ(Now().tier(), type::v1::TIER_PROVINCE);
  EXPECT_EQ(Now().state(), "SEARCHING");
  Wait(absl::Hours(12));
  EXPECT_THAT(
      Hops(),
      ElementsAre("TOWNSHIP→COUNTY DEADLINE", "COUNTY→CITY DEADLINE",
                  "CITY→PROVINCE DEADLINE", "PROVINCE→UNSPECIFIED DEADLINE"));
  EXPECT_EQ(Now().state(), "GAP");
  EXPECT_EQ(Now().start_time().seconds(), 1'000'000);
  // No round has looked at it yet; it may find somebody still.
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
  const Dispatch gap = Now();
  Wait(absl::Hours(24 * 30));
  EXPECT_EQ(Now().SerializeAsString(), gap.SerializeAsString());
}

TEST_F(DispatchTest, WhatIsLostAtTheProvinceIsSoughtAnewBeforeItIsAGap) {
  Post(type::v1::URGENCY_CRITICAL);
  GoToTheProvince();
  matcher_.HearOfSupply();
  Approve();
  Accept();
  Wait(absl::Hours(24 * 30));
  ASSERT_TRUE(
      matcher_
          .Do([&](Transaction& txn) {
            return CancelPairing(txn, {name_, "", "VOLUNTEER_UNAVAILABLE", ""});
          })
          .ok());
  Wait(absl::Hours(12) - absl::Seconds(1));
  EXPECT_EQ(Now().state(), "SEARCHING");
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
  Wait(absl::Seconds(1));
  EXPECT_EQ(Now().state(), "GAP");
}

TEST_F(DispatchTest, AtTheProvinceItIsNoGapWhileSomebodyIsAsked) {
  Post(type::v1::URGENCY_CRITICAL);
  GoToTheProvince();
  matcher_.HearOfSupply();
  Wait(absl::Hours(12) - absl::Minutes(10));
  Approve();
  Wait(absl::Minutes(10));
  EXPECT_EQ(Now().state(), "OFFERED");
  for (int i = 0; i < 3; ++i) Decline();
  EXPECT_EQ(Now().declines(), 3);
  EXPECT_EQ(Now().state(), "OFFERED");
  while (!Pending().empty()) Decline();
  EXPECT_EQ(Now().state(), "SEARCHING");
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
}

TEST_F(DispatchTest, AChangedDemandIsSearchedForAsIfItHadAlwaysBeenSo) {
  Post();
  Wait(absl::Hours(3));
  demand_.set_title("荔枝全烂了");
  matcher_.Hear(demand_);
  EXPECT_EQ(Now().demand_title(), "荔枝全烂了");
  EXPECT_THAT(Dirty(), IsEmpty());
  const int64_t received = Now().tier_time().seconds();
  demand_.set_urgency(type::v1::URGENCY_CRITICAL);
  matcher_.Hear(demand_);
  EXPECT_EQ(Now().tier_time().seconds(), received);
  EXPECT_EQ(Now().tier_deadline().seconds() - received, 4 * 60 * 60);
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
  Wait(absl::Hours(1));
  EXPECT_THAT(Hops(), ElementsAre("TOWNSHIP→COUNTY DEADLINE"));
  // To no tier below the one that has it; to a higher one at once.
  demand_.set_region("440900000000");
  matcher_.Hear(demand_);
  EXPECT_EQ(Now().tier(), type::v1::TIER_CITY);
  EXPECT_EQ(Now().region(), "440900000000");
  EXPECT_EQ(Now().tier_time().seconds(), received + 4 * 60 * 60);
}

TEST_F(DispatchTest, TheHandlingTierIsOpenToTheDemand) {
  Post();
  demand_.set_max_tier(type::v1::TIER_TOWNSHIP);
  matcher_.Hear(demand_);
  matcher_.HearOfSupply();  // all of the county
  EXPECT_EQ(matcher_.Solve()->proposals.size(), 0);
  Wait(absl::Hours(24 * 2));
  EXPECT_EQ(Now().tier(), type::v1::TIER_COUNTY);
  EXPECT_EQ(matcher_.Solve()->proposals.size(), 1);
}

TEST_F(DispatchTest, ItFollowsItsPairingAndStopsWhenSomebodyHasAccepted) {
  matcher_.HearOfSupply();
  Post(type::v1::URGENCY_HIGH);
  Approve();
  EXPECT_EQ(Now().state(), "OFFERED");
  EXPECT_EQ(Now().pairing(), name_);
  Accept();
  EXPECT_EQ(Now().state(), "ACCEPTED");
  Wait(absl::Hours(24 * 60));
  EXPECT_THAT(Hops(), IsEmpty());
  EXPECT_EQ(Now().state(), "ACCEPTED");
}

TEST_F(DispatchTest, ThreeDeclinesAtATierSendItUpAndADeadlineIsNotRestarted) {
  matcher_.HearOfSupply();
  Post();
  Approve();
  const Dispatch before = Now();
  Decline();
  Decline();
  EXPECT_EQ(Now().declines(), 2);
  EXPECT_EQ(Now().tier_deadline().seconds(), before.tier_deadline().seconds());
  EXPECT_THAT(Hops(), IsEmpty());
  Decline();
  EXPECT_THAT(Hops(), ElementsAre("TOWNSHIP→COUNTY DECLINES"));
  EXPECT_EQ(Now().declines(), 0);
  // The fourth in line is asked all the same.
  EXPECT_EQ(Now().state(), "OFFERED");
  EXPECT_THAT(Dirty(), IsEmpty());
  Decline();
  EXPECT_EQ(matcher_.Get(name_).pairing().state(), "DECLINED");
  EXPECT_EQ(Now().state(), "SEARCHING");
  EXPECT_EQ(Now().pairing(), "");
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
}

TEST_F(DispatchTest, WhenAnAcceptedOneIsLostTheTiersClockHasGoneOn) {
  matcher_.HearOfSupply();
  Post(type::v1::URGENCY_HIGH);
  Approve();
  Accept();
  Wait(absl::Hours(5));
  EXPECT_THAT(Hops(), IsEmpty());
  ASSERT_TRUE(
      matcher_
          .Do([&](Transaction& txn) {
            return CancelPairing(txn, {name_, "", "VOLUNTEER_UNAVAILABLE", ""});
          })
          .ok());
  EXPECT_EQ(Now().state(), "SEARCHING");
  Wait(absl::ZeroDuration());
  EXPECT_THAT(Hops(), ElementsAre("TOWNSHIP→COUNTY DEADLINE"));
}

TEST_F(DispatchTest, ItClosesWithTheDemandAndOpensAgainWhereItWas) {
  matcher_.HearOfSupply();
  Post(type::v1::URGENCY_HIGH);
  Wait(absl::Hours(4));
  Approve();
  DemandIs("SUSPENDED");
  EXPECT_EQ(Now().state(), "CLOSED");
  EXPECT_THAT(Dirty(), IsEmpty());
  Wait(absl::Hours(24 * 30));
  EXPECT_EQ(Hops().size(), 1u);
  DemandIs("OPEN");
  EXPECT_EQ(Now().state(), "SEARCHING");
  EXPECT_EQ(Now().tier(), type::v1::TIER_COUNTY);
  EXPECT_EQ(Now().start_time().seconds(), 1'000'000);
}

TEST_F(DispatchTest, ATimerOfAnEarlierTierChangesNothing) {
  Post(type::v1::URGENCY_HIGH);
  Wait(absl::Hours(4));
  const auto rows = matcher_.Rows();
  for (int fence : {0, 1, 3}) {
    EXPECT_TRUE(matcher_
                    .Run([&](Transaction& txn) {
                      return OnTierTimer(absl::StrCat("dispatches/D1/", fence),
                                         txn);
                    })
                    .ok());
  }
  EXPECT_EQ(matcher_.Rows(), rows);
}

}  // namespace
}  // namespace jiedui::matcher
