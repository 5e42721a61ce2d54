#include "services/matcher/app/round.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/review.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/policy_message.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::PairingRecord;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class RoundTest : public testing::Test {
 protected:
  ~RoundTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  std::string Expert(const std::string& demand = "demands/D1") const {
    const PairingRecord live = matcher_.LiveOf(demand);
    return live.has_pairing() ? AnchorResource(live.pairing()) : "";
  }
  absl::Status Reject(const std::string& pairing) {
    return matcher_
        .Do([&](Transaction& txn) {
          return RejectPairing(txn, {pairing, "", "TOO_FAR", ""});
        })
        .status();
  }
  absl::Status Cancel(const std::string& pairing) {
    return matcher_
        .Do([&](Transaction& txn) {
          return CancelPairing(txn, {pairing, "", "MISTAKE", ""});
        })
        .status();
  }
  absl::Status Approve(const std::string& pairing) {
    return matcher_
        .Do([&](Transaction& txn) {
          return ApprovePairing(txn, {pairing, "", "", ""});
        })
        .status();
  }
  // Name of the draft of demands/D1 after a round over the example.
  std::string OneDraft() {
    matcher_.HearOfSupply();
    matcher_.Hear(LitchiDemand());
    EXPECT_TRUE(matcher_.Round().ok());
    return matcher_.LiveOf("demands/D1").pairing().name();
  }

  TestMatcher matcher_;
};

TEST_F(RoundTest, AnOpenDemandGetsAnExplainedPairing) {
  const PairingRecord record = matcher_.Get(OneDraft());
  const Pairing& pairing = record.pairing();
  EXPECT_EQ(pairing.state(), "PROPOSED");
  EXPECT_EQ(pairing.demand_title(), "荔枝采后三天褐变");
  ASSERT_EQ(pairing.parts_size(), 6);
  int64_t total = 0;
  for (const type::v1::Part& part : pairing.parts()) {
    SCOPED_TRACE(PartName(part.kind()));
    int64_t points = 0;
    for (const type::v1::Choice& choice : part.choices()) {
      int64_t sum = 0;
      for (const auto& feature : choice.features()) sum += feature.points();
      EXPECT_EQ(sum, choice.points());
      EXPECT_THAT(choice.display_name(), Not(IsEmpty()));
      points += choice.points();
    }
    EXPECT_EQ(points, part.points());
    total += points;
    EXPECT_EQ(part.status(), part.kind() == type::v1::PART_KIND_ENTERPRISE
                                 ? type::v1::PART_STATUS_NOT_REQUIRED
                                 : type::v1::PART_STATUS_FILLED);
  }
  for (const auto& synergy : pairing.synergies()) total += synergy.points();
  EXPECT_EQ(total, pairing.points());
  EXPECT_EQ(Expert(), "volunteers/V1");
  const type::v1::Part& expert = PartOf(pairing, type::v1::PART_KIND_EXPERT);
  EXPECT_EQ(expert.choices(0).summary(),
            "正高 · 高州市农业技术推广中心V1 · 茂名高州 · 瓜果学");
  EXPECT_EQ(expert.runners_up_size(), 3);
  EXPECT_EQ(PartOf(pairing, type::v1::PART_KIND_TALENTS).choices_size(), 2);
}

TEST_F(RoundTest, ARoundCarriesItsProof) {
  OneDraft();
  const auto record = matcher_.Round();
  ASSERT_TRUE(record.ok()) << record.status();
  const event::v1::Round& round = record->round();
  EXPECT_EQ(round.demands(), 1);
  EXPECT_EQ(round.paired(), 1);
  EXPECT_EQ(round.volunteers(), 6);
  EXPECT_EQ(round.identity().size(), 64u);
  EXPECT_EQ(round.as_of_date(), "2026-12-01");
  EXPECT_EQ(round.state(), "COMMITTED");
  EXPECT_EQ(round.actor(), "tester");
  EXPECT_GT(round.snapshot_position(), 0);
  EXPECT_TRUE(round.certificate().exact());
  EXPECT_EQ(round.certificate().points(),
            matcher_.LiveOf("demands/D1").pairing().points());
  for (const auto& level : round.certificate().levels()) {
    EXPECT_EQ(level.value(), level.bound()) << level.name();
  }
}

TEST_F(RoundTest, TheSameSnapshotGivesTheSameBytesAlsoAfterARestart) {
  const std::string draft = OneDraft();
  const auto rows = matcher_.Rows();
  const auto first = matcher_.Round();
  ASSERT_TRUE(first.ok());
  matcher_.clock().Advance(absl::Hours(1));
  EXPECT_EQ(matcher_.Round()->SerializeAsString(), first->SerializeAsString());
  matcher_.Restart();
  EXPECT_EQ(matcher_.Round()->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(matcher_.Rows(), rows);
  EXPECT_EQ(matcher_.LiveOf("demands/D1").pairing().name(), draft);
}

TEST_F(RoundTest, TheDemandsOwnNewsOfItsPairingMakesNoOtherRound) {
  OneDraft();
  const auto first = matcher_.Round();
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_state("PROPOSED");
  demand.set_pairing("pairings/whatever");
  matcher_.Hear(demand);
  EXPECT_EQ(matcher_.Round()->SerializeAsString(), first->SerializeAsString());
}

TEST_F(RoundTest, ANewRoundSupersedesDraftsNobodyReviewed) {
  const std::string before = OneDraft();
  matcher_.Hear(FruitExpert("V9", 5));
  ASSERT_TRUE(matcher_.Round().ok());
  const std::string now = matcher_.LiveOf("demands/D1").pairing().name();
  EXPECT_NE(now, before);
  EXPECT_EQ(matcher_.Get(before).pairing().state(), "SUPERSEDED");
  EXPECT_EQ(matcher_.Get(now).pairing().state(), "PROPOSED");
}

TEST_F(RoundTest, GoingBackToAnEarlierSnapshotRevivesItsDraft) {
  const std::string before = OneDraft();
  volunteer::event::v1::Volunteer guest = FruitExpert("V9", 5);
  matcher_.Hear(guest);
  ASSERT_TRUE(matcher_.Round().ok());
  guest.set_state("PAUSED");
  matcher_.Hear(guest);
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(matcher_.LiveOf("demands/D1").pairing().name(), before);
  EXPECT_EQ(matcher_.Get(before).pairing().state(), "PROPOSED");
}

TEST_F(RoundTest, ACancelledPairingIsProposedAgain) {
  const std::string name = OneDraft();
  ASSERT_TRUE(Approve(name).ok());
  EXPECT_EQ(matcher_.Solve()->round.demands(), 0);  // it is held
  ASSERT_TRUE(Cancel(name).ok());
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(matcher_.LiveOf("demands/D1").pairing().name(), name);
  EXPECT_EQ(matcher_.Get(name).pairing().state(), "PROPOSED");
}

TEST_F(RoundTest, WhoWasRejectedIsNotProposedForThatDemandAgain) {
  ASSERT_TRUE(Reject(OneDraft()).ok());
  EXPECT_EQ(Expert(), "");
  ASSERT_TRUE(matcher_.Round().ok());
  const Pairing pairing = matcher_.LiveOf("demands/D1").pairing();
  EXPECT_NE(Expert(), "volunteers/V1");
  const auto& excluded =
      PartOf(pairing, type::v1::PART_KIND_EXPERT).best_excluded();
  EXPECT_EQ(excluded.resource(), "volunteers/V1");
  EXPECT_THAT(excluded.constraints(),
              ElementsAre(type::v1::CONSTRAINT_EXCLUDED));
  matcher_.Hear(LitchiDemand("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(Expert("demands/D2"), "volunteers/V1");
}

TEST_F(RoundTest, LockedPartsSurviveUntilTheyAreUnlocked) {
  const std::string first = OneDraft();
  volunteer::event::v1::Volunteer better = FruitExpert("V0", 5);
  const std::vector<type::v1::PartKind> expert = {type::v1::PART_KIND_EXPERT};
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return LockPairing(txn, {first, "", "", ""}, expert);
                  })
                  .ok());
  // Without V1's skills the lock alone keeps him.
  volunteer::event::v1::Volunteer worse = FruitExpert("V1", 2);
  matcher_.Hear(better);
  matcher_.Hear(worse);
  ASSERT_TRUE(matcher_.Round().ok());
  const Pairing kept = matcher_.LiveOf("demands/D1").pairing();
  EXPECT_EQ(Expert(), "volunteers/V1");
  EXPECT_THAT(kept.locked_parts(), ElementsAre(type::v1::PART_KIND_EXPERT));
  EXPECT_EQ(PartOf(kept, type::v1::PART_KIND_EXPERT).status(),
            type::v1::PART_STATUS_LOCKED);
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_EQ(Expert(), "volunteers/V1");
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return UnlockPairing(txn, {kept.name(), "", "", ""});
                  })
                  .ok());
  ASSERT_TRUE(matcher_.Round().ok());
  EXPECT_NE(Expert(), "volunteers/V1");
}

// With the expert gone a lock on the team, or on one of two talents, is still
// somebody's decision.
TEST_F(RoundTest, LocksOutliveTheExpert) {
  const std::string draft = OneDraft();
  const std::vector<type::v1::PartKind> parts = {type::v1::PART_KIND_TEAM,
                                                 type::v1::PART_KIND_TALENTS};
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return LockPairing(txn, {draft, "", "", ""}, parts);
                  })
                  .ok());
  const auto talents =
      PartOf(matcher_.Get(draft).pairing(), type::v1::PART_KIND_TALENTS);
  for (int i = 1; i <= 6; ++i) {
    volunteer::event::v1::Volunteer person =
        FruitExpert(absl::StrCat("V", i), 4);
    const bool talent = person.name() == talents.choices(0).resource() ||
                        person.name() == talents.choices(1).resource();
    if (!talent) person.set_state("PAUSED");
    person.set_capacity(1);
    matcher_.Hear(person);
  }
  ASSERT_TRUE(matcher_.Round().ok());
  const Pairing kept = matcher_.LiveOf("demands/D1").pairing();
  EXPECT_NE(kept.name(), draft);
  EXPECT_EQ(AnchorResource(kept), "");
  EXPECT_THAT(kept.locked_parts(), testing::ElementsAreArray(parts));
  EXPECT_TRUE(HasReason(Approve(kept.name()), Reason::kNotEligible));
  ASSERT_TRUE(Reject(kept.name()).ok());
}

TEST_F(RoundTest, AnEnterpriseThatHelpsItselfCanBeLocked) {
  matcher_.HearOfSupply();
  demand::event::v1::Demand demand = LitchiDemand();
  demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_ENTERPRISE);
  demand.mutable_parts()->set_enterprise(type::v1::WANT_DESIRED);
  matcher_.Hear(demand);
  ASSERT_TRUE(matcher_.Round().ok());
  const std::string draft = matcher_.LiveOf("demands/D1").pairing().name();
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return LockPairing(txn, {draft, "", "", ""}, {});
                  })
                  .ok());
  ASSERT_TRUE(matcher_.Round().ok());
  const Pairing kept = matcher_.LiveOf("demands/D1").pairing();
  EXPECT_EQ(kept.locked_parts_size(), 6);
  const auto& helped = PartOf(kept, type::v1::PART_KIND_ENTERPRISE);
  EXPECT_EQ(helped.status(), type::v1::PART_STATUS_LOCKED);
  EXPECT_EQ(helped.choices(0).display_name(), "根子镇柏桥村");
}

TEST_F(RoundTest, BookedCapacityIsNotProposedAgain) {
  matcher_.Hear(FruitExpert("V1"));  // capacity 2
  for (const char* id : {"D1", "D2", "D3"}) {
    demand::event::v1::Demand demand = LitchiDemand(id);
    demand.mutable_parts()->set_talents(type::v1::WANT_NONE);
    matcher_.Hear(demand);
  }
  auto round = matcher_.Round();
  EXPECT_EQ(round->round().paired(), 2);
  ASSERT_EQ(round->round().unpaired_size(), 1);
  EXPECT_EQ(round->round().unpaired(0).part().gap_reason(),
            type::v1::GAP_REASON_CAPACITY);
  ASSERT_TRUE(Approve(round->round().pairings(0)).ok());
  round = matcher_.Round();
  EXPECT_EQ(round->round().demands(), 2);
  EXPECT_EQ(round->round().paired(), 1);
}

TEST_F(RoundTest, ADemandThatNobodyCanServeSaysWhy) {
  matcher_.Hear(LitchiDemand());
  const auto round = matcher_.Round();
  ASSERT_TRUE(round.ok());
  ASSERT_EQ(round->round().unpaired_size(), 1);
  const auto& part = round->round().unpaired(0).part();
  EXPECT_EQ(part.status(), type::v1::PART_STATUS_GAP);
  EXPECT_EQ(part.gap_reason(), type::v1::GAP_REASON_NO_CANDIDATE);
  EXPECT_THAT(part.gap_detail(), Not(IsEmpty()));
}

TEST_F(RoundTest, ADemandWhoseWindowIsOverIsNotSolvedButTold) {
  matcher_.HearOfSupply();
  demand::event::v1::Demand demand = LitchiDemand();
  demand.mutable_window()->set_end_date("2026-11-30");
  matcher_.Hear(demand);
  const auto round = matcher_.Round();
  ASSERT_TRUE(round.ok());
  EXPECT_EQ(round->round().demands(), 1);
  ASSERT_EQ(round->round().unpaired_size(), 1);
  EXPECT_EQ(round->round().unpaired(0).part().gap_reason(),
            type::v1::GAP_REASON_WINDOW);
}

TEST_F(RoundTest, OnlyThoseWhoServeTakePart) {
  matcher_.HearOfSupply();
  volunteer::event::v1::Volunteer away = FruitExpert("V1");
  away.set_state("PAUSED");
  matcher_.Hear(away);
  volunteer::event::v1::Team team = FruitTeam("V1");
  team.set_retired(true);
  matcher_.Hear(team);
  matcher_.Hear(LitchiDemand());
  const auto round = matcher_.Round();
  ASSERT_TRUE(round.ok()) << round.status();
  EXPECT_EQ(round->round().volunteers(), 5);
  EXPECT_EQ(round->round().teams(), 0);
  EXPECT_NE(Expert(), "volunteers/V1");
}

TEST_F(RoundTest, AHeldDemandThatItsRegistryBelievesServedIsOpenWhenItFell) {
  const std::string name = OneDraft();
  ASSERT_TRUE(Approve(name).ok());
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_state("DISPATCHED");
  demand.set_pairing(name);
  matcher_.Hear(demand);
  EXPECT_EQ(matcher_.Solve()->round.demands(), 0);
  ASSERT_TRUE(Cancel(name).ok());
  EXPECT_EQ(matcher_.Solve()->round.demands(), 1);
}

// What can happen between the snapshot and the commit.
class StaleRoundTest : public RoundTest {
 protected:
  StaleRoundTest() : draft_(OneDraft()) {
    matcher_.Hear(FruitExpert("V9", 5));
    plan_ = *matcher_.Solve();
  }
  void ExpectStale() {
    const auto rows = matcher_.Rows();
    const absl::Status status = matcher_.Run(
        [this](Transaction& txn) { return CommitRound(txn, plan_); });
    EXPECT_TRUE(HasReason(status, Reason::kRoundStale)) << status;
    EXPECT_EQ(matcher_.Rows(), rows);
  }

  const std::string draft_;
  RoundPlan plan_;
};

TEST_F(StaleRoundTest, NothingHappened) {
  EXPECT_TRUE(
      matcher_.Run([this](Transaction& txn) { return CommitRound(txn, plan_); })
          .ok());
}

TEST_F(StaleRoundTest, TheDemandWasChanged) {
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_urgency(type::v1::URGENCY_CRITICAL);
  matcher_.Hear(demand);
  ExpectStale();
}

TEST_F(StaleRoundTest, TheDemandWasWithdrawn) {
  demand::event::v1::Demand demand = LitchiDemand();
  demand.set_state("WITHDRAWN");
  matcher_.Hear(demand);
  ExpectStale();
}

TEST_F(StaleRoundTest, TheDraftWasApproved) {
  ASSERT_TRUE(Approve(draft_).ok());
  ExpectStale();
}

TEST_F(StaleRoundTest, TheDraftWasRejected) {
  ASSERT_TRUE(Reject(draft_).ok());
  ExpectStale();
}

TEST_F(StaleRoundTest, TheDraftWasLocked) {
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return LockPairing(txn, {draft_, "", "", ""}, {});
                  })
                  .ok());
  ExpectStale();
}

TEST_F(StaleRoundTest, AnotherRoundWasCommitted) {
  matcher_.Hear(LitchiDemand("D2"));
  ASSERT_TRUE(matcher_.Round().ok());
  ExpectStale();
}

TEST_F(StaleRoundTest, TheSameRoundWasCommittedByAnother) {
  ASSERT_TRUE(matcher_.Round().ok());
  const auto rows = matcher_.Rows();
  EXPECT_TRUE(
      matcher_.Run([this](Transaction& txn) { return CommitRound(txn, plan_); })
          .ok());
  EXPECT_EQ(matcher_.Rows(), rows);
}

TEST_F(RoundTest, ARepetitionWithAnotherResultIsRefused) {
  OneDraft();
  RoundPlan plan = *matcher_.Solve();
  plan.round.set_plan_sha256("other");
  const absl::Status status = matcher_.Run(
      [&plan](Transaction& txn) { return CommitRound(txn, plan); });
  EXPECT_TRUE(HasReason(status, Reason::kInternal)) << status;
}

TEST_F(RoundTest, AnotherNameOfAPersonIsTheSameRound) {
  OneDraft();
  const auto first = matcher_.Round();
  volunteer::event::v1::Volunteer renamed = FruitExpert("V1");
  renamed.set_display_name("改名");
  matcher_.Hear(renamed);
  EXPECT_EQ(matcher_.Round()->SerializeAsString(), first->SerializeAsString());
}

TEST_F(RoundTest, AnotherPolicyMakesAnotherRoundAndIsRecordedWithIt) {
  matcher_.HearOfSupply();
  matcher_.Hear(LitchiDemand());
  const RoundPlan plan = *matcher_.Solve();
  const event::v1::Round& before = plan.round;
  matcher_.policy().version = "trial";
  const event::v1::Round renamed = matcher_.Solve()->round;
  std::swap(matcher_.policy().expert_team, matcher_.policy().bundle[3]);
  const RoundPlan after = *matcher_.Solve();
  EXPECT_EQ(before.policy_version(), engine::Policy().version);
  EXPECT_EQ(after.round.policy_version(), "trial");
  EXPECT_EQ(after.round.policy_sha256(), PolicySha256(matcher_.policy()));
  const std::set<std::string> identities = {
      before.identity(), renamed.identity(), after.round.identity()};
  EXPECT_EQ(identities.size(), 3u);
  EXPECT_NE(after.proposals[0].points(), plan.proposals[0].points());
}

TEST_F(RoundTest, ARoundThatIsToldToStopLeavesNothing) {
  matcher_.HearOfSupply();
  matcher_.Hear(LitchiDemand());
  for (const char* until : {"snapshot", "expert", "complete", "judge"}) {
    const auto plan = SolveRound(*matcher_.store().Snapshot(),
                                 matcher_.policy(), matcher_.today(),
                                 [&](std::string_view phase, int64_t, int64_t) {
                                   return phase != until;
                                 });
    EXPECT_EQ(plan.status().code(), absl::StatusCode::kCancelled) << until;
  }
}

TEST_F(RoundTest, ARoundThatIsNotCommittedLeavesItsRecordAndNothingElse) {
  const std::string draft = OneDraft();
  const auto end = [this](const absl::Status& error) {
    ASSERT_TRUE(matcher_
                    .Run([&](Transaction& txn) {
                      RecordUnfinishedRound(txn, matcher_.policy(),
                                            matcher_.today(), error);
                      return absl::OkStatus();
                    })
                    .ok());
  };
  const size_t rows = matcher_.Rows().size();
  end(base::MakeError(Reason::kCancelled));
  end(base::MakeError(Reason::kRoundStale, {{"detail", "demands/D1"}}));
  EXPECT_EQ(matcher_.Rows().size(), rows + 3);  // with the last number
  const auto first = Rounds::Find(matcher_.store(), "rounds/R00000001");
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->round().state(), "CANCELLED");
  EXPECT_EQ(first->round().reason_code(), "CANCELLED");
  EXPECT_EQ(first->round().actor(), "tester");
  EXPECT_EQ(first->round().as_of_date(), "2026-12-01");
  EXPECT_TRUE(first->round().has_create_time());
  const auto second = Rounds::Find(matcher_.store(), "rounds/R00000002");
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->round().state(), "FAILED");
  EXPECT_EQ(second->round().reason_code(), "ROUND_STALE");
  EXPECT_THAT(second->round().note(), testing::HasSubstr("demands/D1"));
  EXPECT_EQ(matcher_.LiveOf("demands/D1").pairing().name(), draft);
  EXPECT_TRUE(matcher_.Round().ok());
}

TEST_F(RoundTest, AnImpossibleLockIsNamed) {
  const std::string draft = OneDraft();
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return LockPairing(txn, {draft, "", "", ""}, {});
                  })
                  .ok());
  volunteer::event::v1::Volunteer away = FruitExpert("V1");
  away.set_state("PAUSED");
  matcher_.Hear(away);
  const absl::Status status = matcher_.Round().status();
  EXPECT_TRUE(HasReason(status, Reason::kInvalidFields));
  EXPECT_THAT(std::string(status.message()),
              testing::HasSubstr("lock demands/D1 volunteers/V1"));
  EXPECT_EQ(matcher_.LiveOf("demands/D1").pairing().name(), draft);
}

}  // namespace
}  // namespace jiedui::matcher
