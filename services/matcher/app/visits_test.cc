#include "services/matcher/app/visits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/review.h"

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

  // A pairing with V1, who has accepted.
  std::string Accepted(const std::string& id) {
    demand::event::v1::Demand demand = LitchiDemand(id);
    demand.mutable_parts()->set_talents(type::v1::WANT_NONE);
    demand.mutable_parts()->clear_talents_count();
    matcher_.Hear(demand);
    EXPECT_TRUE(matcher_.Round().ok());
    const std::string name = matcher_.LiveOf("demands/" + id).pairing().name();
    EXPECT_TRUE(matcher_
                    .Do([&](Transaction& txn) {
                      return ApprovePairing(txn, {name, "", "", ""});
                    })
                    .ok());
    const std::string offer =
        matcher_.OfferTo(name, "volunteers/V1").offer().name();
    EXPECT_TRUE(
        matcher_
            .Do([&](Transaction& txn) {
              return AcceptOffer(txn, matcher_.policy(), {offer, "", "", ""});
            })
            .ok());
    return name;
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
