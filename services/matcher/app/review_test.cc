// Review, offers and services, through the real writer.
#include "services/matcher/app/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/override.h"
#include "services/matcher/app/service.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::OfferRecord;
using store::v1::PairingRecord;
using store::v1::ServiceRecordRecord;
using testing::Contains;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using type::v1::PART_KIND_EXPERT;
using type::v1::PART_KIND_TALENTS;
using type::v1::PART_KIND_TEAM;

class ReviewTest : public testing::Test {
 protected:
  ReviewTest() {
    matcher_.HearOfSupply();
    matcher_.Hear(LitchiDemand());
    EXPECT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf("demands/D1").pairing().name();
  }
  ~ReviewTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  Ask Asking(std::string reason_code = "", std::string note = "") const {
    return {name_, "", std::move(reason_code), std::move(note)};
  }
  auto Approve() { return ApproveNamed(name_); }
  absl::StatusOr<PairingRecord> ApproveNamed(const std::string& name) {
    return matcher_.Do([&](Transaction& txn) {
      return ApprovePairing(txn, {name, "", "", ""});
    });
  }
  absl::StatusOr<OfferRecord> Accept(const std::string& volunteer) {
    const std::string offer = matcher_.OfferTo(name_, volunteer).offer().name();
    return matcher_.Do([&](Transaction& txn) {
      return AcceptOffer(txn, matcher_.policy(), {offer, "", "", ""});
    });
  }
  absl::StatusOr<OfferRecord> Decline(const std::string& volunteer) {
    const std::string offer = matcher_.OfferTo(name_, volunteer).offer().name();
    return matcher_.Do([&](Transaction& txn) {
      return DeclineOffer(txn, {offer, "", "NO_TIME", "忙"});
    });
  }
  absl::StatusOr<ServiceRecordRecord> In(const std::string& volunteer = "") {
    return matcher_.Do(
        [&](Transaction& txn) { return CheckIn(txn, Asking(), volunteer); });
  }
  absl::StatusOr<ServiceRecordRecord> Out(const std::string& record) {
    return matcher_.Do([&](Transaction& txn) {
      return CheckOut(txn, {record, "", "", ""});
    });
  }
  absl::StatusOr<ServiceRecordRecord> Void(const std::string& record,
                                           const std::string& note) {
    return matcher_.Do([&](Transaction& txn) {
      return VoidServiceRecord(txn, {record, "", "", note});
    });
  }
  absl::StatusOr<PairingRecord> Complete() {
    event::v1::Outcome outcome;
    outcome.set_reached(3.5);
    return matcher_.Do([&](Transaction& txn) {
      return CompletePairing(txn, Asking(), outcome);
    });
  }
  absl::StatusOr<PairingRecord> Evaluate(event::v1::Evaluation::Side side,
                                         int stars) {
    event::v1::Evaluation evaluation;
    evaluation.set_side(side);
    evaluation.set_stars(stars);
    return matcher_.Do([&](Transaction& txn) {
      return EvaluatePairing(txn, Asking(), evaluation);
    });
  }
  absl::StatusOr<PairingRecord> Override(type::v1::PartKind part,
                                         std::vector<std::string> resources,
                                         std::string reason = "BETTER_FIT") {
    return matcher_.Do([&](Transaction& txn) {
      return OverridePairing(txn, matcher_.policy(), Asking(reason), part,
                             resources);
    });
  }
  void DemandIs(const std::string& state) {
    demand::event::v1::Demand demand = LitchiDemand();
    demand.set_state(state);
    matcher_.Hear(demand);
  }

  Pairing Now() const { return matcher_.Get(name_).pairing(); }
  std::string State() const { return Now().state(); }
  int Booked(const std::string& resource) const {
    return BookingsOf(matcher_.store(), resource);
  }
  std::vector<std::string> OfferStates() const {
    std::vector<std::string> states;
    for (const OfferRecord& record : matcher_.OffersIn(name_)) {
      states.push_back(record.offer().state());
    }
    return states;
  }
  std::string Talent() const {
    return PartOf(Now(), PART_KIND_TALENTS).choices(0).resource();
  }

  TestMatcher matcher_;
  std::string name_;
};

TEST_F(ReviewTest, APairingLivesToItsEvaluation) {
  ASSERT_TRUE(Approve().ok());
  EXPECT_EQ(State(), "OFFERED");
  // The expert leads the team: one offer covers both; two talents.
  EXPECT_THAT(OfferStates(), SizeIs(3));
  const OfferRecord offer = matcher_.OfferTo(name_, "volunteers/V1");
  EXPECT_EQ(offer.offer().part(), PART_KIND_EXPERT);
  EXPECT_EQ(offer.offer().addressee_name(), "专家V1");
  EXPECT_EQ(offer.offer().headline(), "荔枝采后三天褐变 · 茂名高州");
  for (const char* one : {"volunteers/V1", "teams/T1", "projects/P1"}) {
    EXPECT_EQ(Booked(one), 1) << one;
  }
  ASSERT_TRUE(Accept("volunteers/V1").ok());
  EXPECT_EQ(State(), "ACCEPTED");
  const auto stay = In();
  ASSERT_TRUE(stay.ok());
  EXPECT_EQ(stay->service_record().volunteer(), "volunteers/V1");
  EXPECT_EQ(State(), "ACTIVE");
  EXPECT_TRUE(HasReason(Complete().status(), Reason::kCheckedInAlready));
  matcher_.clock().Advance(absl::Minutes(90) + absl::Seconds(59));
  const auto closed = Out(stay->service_record().name());
  ASSERT_TRUE(closed.ok());
  EXPECT_EQ(closed->service_record().minutes(), 90);
  ASSERT_TRUE(Complete().ok());
  EXPECT_EQ(State(), "COMPLETED");
  EXPECT_EQ(Now().outcome().reached(), 3.5);
  EXPECT_EQ(Booked("volunteers/V1"), 0);
  EXPECT_THAT(OfferStates(),
              UnorderedElementsAre("ACCEPTED", "WITHDRAWN", "WITHDRAWN"));
  ASSERT_TRUE(Evaluate(event::v1::Evaluation::SIDE_REQUESTER, 3).ok());
  ASSERT_TRUE(Evaluate(event::v1::Evaluation::SIDE_REQUESTER, 5).ok());
  EXPECT_EQ(State(), "COMPLETED");
  ASSERT_TRUE(Evaluate(event::v1::Evaluation::SIDE_VOLUNTEER, 4).ok());
  EXPECT_EQ(State(), "EVALUATED");
  const store::v1::Tally tally = TallyOf(matcher_.store(), "volunteers/V1");
  EXPECT_EQ(tally.stars(), 5);
  EXPECT_EQ(tally.evaluations(), 1);
  EXPECT_EQ(tally.answered(), 1);
  EXPECT_EQ(tally.accepted(), 1);
  EXPECT_FALSE(LivePairingOf(matcher_.store(), "demands/D1").has_value());
}

TEST_F(ReviewTest, ApprovalTellsTwoFactsInOneCommit) {
  const uint64_t before = matcher_.writer().head();
  ASSERT_TRUE(Approve().ok());
  ASSERT_EQ(matcher_.writer().head(), before + 1);
  const auto record = journal::Journal::Read(matcher_.store(), before + 1);
  std::vector<std::string> steps;
  for (const auto& fact : record->entries(0).facts()) {
    if (fact.subject() != name_) continue;
    steps.push_back(absl::StrCat(fact.from_state(), "→", fact.to_state()));
    jiedui::event::v1::Event event;
    matcher_.writer().machine().Publish(fact, &event);
    EXPECT_TRUE(event.payload().Is<event::v1::Pairing>());
  }
  EXPECT_THAT(steps,
              testing::ElementsAre("PROPOSED→APPROVED", "APPROVED→OFFERED"));
}

// Both drafts stand on the only one who has room for one of them.
TEST_F(ReviewTest, OfTwoApprovalsForOneCapacityOneWins) {
  volunteer::event::v1::Volunteer scarce = FruitExpert("W1");
  scarce.set_capacity(1);
  matcher_.Hear(scarce);
  matcher_.Hear(LitchiDemand("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  std::vector<std::string> names;
  for (const char* demand : {"demands/D1", "demands/D2"}) {
    name_ = matcher_.LiveOf(demand).pairing().name();
    if (AnchorResource(Now()) != "volunteers/W1") {
      Pairing now = Now();
      const auto in_use = BookedResources(now);
      if (std::find(in_use.begin(), in_use.end(), "volunteers/W1") ==
          in_use.end()) {
        const auto moved = Override(PART_KIND_EXPERT, {"volunteers/W1"});
        ASSERT_TRUE(moved.ok()) << moved.status();
      }
    }
    names.push_back(name_);
  }
  absl::Status results[2];
  std::vector<std::thread> coordinators;
  for (int i = 0; i < 2; ++i) {
    coordinators.emplace_back(
        [&, i] { results[i] = ApproveNamed(names[i]).status(); });
  }
  for (std::thread& coordinator : coordinators) coordinator.join();
  EXPECT_NE(results[0].ok(), results[1].ok());
  const absl::Status& lost = results[0].ok() ? results[1] : results[0];
  EXPECT_TRUE(HasReason(lost, Reason::kCapacityFull)) << lost;
  EXPECT_EQ(Booked("volunteers/W1"), 1);
}

TEST_F(ReviewTest, WhoLeftMeanwhileCannotBeApproved) {
  volunteer::event::v1::Volunteer away = FruitExpert("V1");
  away.set_state("EXITED");
  matcher_.Hear(away);
  const auto approved = Approve();
  EXPECT_TRUE(HasReason(approved.status(), Reason::kNotEligible));
  EXPECT_EQ(State(), "PROPOSED");
  EXPECT_THAT(OfferStates(), IsEmpty());
}

TEST_F(ReviewTest, AnExclusiveProjectServesOneAtATime) {
  matcher_.Hear(FreshnessProject(/*exclusive=*/true));
  matcher_.Hear(LitchiDemand("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  int with_project = 0;
  for (const char* demand : {"demands/D1", "demands/D2"}) {
    const Pairing pairing = matcher_.LiveOf(demand).pairing();
    with_project += PartOf(pairing, type::v1::PART_KIND_PROJECT).choices_size();
    ASSERT_TRUE(ApproveNamed(pairing.name()).ok());
  }
  EXPECT_EQ(with_project, 1);
}

TEST_F(ReviewTest, WhenATeamsLeaderDeclinesTeamAndSynergyGo) {
  matcher_.Hear(FruitTeam("V6"));
  ASSERT_TRUE(Override(PART_KIND_EXPERT, {"volunteers/V1"}).ok() ||
              State() == "PROPOSED");
  if (State() == "PROPOSED") {
    ASSERT_TRUE(matcher_.Round().ok());
    name_ = matcher_.LiveOf("demands/D1").pairing().name();
  }
  const std::string leader = "volunteers/V6";
  if (AnchorResource(Now()) == leader) {
    ASSERT_TRUE(Override(PART_KIND_EXPERT, {"volunteers/V1"}).ok());
  }
  ASSERT_TRUE(Approve().ok());
  const OfferRecord offer = matcher_.OfferTo(name_, leader);
  ASSERT_EQ(offer.offer().resource(), "teams/T1");
  ASSERT_TRUE(Decline(leader).ok());
  EXPECT_EQ(PartOf(Now(), PART_KIND_TEAM).status(), type::v1::PART_STATUS_GAP);
  EXPECT_EQ(Booked("teams/T1"), 0);
  EXPECT_EQ(State(), "OFFERED");
}

TEST_F(ReviewTest, AWithdrawnDemandTakesItsPairingAlong) {
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(Accept("volunteers/V1").ok());
  const uint64_t before = matcher_.writer().head();
  DemandIs("WITHDRAWN");
  EXPECT_EQ(matcher_.writer().head(), before + 1);
  EXPECT_EQ(State(), "CANCELLED");
  EXPECT_EQ(Now().reason_code(), "DEMAND_WITHDRAWN");
  EXPECT_EQ(Booked("volunteers/V1"), 0);
  EXPECT_THAT(OfferStates(),
              UnorderedElementsAre("WITHDRAWN", "WITHDRAWN", "WITHDRAWN"));
  EXPECT_EQ(matcher_.Solve()->round.demands(), 0);
}

TEST_F(ReviewTest, OtherNewsOfTheDemandLeavesThePairingAlone) {
  ASSERT_TRUE(Approve().ok());
  for (const char* state : {"PROPOSED", "DISPATCHED", "IN_SERVICE"}) {
    DemandIs(state);
    EXPECT_EQ(State(), "OFFERED") << state;
  }
}

TEST_F(ReviewTest, AnAnswerThatComesTooLateChangesNothing) {
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return CancelPairing(txn, Asking("MISTAKE"));
                  })
                  .ok());
  const auto rows = matcher_.Rows();
  EXPECT_TRUE(HasReason(Accept("volunteers/V1").status(), Reason::kWrongState));
  EXPECT_TRUE(
      HasReason(Decline("volunteers/V1").status(), Reason::kWrongState));
  EXPECT_EQ(matcher_.Rows(), rows);
}

TEST_F(ReviewTest, AStaleEtagIsRefused) {
  const auto approved = matcher_.Do([&](Transaction& txn) {
    return ApprovePairing(txn, {name_, "99", "", ""});
  });
  EXPECT_TRUE(HasReason(approved.status(), Reason::kEtagMismatch));
}

TEST_F(ReviewTest, OnlyFilledPartsCanBeLocked) {
  const auto locked = matcher_.Do([&](Transaction& txn) {
    return LockPairing(txn, Asking(), {type::v1::PART_KIND_ENTERPRISE});
  });
  EXPECT_TRUE(HasReason(locked.status(), Reason::kInvalidFields));
}

TEST_F(ReviewTest, AnOverrideSaysWhatItCostsAndPointsStillAddUp) {
  const int64_t recommended = Now().points();
  const std::string talent = Talent();
  // Somebody who is in no part yet.
  std::string other;
  for (int i = 2; i <= 6 && other.empty(); ++i) {
    const std::string candidate = absl::StrCat("volunteers/V", i);
    const auto in_use = BookedResources(Now());
    if (std::find(in_use.begin(), in_use.end(), candidate) == in_use.end()) {
      other = candidate;
    }
  }
  const auto changed = Override(PART_KIND_EXPERT, {other}, "LOCAL_KNOWLEDGE");
  ASSERT_TRUE(changed.ok()) << changed.status();
  Pairing now = Now();
  EXPECT_EQ(now.state(), "OVERRIDDEN");
  EXPECT_EQ(AnchorResource(now), other);
  EXPECT_EQ(now.regret_points(), recommended - now.points());
  EXPECT_GT(now.regret_points(), 0);
  EXPECT_EQ(PartOf(now, PART_KIND_EXPERT).runners_up(0).resource(),
            "volunteers/V1");
  EXPECT_EQ(Talent(), talent);
  const int64_t told = now.points();
  AddUp(now);
  EXPECT_EQ(now.points(), told);
  // Rounds leave it alone; it can be approved.
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(State(), "OVERRIDDEN");
  EXPECT_TRUE(Approve().ok());
}

TEST_F(ReviewTest, AnOverrideByWhatIsRecommendedCostsNothing) {
  const int64_t recommended = Now().points();
  const auto same = Override(PART_KIND_EXPERT, {"volunteers/V1"});
  ASSERT_TRUE(same.ok()) << same.status();
  EXPECT_EQ(Now().regret_points(), 0);
  EXPECT_EQ(Now().points(), recommended);
}

TEST_F(ReviewTest, AnOverrideNeedsSomebodyEligible) {
  volunteer::event::v1::Volunteer stranger = FruitExpert("X1");
  stranger.clear_skills();
  type::v1::Skill* skill = stranger.add_skills();
  skill->set_subject("520");
  skill->set_proficiency(5);
  matcher_.Hear(stranger);
  volunteer::event::v1::Volunteer full = FruitExpert("X2");
  full.set_capacity(0);
  matcher_.Hear(full);
  volunteer::event::v1::Volunteer away = FruitExpert("X3");
  away.set_state("PAUSED");
  matcher_.Hear(away);
  const std::pair<const char*, const char*> kCases[] = {
      {"volunteers/X1", "SUBJECT"},
      {"volunteers/X2", "CAPACITY"},
      {"volunteers/X3", "NOT_SERVING"}};
  for (const auto& [resource, constraint] : kCases) {
    const absl::Status status = Override(PART_KIND_EXPERT, {resource}).status();
    EXPECT_TRUE(HasReason(status, Reason::kNotEligible)) << status;
    EXPECT_THAT(std::string(status.message()), testing::HasSubstr(constraint));
  }
  EXPECT_TRUE(
      HasReason(Override(PART_KIND_EXPERT, {"volunteers/nobody"}).status(),
                Reason::kNotFound));
  for (const std::vector<std::string>& bad :
       std::vector<std::vector<std::string>>{
           {}, {"teams/T1"}, {Talent()}, {"volunteers/V1", "volunteers/V2"}}) {
    EXPECT_TRUE(HasReason(Override(PART_KIND_EXPERT, bad).status(),
                          Reason::kInvalidFields));
  }
  EXPECT_EQ(State(), "PROPOSED");
}

TEST_F(ReviewTest, EveryPartCanBeOverridden) {
  volunteer::event::v1::Project project = FreshnessProject();
  project.set_name("projects/P2");
  matcher_.Hear(project);
  ASSERT_TRUE(Override(type::v1::PART_KIND_PROJECT, {"projects/P2"}).ok());
  EXPECT_EQ(PartOf(Now(), type::v1::PART_KIND_PROJECT).choices(0).resource(),
            "projects/P2");
}

TEST_F(ReviewTest, OnlyPeopleOfThePairingCheckInAndOnce) {
  EXPECT_TRUE(HasReason(In().status(), Reason::kWrongState));
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(Accept("volunteers/V1").ok());
  ASSERT_TRUE(Accept(Talent()).ok());
  volunteer::event::v1::Volunteer member = FruitExpert("M1");
  member.add_memberships()->set_team("teams/T1");
  matcher_.Hear(member);
  matcher_.Hear(FruitExpert("X1"));
  EXPECT_TRUE(HasReason(In("volunteers/X1").status(), Reason::kNotInPairing));
  const auto first = In("volunteers/V1");
  ASSERT_TRUE(first.ok());
  EXPECT_TRUE(In("volunteers/M1").ok());
  EXPECT_TRUE(In(Talent()).ok());
  EXPECT_TRUE(HasReason(In().status(), Reason::kCheckedInAlready));
  // A void takes the stay back.
  const std::string record = first->service_record().name();
  EXPECT_TRUE(HasReason(Void(record, "").status(), Reason::kReasonRequired));
  ASSERT_TRUE(Void(record, "点错").ok());
  EXPECT_TRUE(HasReason(Out(record).status(), Reason::kWrongState));
  const auto second = In();
  ASSERT_TRUE(second.ok());
  // Voiding the first again must not check out the second.
  EXPECT_TRUE(HasReason(Void(record, "再").status(), Reason::kWrongState));
  EXPECT_TRUE(HasReason(In().status(), Reason::kCheckedInAlready));
}

TEST_F(ReviewTest, AStayCanEndAfterThePairingWasCancelled) {
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(Accept("volunteers/V1").ok());
  const auto stay = In();
  ASSERT_TRUE(stay.ok());
  DemandIs("SUSPENDED");
  EXPECT_EQ(State(), "CANCELLED");
  EXPECT_TRUE(Out(stay->service_record().name()).ok());
}

TEST_F(ReviewTest, AClockSetBackGivesNoNegativeService) {
  ASSERT_TRUE(Approve().ok());
  ASSERT_TRUE(Accept("volunteers/V1").ok());
  const auto stay = In();
  matcher_.clock().Advance(-absl::Hours(2));
  EXPECT_EQ(Out(stay->service_record().name())->service_record().minutes(), 0);
}

TEST_F(ReviewTest, EvaluationsAreCheckedAndOnlyAfterCompletion) {
  using event::v1::Evaluation;
  EXPECT_TRUE(HasReason(Evaluate(Evaluation::SIDE_REQUESTER, 6).status(),
                        Reason::kInvalidFields));
  EXPECT_TRUE(HasReason(Evaluate(Evaluation::SIDE_UNSPECIFIED, 3).status(),
                        Reason::kInvalidFields));
  EXPECT_TRUE(HasReason(Evaluate(Evaluation::SIDE_REQUESTER, 3).status(),
                        Reason::kWrongState));
}

TEST_F(ReviewTest, ADemandWithoutExpertStandsOnItsTeam) {
  demand::event::v1::Demand demand = LitchiDemand("D3");
  demand.mutable_parts()->set_expert(type::v1::WANT_NONE);
  matcher_.Hear(demand);
  ASSERT_TRUE(matcher_.Round().ok());
  name_ = matcher_.LiveOf("demands/D3").pairing().name();
  EXPECT_EQ(AnchorResource(Now()), "teams/T1");
  ASSERT_TRUE(Approve().ok());
  EXPECT_EQ(matcher_.OfferTo(name_, "volunteers/V1").offer().part(),
            PART_KIND_TEAM);
  ASSERT_TRUE(Accept("volunteers/V1").ok());
  EXPECT_EQ(State(), "ACCEPTED");
  EXPECT_EQ(In()->service_record().volunteer(), "volunteers/V1");
}

}  // namespace
}  // namespace jiedui::matcher
