#include "services/matcher/app/visits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/review.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::VisitRecord;

class VisitsTest : public testing::Test {
 protected:
  VisitsTest() {
    matcher_.HearOfSupply();
    first_ = Accepted("D1");
    second_ = Accepted("D2");
  }
  ~VisitsTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  // A pairing of demands/<id>, approved.
  std::string Approved(const std::string& id, int talents) {
    demand::event::v1::Demand demand = LitchiDemand(id);
    auto& parts = *demand.mutable_parts();
    parts.set_talents(talents > 0 ? type::v1::WANT_DESIRED
                                  : type::v1::WANT_NONE);
    parts.set_talents_count(talents);
    matcher_.Hear(demand);
    EXPECT_TRUE(matcher_.Round().ok());
    const std::string name = matcher_.LiveOf("demands/" + id).pairing().name();
    Succeed([&](Transaction& txn) {
      return ApprovePairing(txn, {name, "", "", ""}).status();
    });
    return name;
  }
  // By everybody who is asked: V1 for the first two demands.
  std::string Accepted(const std::string& id, int talents = 0) {
    const std::string name = Approved(id, talents);
    for (const store::v1::OfferRecord& record : matcher_.OffersIn(name)) {
      Accept(record.offer().name());
    }
    return name;
  }
  void Accept(const std::string& offer) {
    Succeed([&](Transaction& txn) {
      return AcceptOffer(txn, matcher_.policy(), {offer, "", "", ""}).status();
    });
  }
  void Succeed(const std::function<absl::Status(Transaction&)>& step) {
    const absl::Status done = matcher_.Run(step);
    EXPECT_TRUE(done.ok()) << done;
  }
  std::string StateOf(const VisitRecord& visit) const {
    return Visits::Find(matcher_.store(), visit.visit().name())
        ->visit()
        .state();
  }
  int ToldOfCancelledVisits(const std::string& recipient) const {
    int told = 0;
    for (const store::v1::NoticeRecord& record :
         NoticesAfter(matcher_.store(), recipient, 0, false, 100)) {
      told += record.notice().kind() == "VISIT_CANCELLED";
    }
    return told;
  }
  // In hours from now.
  absl::StatusOr<VisitRecord> Plan(const std::string& pairing, double start,
                                   double end, int travel_minutes = 60,
                                   std::vector<std::string> who = {}) {
    const absl::Time now = matcher_.clock().Now();
    return matcher_.Do([&](Transaction& txn) {
      return PlanVisit(
          txn, {pairing, "", "", ""},
          {who, now + absl::Hours(start), now + absl::Hours(end),
           absl::Minutes(travel_minutes), absl::Minutes(travel_minutes)});
    });
  }
  absl::Status Cancel(const VisitRecord& visit) {
    return matcher_
        .Do([&](Transaction& txn) {
          return CancelVisit(txn, {visit.visit().name(), "", "WEATHER", ""});
        })
        .status();
  }

  TestMatcher matcher_;
  std::string first_;
  std::string second_;
};

TEST_F(VisitsTest, TwoVisitsOfOnePersonNeverOverlapNotEvenOnTheWay) {
  const auto visit = Plan(first_, 24, 28);
  ASSERT_TRUE(visit.ok()) << visit.status();
  EXPECT_EQ(visit->visit().volunteers(0), "volunteers/V1");
  const std::pair<double, double> kOverlapping[] = {
      {24, 28}, {25, 26}, {20, 40}, {20, 22.5}, {29.5, 31}, {27, 35}};
  for (const auto& [start, end] : kOverlapping) {
    EXPECT_TRUE(
        HasReason(Plan(second_, start, end).status(), Reason::kVisitOverlap))
        << start;
  }
  EXPECT_TRUE(Plan(second_, 20, 22).ok());
  EXPECT_TRUE(Plan(second_, 30, 31).ok());
  EXPECT_TRUE(HasReason(Plan(first_, 21, 23).status(), Reason::kVisitOverlap));
}

TEST_F(VisitsTest, ACancelledVisitIsInNobodysWay) {
  const auto visit = Plan(first_, 24, 28);
  ASSERT_TRUE(visit.ok());
  ASSERT_TRUE(Cancel(*visit).ok());
  EXPECT_TRUE(HasReason(Cancel(*visit), Reason::kWrongState));
  EXPECT_TRUE(Plan(second_, 24, 28).ok());
}

TEST_F(VisitsTest, MembersOfTheTeamGoByName) {
  volunteer::event::v1::Volunteer member = FruitExpert("M1");
  member.add_memberships()->set_team("teams/T1");
  matcher_.Hear(member);
  matcher_.Hear(FruitExpert("X1"));
  EXPECT_TRUE(Plan(first_, 24, 28, 0, {"volunteers/M1"}).ok());
  EXPECT_TRUE(Plan(first_, 24, 28, 0, {"volunteers/V1"}).ok());
  EXPECT_TRUE(HasReason(
      Plan(first_, 30, 31, 0, {"volunteers/M1", "volunteers/X1"}).status(),
      Reason::kNotInPairing));
}

TEST_F(VisitsTest, WhatWasPlannedEndsWithThePairing) {
  const auto visit = Plan(first_, 24, 28);
  ASSERT_TRUE(visit.ok());
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return CancelPairing(txn, {first_, "", "MISTAKE", ""});
                  })
                  .ok());
  EXPECT_EQ(
      Visits::Find(matcher_.store(), visit->visit().name())->visit().state(),
      "CANCELLED");
  EXPECT_TRUE(HasReason(Plan(first_, 24, 28).status(), Reason::kWrongState));
  EXPECT_TRUE(Plan(second_, 24, 28).ok());
}

// The visit stood, and was in the way of others, though nobody would come.
TEST_F(VisitsTest, WhoIsRecalledIsNotWaitedForAtAVisit) {
  const std::string name = Accepted("D3", /*talents=*/1);
  const Pairing before = matcher_.Get(name).pairing();
  const std::string expert = AnchorResource(before);
  const std::string talent =
      PartOf(before, type::v1::PART_KIND_TALENTS).choices(0).resource();
  const auto alone = Plan(name, 24, 28, 60, {talent});
  const auto together = Plan(name, 40, 42, 60, {talent, expert});
  const auto others = Plan(name, 50, 52, 60, {expert});
  ASSERT_TRUE(alone.ok() && together.ok() && others.ok());
  Succeed([&](Transaction& txn) {
    const std::string offer = matcher_.OfferTo(name, talent).offer().name();
    return RecallOffer(txn, {offer, "", "VOLUNTEER_UNAVAILABLE", ""}).status();
  });
  EXPECT_EQ(matcher_.Get(name).pairing().state(), "ACCEPTED");
  EXPECT_EQ(StateOf(*alone), "CANCELLED");
  EXPECT_EQ(StateOf(*together), "CANCELLED");
  EXPECT_EQ(StateOf(*others), "PLANNED");
  EXPECT_EQ(ToldOfCancelledVisits(talent), 2);
  EXPECT_EQ(ToldOfCancelledVisits(expert), 1);
  EXPECT_EQ(ToldOfCancelledVisits("requesters/D3"), 2);
  EXPECT_TRUE(HasReason(Plan(name, 24, 28, 60, {talent}).status(),
                        Reason::kNotInPairing));
}

TEST_F(VisitsTest, AVisitOutlivesTheDeclineOfSomebodyWhoDoesNotGo) {
  const std::string name = Approved("D3", /*talents=*/1);
  Accept(matcher_.OffersIn(name).front().offer().name());
  const auto visit = Plan(name, 40, 42);
  ASSERT_TRUE(visit.ok()) << visit.status();
  Succeed([&](Transaction& txn) {
    const std::string offer = matcher_.OffersIn(name).back().offer().name();
    return DeclineOffer(txn, {offer, "", "NO_TIME", ""}).status();
  });
  EXPECT_EQ(StateOf(*visit), "PLANNED");
}

TEST_F(VisitsTest, ImpossibleTimesAreNamed) {
  for (const auto& [start, end] : std::vector<std::pair<double, double>>{
           {-1, 2}, {5, 5}, {5, 4}, {1, 24 * 30}}) {
    EXPECT_TRUE(
        HasReason(Plan(first_, start, end).status(), Reason::kInvalidFields));
  }
  EXPECT_TRUE(
      HasReason(Plan(first_, 1, 2, -5).status(), Reason::kInvalidFields));
}

}  // namespace
}  // namespace jiedui::matcher
