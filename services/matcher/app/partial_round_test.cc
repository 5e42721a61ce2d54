// What has fallen or gone up the line is looked at again, through the real
// writer; solving and committing by hand, as a crash between them needs.
#include "services/matcher/app/partial_round.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/replay.h"
#include "services/matcher/app/review.h"
#include "services/matcher/app/service.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

bool GoOn(std::string_view, int64_t, int64_t) { return true; }

class PartialRoundTest : public testing::Test {
 protected:
  ~PartialRoundTest() override {
    EXPECT_EQ(matcher_.Rows(), matcher_.Replayed());
  }

  demand::event::v1::Demand DemandFor(const std::string& id) {
    demand::event::v1::Demand demand = LitchiDemand(id);
    auto& parts = *demand.mutable_parts();
    parts.set_team(type::v1::WANT_NONE);
    parts.set_talents(type::v1::WANT_NONE);
    parts.clear_talents_count();
    return demand;
  }
  Pairing Live(const std::string& id) const {
    return matcher_.LiveOf("demands/" + id).pairing();
  }
  absl::Status Reject(const std::string& id) {
    const std::string name = Live(id).name();
    return matcher_
        .Do([&](Transaction& txn) {
          return RejectPairing(txn, {name, "", "UNSUITABLE", ""});
        })
        .status();
  }
  RoundPlan Solve() {
    auto plan = SolveDirty(*matcher_.store().Snapshot(), matcher_.policy(),
                           matcher_.today(), GoOn);
    EXPECT_TRUE(plan.ok()) << plan.status();
    EXPECT_TRUE(plan->has_value());
    return **plan;
  }
  void Commit(const RoundPlan& plan) {
    const absl::Status committed = matcher_.Run(
        [&](Transaction& txn) { return CommitPartialRound(txn, plan); });
    EXPECT_TRUE(committed.ok()) << committed;
  }
  // As the worker does, until nothing waits.
  int SolveAll() {
    int rounds = 0;
    for (; !Dirty().empty(); ++rounds) Commit(Solve());
    return rounds;
  }
  std::vector<std::string> Dirty() const {
    return DirtyDemands(matcher_.store());
  }
  event::v1::Dispatch Dispatch(const std::string& id) const {
    return DispatchOf(matcher_.store(), "demands/" + id)->dispatch();
  }
  void ExpectReplays(const std::string& round) {
    const auto replayed =
        ReplayRound(*matcher_.store().Snapshot(), matcher_.writer().machine(),
                    matcher_.policy(), round, GoOn);
    ASSERT_TRUE(replayed.ok()) << replayed.status();
    EXPECT_TRUE(replayed->identical()) << replayed->DebugString();
  }

  TestMatcher matcher_;
};

TEST_F(PartialRoundTest, ARejectedDemandIsProposedAgainWithoutAskingAnybody) {
  matcher_.HearOfSupply();
  matcher_.Hear(DemandFor("D1"));
  matcher_.Hear(DemandFor("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  const Pairing other = Live("D2");
  const std::string expert = AnchorResource(Live("D1"));
  ASSERT_TRUE(Reject("D1").ok());
  ASSERT_THAT(Dirty(), ElementsAre("demands/D1"));
  const RoundPlan plan = Solve();
  Commit(plan);
  EXPECT_THAT(Dirty(), IsEmpty());
  EXPECT_EQ(Live("D1").state(), "PROPOSED");
  EXPECT_NE(AnchorResource(Live("D1")), expert);
  EXPECT_EQ(Dispatch("D1").state(), "PROPOSED");
  // Nobody else's draft is touched.
  EXPECT_EQ(Live("D2").SerializeAsString(), other.SerializeAsString());
  const auto round = Rounds::Require(matcher_.store(), plan.round.name());
  ASSERT_TRUE(round.ok());
  EXPECT_THAT(round->round().scope(), ElementsAre("demands/D1"));
  EXPECT_EQ(round->round().actor(), "tester");
  ExpectReplays(plan.round.name());
}

TEST_F(PartialRoundTest, WhatDraftsOfOthersHoldIsNotProposedTwice) {
  for (const char* id : {"V1", "V2"}) {
    volunteer::event::v1::Volunteer volunteer = FruitExpert(id);
    volunteer.set_capacity(1);
    matcher_.Hear(volunteer);
  }
  matcher_.Hear(DemandFor("D1"));
  matcher_.Hear(DemandFor("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  const std::string taken = AnchorResource(Live("D2"));
  ASSERT_TRUE(Reject("D1").ok());
  SolveAll();
  EXPECT_EQ(AnchorResource(Live("D2")), taken);
  EXPECT_EQ(Live("D1").name(), "");
  EXPECT_EQ(Dispatch("D1").state(), "GAP");
}

// Its registry had not told of the pairing yet: the demand was OPEN for all
// that the matcher had heard, and was proposed a second time.
TEST_F(PartialRoundTest,
       WhatHasBeenServedIsNotProposedAgainBeforeItsRegistryKnows) {
  matcher_.HearOfSupply();
  matcher_.Hear(DemandFor("D1"));
  ASSERT_TRUE(matcher_.Round().ok());
  const std::string name = Live("D1").name();
  const Ask ask{name, "", "", ""};
  ASSERT_TRUE(
      matcher_.Do([&](Transaction& txn) { return ApprovePairing(txn, ask); })
          .ok());
  const std::string offer =
      matcher_.OfferTo(name, AnchorResource(Live("D1"))).offer().name();
  ASSERT_TRUE(
      matcher_
          .Do([&](Transaction& txn) {
            return AcceptOffer(txn, matcher_.policy(), {offer, "", "", ""});
          })
          .ok());
  const auto stay =
      matcher_.Do([&](Transaction& txn) { return CheckIn(txn, ask, ""); });
  ASSERT_TRUE(stay.ok());
  const Ask leave{stay->service_record().name(), "", "", ""};
  ASSERT_TRUE(
      matcher_.Do([&](Transaction& txn) { return CheckOut(txn, leave); }).ok());
  ASSERT_TRUE(
      matcher_
          .Do([&](Transaction& txn) { return CompletePairing(txn, ask, {}); })
          .ok());
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(Live("D1").name(), "");
}

// It made every search fail, for all demands, again and again.
TEST_F(PartialRoundTest, ALockThatCannotHoldKeepsNobodyElseFromBeingSolved) {
  matcher_.HearOfSupply();
  matcher_.Hear(DemandFor("D1"));
  matcher_.Hear(DemandFor("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  const Pairing locked = Live("D1");
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return LockPairing(txn, {locked.name(), "", "", ""}, {});
                  })
                  .ok());
  volunteer::event::v1::Volunteer busy =
      FruitExpert(AnchorResource(locked).substr(kVolunteers.size()));
  busy.set_capacity(0);
  matcher_.Hear(busy);
  matcher_.clock().Advance(absl::Hours(48));
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return OnTierTimer("dispatches/D1/1", txn);
                  })
                  .ok());
  ASSERT_TRUE(Reject("D2").ok());
  SolveAll();
  EXPECT_EQ(Live("D1").name(), locked.name());
  EXPECT_EQ(Live("D2").state(), "PROPOSED");
  EXPECT_THAT(Dirty(), IsEmpty());
}

TEST_F(PartialRoundTest, WithoutCandidateADemandGoesUpAtOnceToANamedGap) {
  matcher_.Hear(DemandFor("D1"));
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(Dispatch("D1").tier(), type::v1::TIER_COUNTY);
  EXPECT_EQ(SolveAll(), 3);
  const event::v1::Dispatch gap = Dispatch("D1");
  EXPECT_EQ(gap.state(), "GAP");
  EXPECT_EQ(gap.tier(), type::v1::TIER_PROVINCE);
  ASSERT_EQ(gap.hops_size(), 4);
  for (const event::v1::Hop& hop : gap.hops()) {
    EXPECT_EQ(hop.reason_code(), "NO_CANDIDATE");
    EXPECT_NE(hop.gap_reason(), type::v1::GAP_REASON_UNSPECIFIED);
    EXPECT_NE(hop.detail(), "");
  }
  // A round by hand finds it still, once somebody is there.
  matcher_.HearOfSupply();
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(Dispatch("D1").state(), "PROPOSED");
}

TEST_F(PartialRoundTest, AGapIsSoughtAgainEachWorkingDayUntilSomebodyIsFound) {
  matcher_.Hear(DemandFor("D1"));
  ASSERT_TRUE(matcher_.Round().ok());
  SolveAll();
  const auto next_day = [this] {
    matcher_.clock().Advance(absl::Hours(24));
    matcher_.writer().FireDueTimers();
    EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
    EXPECT_EQ(SolveAll(), 1);
  };
  next_day();
  EXPECT_EQ(Dispatch("D1").state(), "GAP");
  matcher_.HearOfSupply();
  next_day();
  EXPECT_EQ(Dispatch("D1").state(), "PROPOSED");
}

TEST_F(PartialRoundTest, AGapWhoseDemandIsChangedIsLookedAtAgain) {
  demand::event::v1::Demand demand = DemandFor("D1");
  matcher_.Hear(demand);
  ASSERT_TRUE(matcher_.Round().ok());
  SolveAll();
  const auto change_urgency = [&](type::v1::Urgency urgency) {
    demand.set_urgency(urgency);
    matcher_.Hear(demand);
    EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
    EXPECT_EQ(SolveAll(), 1);
  };
  change_urgency(type::v1::URGENCY_HIGH);
  EXPECT_EQ(Dispatch("D1").state(), "GAP");
  EXPECT_EQ(Dispatch("D1").hops_size(), 4);
  matcher_.HearOfSupply();
  change_urgency(type::v1::URGENCY_CRITICAL);
  EXPECT_EQ(Dispatch("D1").state(), "PROPOSED");
}

TEST_F(PartialRoundTest, ADemandThatMovedOnIsLeftAloneAndSolvedAgain) {
  matcher_.HearOfSupply();
  matcher_.Hear(DemandFor("D1"));
  matcher_.Hear(DemandFor("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  ASSERT_TRUE(Reject("D1").ok());
  ASSERT_TRUE(Reject("D2").ok());
  const RoundPlan plan = Solve();
  // The tier's time ends meanwhile.
  matcher_.clock().Advance(absl::Hours(48));
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return OnTierTimer("dispatches/D1/1", txn);
                  })
                  .ok());
  Commit(plan);
  EXPECT_EQ(Live("D1").name(), "");
  EXPECT_EQ(Live("D2").state(), "PROPOSED");
  EXPECT_THAT(Dirty(), ElementsAre("demands/D1"));
  EXPECT_THAT(
      Rounds::Require(matcher_.store(), plan.round.name())->round().stale(),
      ElementsAre("demands/D1"));
  ExpectReplays(plan.round.name());
  SolveAll();
  EXPECT_EQ(Live("D1").state(), "PROPOSED");
}

TEST_F(PartialRoundTest, APlanThatIsCommittedTwiceOrAfterACrashChangesOnce) {
  matcher_.HearOfSupply();
  matcher_.Hear(DemandFor("D1"));
  ASSERT_TRUE(matcher_.Round().ok());
  ASSERT_TRUE(Reject("D1").ok());
  const RoundPlan lost = Solve();
  matcher_.Restart();  // nothing of it was kept, and it is still to be done
  ASSERT_THAT(Dirty(), ElementsAre("demands/D1"));
  Commit(Solve());
  const auto rows = matcher_.Rows();
  Commit(lost);
  EXPECT_EQ(matcher_.Rows(), rows);
}

TEST_F(PartialRoundTest, AHopWithADraftThatIsStillTheBestKeepsIt) {
  matcher_.HearOfSupply();
  matcher_.Hear(DemandFor("D1"));
  ASSERT_TRUE(matcher_.Round().ok());
  const Pairing draft = Live("D1");
  matcher_.clock().Advance(absl::Hours(48));
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    return OnTierTimer("dispatches/D1/1", txn);
                  })
                  .ok());
  ASSERT_THAT(Dirty(), ElementsAre("demands/D1"));
  Commit(Solve());
  EXPECT_THAT(Dirty(), IsEmpty());
  EXPECT_EQ(Live("D1").SerializeAsString(), draft.SerializeAsString());
}

}  // namespace
}  // namespace jiedui::matcher
