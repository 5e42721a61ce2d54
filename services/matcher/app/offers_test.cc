// Who is asked, in which order, and what answers and silence do; through the
// real writer.
#include "services/matcher/app/offers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/review.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::OfferRecord;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using type::v1::PART_KIND_EXPERT;
using type::v1::PART_KIND_TALENTS;
using type::v1::PART_KIND_TEAM;

class OffersTest : public testing::Test {
 protected:
  OffersTest() { matcher_.HearOfSupply(); }
  ~OffersTest() override {
    EXPECT_EQ(matcher_.Rows(), matcher_.Replayed());
    ExpectBookingsOfLivePairingsOnly();
  }

  // An expert only, so that V1 … V4 stand in one line.
  void Begin(type::v1::Urgency urgency, bool team = false, int talents = 0) {
    demand::event::v1::Demand demand = LitchiDemand();
    demand.set_urgency(urgency);
    auto& parts = *demand.mutable_parts();
    parts.set_project(type::v1::WANT_NONE);
    parts.set_industry(type::v1::WANT_NONE);
    parts.set_team(team ? type::v1::WANT_DESIRED : type::v1::WANT_NONE);
    parts.set_talents(talents > 0 ? type::v1::WANT_DESIRED
                                  : type::v1::WANT_NONE);
    parts.set_talents_count(talents);
    matcher_.Hear(demand);
    ASSERT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf("demands/D1").pairing().name();
    const absl::Status approved = Approve();
    ASSERT_TRUE(approved.ok()) << approved;
  }
  // V1 is asked for one more demand, which goes before there is an answer.
  void SpendAnInvitation(const std::string& id) {
    demand::event::v1::Demand demand = LitchiDemand(id);
    auto& parts = *demand.mutable_parts();
    parts.set_project(type::v1::WANT_NONE);
    parts.set_team(type::v1::WANT_NONE);
    parts.set_talents(type::v1::WANT_NONE);
    parts.clear_talents_count();
    matcher_.Hear(demand);
    ASSERT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf("demands/" + id).pairing().name();
    ASSERT_TRUE(Approve().ok());
    ASSERT_THAT(Offered(), ElementsAre("V1 PENDING"));
    demand.set_state("WITHDRAWN");
    matcher_.Hear(demand);
  }
  absl::Status Approve() {
    return matcher_
        .Do([&](Transaction& txn) {
          return ApprovePairing(txn, {name_, "", "", ""});
        })
        .status();
  }
  absl::Status Accept(const std::string& volunteer) {
    const std::string offer = Latest(volunteer);
    return matcher_
        .Do([&](Transaction& txn) {
          return AcceptOffer(txn, matcher_.policy(), {offer, "", "", ""});
        })
        .status();
  }
  absl::Status Decline(const std::string& volunteer) {
    const std::string offer = Latest(volunteer);
    return matcher_
        .Do([&](Transaction& txn) {
          return DeclineOffer(txn, {offer, "", "NO_TIME", "忙"});
        })
        .status();
  }
  absl::Status Recall(const std::string& volunteer) {
    const std::string offer = Latest(volunteer);
    return matcher_
        .Do([&](Transaction& txn) {
          return RecallOffer(txn, {offer, "", "VOLUNTEER_UNAVAILABLE", ""});
        })
        .status();
  }
  absl::Status CancelAsAMistake() {
    return matcher_
        .Do([&](Transaction& txn) {
          return CancelPairing(txn, {name_, "", "MISTAKE", ""});
        })
        .status();
  }
  // The last offer to that volunteer.
  std::string Latest(const std::string& volunteer) const {
    std::string name;
    for (const OfferRecord& record : matcher_.OffersIn(name_)) {
      if (record.offer().addressee() == "volunteers/" + volunteer) {
        name = record.offer().name();
      }
    }
    return name;
  }
  // "V1 PENDING", in the order they were sent.
  std::vector<std::string> Offered() const {
    std::vector<std::string> list;
    for (const OfferRecord& record : matcher_.OffersIn(name_)) {
      list.push_back(
          absl::StrCat(record.offer().addressee().substr(kVolunteers.size()),
                       " ", record.offer().state()));
    }
    return list;
  }
  void Wait(absl::Duration duration) {
    matcher_.clock().Advance(duration);
    matcher_.writer().FireDueTimers();
  }

  Pairing Now() const { return matcher_.Get(name_).pairing(); }
  std::string State() const { return Now().state(); }
  int Booked(const std::string& resource) const {
    return BookingsOf(matcher_.store(), resource);
  }
  // Whoever waits for an answer or has accepted holds capacity; nobody else.
  void ExpectBookingsOfLivePairingsOnly() const {
    std::map<std::string, int> holders;
    VisitLedger(matcher_.store(), [&](const store::v1::BookingRecord& booking) {
      const Pairing pairing = matcher_.Get(booking.holder()).pairing();
      EXPECT_TRUE(Books(pairing.state())) << booking.ShortDebugString();
      ++holders[booking.resource()];
    });
    for (const auto& [resource, count] : holders) {
      EXPECT_LE(count, *CapacityOf(matcher_.store(), resource)) << resource;
    }
  }

  TestMatcher matcher_;
  std::string name_;
};

TEST_F(OffersTest, OneAtATimeByDefaultAndInParallelWhenUrgent) {
  Begin(type::v1::URGENCY_NORMAL);
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING"));
  EXPECT_EQ(Booked("volunteers/V1"), 1);
  EXPECT_EQ(Booked("volunteers/V2"), 0);
}

TEST_F(OffersTest, UrgentDemandsAskThreeForTheirAnchor) {
  Begin(type::v1::URGENCY_CRITICAL);
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING", "V2 PENDING", "V3 PENDING"));
  EXPECT_EQ(matcher_.OffersIn(name_)[2].offer().rank(), 2);
}

TEST_F(OffersTest, ATimerOfAnotherVersionExpiresNothing) {
  Begin(type::v1::URGENCY_NORMAL);
  const std::string timer = absl::StrCat(Latest("V1"), "/77");
  matcher_.clock().Advance(absl::Hours(24 * 7));
  ASSERT_TRUE(
      matcher_.Run([&](Transaction& txn) { return OnOfferTimer(timer, txn); })
          .ok());
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING"));
}

TEST_F(OffersTest, InvitationsThatNoBudgetCountsAnyLongerAreForgotten) {
  const auto remembered = [this] {
    int count = 0;
    jiedui::store::ScanPrefix(
        matcher_.store(), keys::Two(keys::kInvitation, "volunteers/V1", ""),
        [&](std::string_view, std::string_view) { return ++count > 0; });
    return count;
  };
  Begin(type::v1::URGENCY_NORMAL);
  ASSERT_TRUE(CancelAsAMistake().ok());
  Wait(absl::Hours(24 * 30));
  Begin(type::v1::URGENCY_NORMAL);
  EXPECT_EQ(remembered(), 2);
  ASSERT_TRUE(CancelAsAMistake().ok());
  Wait(absl::Hours(24));
  Begin(type::v1::URGENCY_NORMAL);
  EXPECT_EQ(remembered(), 2);
}

TEST_F(OffersTest, WhoWasAskedBeforeTheCoordinatorCancelledIsAskedAgain) {
  Begin(type::v1::URGENCY_CRITICAL);
  const std::string first = name_;
  ASSERT_TRUE(CancelAsAMistake().ok());
  Begin(type::v1::URGENCY_CRITICAL);
  ASSERT_EQ(name_, first);
  EXPECT_THAT(Offered(),
              ElementsAre("V1 WITHDRAWN", "V2 WITHDRAWN", "V3 WITHDRAWN",
                          "V1 PENDING", "V2 PENDING", "V3 PENDING"));
}

TEST_F(OffersTest, OfThreeWhoAcceptAtOnceOneWinsAndTwoAreTold) {
  Begin(type::v1::URGENCY_HIGH);
  absl::Status results[3];
  std::vector<std::thread> people;
  for (int i = 0; i < 3; ++i) {
    people.emplace_back(
        [&, i] { results[i] = Accept(absl::StrCat("V", i + 1)); });
  }
  for (std::thread& person : people) person.join();
  int winners = 0;
  for (const absl::Status& result : results) {
    winners += result.ok();
    EXPECT_TRUE(result.ok() || HasReason(result, Reason::kSeatTaken)) << result;
  }
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(State(), "ACCEPTED");
  int booked = 0;
  for (int i = 1; i <= 3; ++i)
    booked += Booked(absl::StrCat("volunteers/V", i));
  EXPECT_EQ(booked, 1);
  for (const OfferRecord& record : matcher_.OffersIn(name_)) {
    const bool won = record.offer().state() == "ACCEPTED";
    EXPECT_EQ(record.offer().reason_code(), won ? "" : "SEAT_TAKEN");
    EXPECT_EQ(won, AnchorResource(Now()) == record.offer().resource());
  }
}

TEST_F(OffersTest, AnAlternateWhoAcceptsHasTheSeatWithItsOwnPoints) {
  Begin(type::v1::URGENCY_HIGH);
  const int64_t recommended = Now().points();
  ASSERT_TRUE(Accept("V2").ok());
  Pairing now = Now();
  EXPECT_EQ(AnchorResource(now), "volunteers/V2");
  EXPECT_LT(now.points(), recommended);
  const auto& choice = PartOf(now, PART_KIND_EXPERT).choices(0);
  EXPECT_FALSE(choice.features().empty());
  const int64_t told = now.points();
  AddUp(now);
  EXPECT_EQ(now.points(), told);
  EXPECT_THAT(Offered(),
              ElementsAre("V1 WITHDRAWN", "V2 ACCEPTED", "V3 WITHDRAWN"));
}

TEST_F(OffersTest, AfterADeclineTheNextInLineIsAskedUntilNobodyIsLeft) {
  Begin(type::v1::URGENCY_NORMAL);
  ASSERT_TRUE(Decline("V1").ok());
  EXPECT_EQ(State(), "OFFERED");
  EXPECT_EQ(PartOf(Now(), PART_KIND_EXPERT).status(),
            type::v1::PART_STATUS_PENDING);
  EXPECT_EQ(Booked("volunteers/V1"), 0);
  for (const char* next : {"V2", "V3", "V4"}) {
    EXPECT_EQ(Offered().back(), absl::StrCat(next, " PENDING"));
    ASSERT_TRUE(Decline(next).ok());
  }
  EXPECT_EQ(State(), "DECLINED");
  EXPECT_EQ(Now().reason_code(), "NO_TIME");
  // Nobody who declined is proposed for this demand again.
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(AnchorResource(matcher_.LiveOf("demands/D1").pairing()),
            "volunteers/V5");
}

TEST_F(OffersTest, WhoDoesNotAnswerInTimeIsPassedOver) {
  Begin(type::v1::URGENCY_NORMAL);
  Wait(absl::Hours(23));
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING"));
  Wait(absl::Hours(1));
  EXPECT_THAT(Offered(), ElementsAre("V1 EXPIRED", "V2 PENDING"));
  EXPECT_TRUE(HasReason(Accept("V1"), Reason::kWrongState));
  ASSERT_TRUE(Accept("V2").ok());
  EXPECT_EQ(State(), "ACCEPTED");
  EXPECT_EQ(PartOf(Now(), PART_KIND_EXPERT).status(),
            type::v1::PART_STATUS_FILLED);
}

TEST_F(OffersTest, ATimerThatFiresTwiceOrLateChangesNothing) {
  Begin(type::v1::URGENCY_NORMAL);
  const std::string offer = Latest("V1");
  ASSERT_TRUE(Accept("V1").ok());
  const auto rows = matcher_.Rows();
  for (int version : {0, 1, 2, 3}) {
    EXPECT_TRUE(matcher_
                    .Run([&](Transaction& txn) {
                      return OnOfferTimer(absl::StrCat(offer, "/", version),
                                          txn);
                    })
                    .ok());
  }
  EXPECT_EQ(matcher_.Rows(), rows);
}

TEST_F(OffersTest, TimeInWhichTheMatcherWasAwayIsGivenBackOnce) {
  ASSERT_TRUE(matcher_
                  .Run([](Transaction& txn) {
                    BeginSignsOfLife(txn);
                    return absl::OkStatus();
                  })
                  .ok());
  Begin(type::v1::URGENCY_NORMAL);
  // Away from here on until after the deadline.
  Wait(absl::Hours(26));
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING"));
  const auto& offer = matcher_.OffersIn(name_)[0].offer();
  EXPECT_EQ(offer.expire_time().seconds() - offer.create_time().seconds(),
            50 * 60 * 60);
  // Serving again.
  for (int i = 0; i < 23 * 12; ++i) Wait(absl::Minutes(5));
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING"));
  for (int i = 0; i < 12 + 1; ++i) Wait(absl::Minutes(5));
  EXPECT_THAT(Offered(), ElementsAre("V1 EXPIRED", "V2 PENDING"));
}

TEST_F(OffersTest, AnOutageThatNobodyHasToldOfYetCountsToo) {
  ASSERT_TRUE(matcher_
                  .Run([](Transaction& txn) {
                    BeginSignsOfLife(txn);
                    return absl::OkStatus();
                  })
                  .ok());
  Wait(absl::Minutes(2));
  Begin(type::v1::URGENCY_NORMAL);
  for (int i = 0; i < 24 * 12 - 1; ++i) Wait(absl::Minutes(5));
  // Due before the next sign of life, which does not come.
  Wait(absl::Hours(3));
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING"));
}

TEST_F(OffersTest, WhoLeadsTheTeamIsAskedOnceForBoth) {
  Begin(type::v1::URGENCY_NORMAL, /*team=*/true);
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING"));
  EXPECT_EQ(Booked("teams/T1"), 1);
  ASSERT_TRUE(Decline("V1").ok());
  // The team would have been led by the same.
  EXPECT_EQ(Booked("teams/T1"), 0);
  EXPECT_EQ(PartOf(Now(), PART_KIND_TEAM).status(), type::v1::PART_STATUS_GAP);
  EXPECT_EQ(Offered().back(), "V2 PENDING");
}

TEST_F(OffersTest, WhoLosesTheSeatAsExpertIsStillAskedToLeadTheTeam) {
  Begin(type::v1::URGENCY_HIGH, /*team=*/true);
  ASSERT_TRUE(Accept("V2").ok());
  EXPECT_EQ(State(), "ACCEPTED");
  EXPECT_THAT(Offered(), ElementsAre("V1 WITHDRAWN", "V2 ACCEPTED",
                                     "V3 WITHDRAWN", "V1 PENDING"));
  EXPECT_EQ(matcher_.OffersIn(name_).back().offer().part(), PART_KIND_TEAM);
  ASSERT_TRUE(Accept("V1").ok());
  EXPECT_EQ(Booked("teams/T1"), 1);
  EXPECT_EQ(Booked("volunteers/V1"), 0);
}

// The team kept the seat, with its points, though nobody had booked it and its
// leader had been told that no answer was needed.
TEST_F(OffersTest, ATeamWhoseLeaderGaveWayAndMayNotBeAskedAgainIsAGap) {
  for (const char* id : {"D7", "D8", "D9"}) SpendAnInvitation(id);
  Begin(type::v1::URGENCY_HIGH, /*team=*/true);
  ASSERT_THAT(Offered(), ElementsAre("V1 PENDING", "V2 PENDING", "V3 PENDING"));
  ASSERT_EQ(Booked("teams/T1"), 1);
  ASSERT_TRUE(Accept("V2").ok());
  EXPECT_THAT(Offered(),
              ElementsAre("V1 WITHDRAWN", "V2 ACCEPTED", "V3 WITHDRAWN"));
  Pairing now = Now();
  EXPECT_EQ(now.state(), "ACCEPTED");
  const auto& team = PartOf(now, PART_KIND_TEAM);
  EXPECT_EQ(team.status(), type::v1::PART_STATUS_GAP);
  EXPECT_EQ(team.gap_reason(), type::v1::GAP_REASON_DECLINED);
  EXPECT_THAT(team.choices(), IsEmpty());
  EXPECT_EQ(now.points(), PartOf(now, PART_KIND_EXPERT).points());
  EXPECT_EQ(matcher_.Get(name_).seats(1).resource(), "");
  EXPECT_EQ(Booked("teams/T1"), 0);
}

// Who was asked to lead the team, and to be a talent in the place of one with
// no time, was asked as the expert too: the second reservation made the first
// one void, and with the second offer's end nobody was booked for a seat taken.
TEST_F(OffersTest, WhoComesAlongForOneSeatIsNotAskedForAnother) {
  for (const char* id : {"V4", "V5", "V6"}) {
    auto away = FruitExpert(id);
    away.set_state("PAUSED");
    matcher_.Hear(away);
  }
  matcher_.Hear(FruitExpert("V3", /*proficiency=*/1));
  matcher_.Hear(FruitTeam("V3"));
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_urgency(type::v1::URGENCY_CRITICAL);
  demand.mutable_parts()->set_talents_count(1);
  matcher_.Hear(demand);
  ASSERT_TRUE(matcher_.Round().ok());
  name_ = matcher_.LiveOf("demands/D1").pairing().name();
  auto busy = FruitExpert("V2", 4);
  busy.set_capacity(0);
  matcher_.Hear(busy);
  ASSERT_TRUE(Approve().ok());
  EXPECT_THAT(Offered(), ElementsAre("V1 PENDING", "V3 PENDING"));
  ASSERT_TRUE(Accept("V3").ok());
  ASSERT_TRUE(Accept("V1").ok());
  EXPECT_EQ(PartOf(Now(), PART_KIND_TALENTS).choices(0).resource(),
            "volunteers/V3");
  EXPECT_EQ(Booked("volunteers/V3"), 1);
}

TEST_F(OffersTest, WhenATalentDeclinesTheSeatGoesOnAndAtLastIsAGap) {
  Begin(type::v1::URGENCY_NORMAL, /*team=*/false, /*talents=*/2);
  ASSERT_EQ(Offered().size(), 3u);
  ASSERT_TRUE(Accept("V1").ok());
  // Whoever is asked declines.
  for (bool asked = true; asked;) {
    asked = false;
    for (const OfferRecord& record : matcher_.OffersIn(name_)) {
      if (record.offer().state() != "PENDING") continue;
      asked = true;
      EXPECT_EQ(record.offer().part(), PART_KIND_TALENTS);
      ASSERT_TRUE(
          Decline(record.offer().addressee().substr(kVolunteers.size())).ok());
    }
  }
  const Pairing now = Now();
  EXPECT_EQ(now.state(), "ACCEPTED");
  const auto& talents = PartOf(now, PART_KIND_TALENTS);
  EXPECT_EQ(talents.status(), type::v1::PART_STATUS_GAP);
  EXPECT_EQ(talents.gap_reason(), type::v1::GAP_REASON_DECLINED);
  EXPECT_THAT(talents.choices(), IsEmpty());
  EXPECT_EQ(now.points(), PartOf(now, PART_KIND_EXPERT).points());
}

TEST_F(OffersTest, ACoordinatorCanRecallAnOffer) {
  Begin(type::v1::URGENCY_NORMAL);
  ASSERT_TRUE(Recall("V1").ok());
  EXPECT_THAT(Offered(), ElementsAre("V1 WITHDRAWN", "V2 PENDING"));
  ASSERT_TRUE(Accept("V2").ok());
  // Of the one it stands on, once he has accepted: the pairing falls.
  ASSERT_TRUE(Recall("V2").ok());
  EXPECT_EQ(State(), "DECLINED");
  EXPECT_EQ(Booked("volunteers/V2"), 0);
  EXPECT_TRUE(HasReason(Recall("V2"), Reason::kWrongState));
}

TEST_F(OffersTest, NobodyHasMoreThanTwoInvitationsWaiting) {
  volunteer::event::v1::Volunteer expert = FruitExpert("V1");
  expert.set_capacity(9);
  matcher_.Hear(expert);
  for (const char* id : {"D7", "D8", "D9"}) {
    demand::event::v1::Demand demand = LitchiDemand(id);
    demand.mutable_parts()->set_talents(type::v1::WANT_NONE);
    demand.mutable_parts()->clear_talents_count();
    matcher_.Hear(demand);
  }
  ASSERT_TRUE(matcher_.Round().ok());
  int with_v1 = 0;
  for (const char* id : {"D7", "D8", "D9"}) {
    with_v1 += AnchorResource(
                   matcher_.LiveOf(absl::StrCat("demands/", id)).pairing()) ==
               "volunteers/V1";
  }
  EXPECT_EQ(with_v1, 2);  // rounds know what may be asked
}

TEST_F(OffersTest, WhoIsOverBudgetIsNotApprovedButPassedOverAsAlternate) {
  volunteer::event::v1::Volunteer expert = FruitExpert("V2");
  expert.set_capacity(9);
  matcher_.Hear(expert);
  // Two invitations are waiting for V2.
  for (const char* id : {"D7", "D8"}) {
    demand::event::v1::Demand demand = LitchiDemand(id);
    demand.mutable_parts()->set_talents(type::v1::WANT_NONE);
    demand.mutable_parts()->clear_talents_count();
    demand.mutable_parts()->set_team(type::v1::WANT_NONE);
    matcher_.Hear(demand);
  }
  volunteer::event::v1::Volunteer away = FruitExpert("V1");
  away.set_state("PAUSED");
  matcher_.Hear(away);
  ASSERT_TRUE(matcher_.Round().ok());
  for (const char* id : {"demands/D7", "demands/D8"}) {
    name_ = matcher_.LiveOf(id).pairing().name();
    EXPECT_EQ(AnchorResource(Now()), "volunteers/V2");
    ASSERT_TRUE(Approve().ok());
  }
  EXPECT_EQ(
      InvitationsOf(matcher_.store(), "volunteers/V2", matcher_.today()).left(),
      0);
  matcher_.Hear(FruitExpert("V1"));
  Begin(type::v1::URGENCY_NORMAL);
  ASSERT_TRUE(Decline("V1").ok());
  EXPECT_THAT(Offered(), ElementsAre("V1 DECLINED", "V3 PENDING"));
}

TEST_F(OffersTest, ALateEventOfAnEarlierAttemptLeavesTheNewOneAlone) {
  Begin(type::v1::URGENCY_NORMAL);
  const std::string first = Latest("V1");
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return CancelPairing(txn, {name_, "", "MISTAKE", ""});
                  })
                  .ok());
  ASSERT_TRUE(matcher_.Round().ok());
  const std::string again = matcher_.LiveOf("demands/D1").pairing().name();
  name_ = again;
  ASSERT_TRUE(Approve().ok());
  const auto rows = matcher_.Rows();
  for (const char* verb : {"accept", "decline", "expire"}) {
    const absl::Status late = matcher_.Run([&](Transaction& txn) {
      const Ask ask{first, "", "NO_TIME", ""};
      if (verb == std::string("accept")) {
        return AcceptOffer(txn, matcher_.policy(), ask).status();
      }
      if (verb == std::string("decline")) {
        return DeclineOffer(txn, ask).status();
      }
      return OnOfferTimer(first + "/1", txn);
    });
    EXPECT_TRUE(late.ok() || HasReason(late, Reason::kWrongState));
  }
  EXPECT_EQ(matcher_.Rows(), rows);
  EXPECT_EQ(State(), "OFFERED");
}

}  // namespace
}  // namespace jiedui::matcher
