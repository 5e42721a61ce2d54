#include "services/matcher/app/replay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/review.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

bool GoOn(std::string_view, int64_t, int64_t) { return true; }

class ReplayTest : public testing::Test {
 protected:
  absl::StatusOr<v1::ReplayResult> Replay(const std::string& round) {
    return ReplayRound(*matcher_.store().Snapshot(),
                       matcher_.writer().machine(), matcher_.policy(), round,
                       GoOn);
  }
  std::string OneRound() {
    matcher_.HearOfSupply();
    matcher_.Hear(LitchiDemand());
    const auto round = matcher_.Round();
    EXPECT_TRUE(round.ok()) << round.status();
    return round->round().name();
  }

  TestMatcher matcher_;
};

TEST_F(ReplayTest, ARoundComesOutTheSameWhateverHappenedSince) {
  const std::string first = OneRound();
  const std::string draft = matcher_.LiveOf("demands/D1").pairing().name();
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return RejectPairing(txn, {draft, "", "TOO_FAR", ""});
                  })
                  .ok());
  volunteer::event::v1::Volunteer gone = FruitExpert("V1");
  gone.set_state("EXITED");
  matcher_.Hear(gone);
  const auto second = matcher_.Round();
  ASSERT_TRUE(second.ok()) << second.status();
  for (const std::string& round : {first, second->round().name()}) {
    const auto replay = Replay(round);
    ASSERT_TRUE(replay.ok()) << replay.status();
    EXPECT_TRUE(replay->identical()) << replay->DebugString();
    EXPECT_EQ(replay->proposals(), 1);
    EXPECT_GT(replay->bytes(), 1000);
    EXPECT_THAT(replay->changed_versions(), IsEmpty());
  }
}

// What was committed between a round's snapshot and its own commit is not part
// of what it stood on.
TEST_F(ReplayTest, TheRoundIsThatOfItsSnapshotNotOfItsCommit) {
  matcher_.HearOfSupply();
  matcher_.Hear(LitchiDemand());
  const RoundPlan plan = *matcher_.Solve();
  matcher_.Hear(FruitExpert("V0", 5));
  ASSERT_TRUE(
      matcher_.Run([&](Transaction& txn) { return CommitRound(txn, plan); })
          .ok());
  const auto replay = Replay(plan.round.name());
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_TRUE(replay->identical()) << replay->DebugString();
}

TEST_F(ReplayTest, WhatWasCommittedOtherwiseIsShown) {
  matcher_.HearOfSupply();
  matcher_.Hear(LitchiDemand());
  RoundPlan plan = *matcher_.Solve();
  plan.round.set_engine_version("0");
  plan.proposals[0].set_points(plan.proposals[0].points() + 1);
  ASSERT_TRUE(
      matcher_.Run([&](Transaction& txn) { return CommitRound(txn, plan); })
          .ok());
  const auto replay = Replay(plan.round.name());
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_FALSE(replay->identical());
  EXPECT_EQ(replay->difference_count(), 2);
  EXPECT_THAT(replay->differences(),
              ElementsAre(HasSubstr("engine_version"), HasSubstr("points")));
  ASSERT_EQ(replay->changed_versions_size(), 1);
  EXPECT_EQ(replay->changed_versions(0).name(), "engine");
  EXPECT_EQ(replay->changed_versions(0).then(), "0");
}

TEST_F(ReplayTest, ARoundUnderAnotherPolicySaysSo) {
  const std::string round = OneRound();
  matcher_.policy().version = "trial";
  matcher_.policy().floor += 1;
  const auto replay = Replay(round);
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_FALSE(replay->identical());
  ASSERT_EQ(replay->changed_versions_size(), 2);
  EXPECT_EQ(replay->changed_versions(0).name(), "policy");
  EXPECT_EQ(replay->changed_versions(0).then(), engine::Policy().version);
  EXPECT_EQ(replay->changed_versions(0).now(), "trial");
  EXPECT_EQ(replay->changed_versions(1).name(), "policy_sha256");
}

TEST_F(ReplayTest, AProposalThatIsNotDerivedAgainIsShown) {
  matcher_.HearOfSupply();
  matcher_.Hear(LitchiDemand());
  matcher_.Hear(LitchiDemand("D2"));
  RoundPlan plan = *matcher_.Solve();
  plan.proposals.RemoveLast();
  ASSERT_TRUE(
      matcher_.Run([&](Transaction& txn) { return CommitRound(txn, plan); })
          .ok());
  const auto replay = Replay(plan.round.name());
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_THAT(replay->differences(), ElementsAre(HasSubstr("demands/D2")));
}

TEST_F(ReplayTest, RoundsWithoutResultCannotBeReplayed) {
  EXPECT_TRUE(
      HasReason(Replay("rounds/none").status(), base::Reason::kNotFound));
  ASSERT_TRUE(matcher_
                  .Run([&](Transaction& txn) {
                    RecordUnfinishedRound(
                        txn, matcher_.policy(), matcher_.today(),
                        base::MakeError(Reason::kRoundStale,
                                        {{"detail", "demands/D1"}}));
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_TRUE(HasReason(Replay("rounds/R00000001").status(),
                        base::Reason::kWrongState));
}

TEST_F(ReplayTest, StopsWhenToldToAndChangesNothing) {
  const std::string round = OneRound();
  const auto rows = matcher_.Rows();
  for (const char* until : {"replay", "snapshot", "expert", "judge"}) {
    const auto replay = ReplayRound(
        matcher_.store(), matcher_.writer().machine(), matcher_.policy(), round,
        [&](std::string_view phase, int64_t, int64_t) {
          return phase != until;
        });
    EXPECT_EQ(replay.status().code(), absl::StatusCode::kCancelled) << until;
  }
  EXPECT_EQ(matcher_.Rows(), rows);
}

// The registries and the coordinators do as they please.
class RandomHistory {
 public:
  RandomHistory(TestMatcher& matcher, uint32_t seed)
      : matcher_(matcher), random_(seed) {}

  void Step() {
    switch (random_() % 16) {
      case 0:
        return matcher_.Hear(AnyDemand());
      case 1:
        return Review();
      case 2:
        return matcher_.Hear(FruitTeam(absl::StrCat("V", Pick(kPeople))));
      case 3:
        return matcher_.Hear(FreshnessProject(Pick(2) == 0));
      default:
        return matcher_.Hear(AnyVolunteer());
    }
  }

 private:
  static constexpr uint32_t kPeople = 12;
  static constexpr uint32_t kDemands = 8;

  uint32_t Pick(uint32_t n) { return random_() % n; }

  volunteer::event::v1::Volunteer AnyVolunteer() {
    auto person = FruitExpert(absl::StrCat("V", Pick(kPeople)),
                              static_cast<int>(1 + Pick(5)));
    person.set_capacity(static_cast<int>(Pick(4)));
    if (Pick(5) == 0) person.set_state("PAUSED");
    return person;
  }
  demand::event::v1::Demand AnyDemand() {
    auto demand = LitchiDemand(absl::StrCat("D", Pick(kDemands)));
    demand.mutable_parts()->set_talents_count(static_cast<int>(1 + Pick(2)));
    if (Pick(4) == 0) demand.set_state("WITHDRAWN");
    return demand;
  }
  // What the state does not allow is refused, which is as good.
  void Review() {
    const std::string draft =
        matcher_.LiveOf(absl::StrCat("demands/D", Pick(kDemands)))
            .pairing()
            .name();
    if (draft.empty()) return;
    const uint32_t verb = Pick(3);
    const absl::Status done =
        matcher_
            .Do([&](Transaction& txn) {
              if (verb == 0) return ApprovePairing(txn, {draft, "", "", ""});
              if (verb == 1) {
                return CancelPairing(txn, {draft, "", "MISTAKE", ""});
              }
              return RejectPairing(txn, {draft, "", "TOO_FAR", ""});
            })
            .status();
    refused_ += !done.ok();
  }

  TestMatcher& matcher_;
  std::mt19937 random_;
  int refused_ = 0;
};

TEST_F(ReplayTest, EveryRoundOfAHundredThousandRandomEventsComesOutTheSame) {
  constexpr int kEvents = 100'000;
  constexpr int kRounds = 8;
  RandomHistory history(matcher_, /*seed=*/20261201);
  std::vector<std::string> rounds;
  for (int i = 1; i <= kEvents; ++i) {
    history.Step();
    if (i % (kEvents / kRounds) != 0) continue;
    const auto round = matcher_.Round();
    ASSERT_TRUE(round.ok()) << round.status();
    EXPECT_THAT(round->round().pairings(), Not(IsEmpty()));
    rounds.push_back(round->round().name());
  }
  for (const std::string& round : rounds) {
    const auto replay = Replay(round);
    ASSERT_TRUE(replay.ok()) << replay.status();
    EXPECT_TRUE(replay->identical()) << replay->DebugString();
  }
}

}  // namespace
}  // namespace jiedui::matcher
