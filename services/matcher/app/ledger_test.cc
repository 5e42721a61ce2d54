#include "services/matcher/app/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/error.h"
#include "services/matcher/app/example_province.h"

namespace jiedui::matcher {
namespace {

using base::HasReason;
using base::Reason;
using store::v1::Hold;

constexpr char kWho[] = "volunteers/V2";  // has room for two

class LedgerTest : public testing::Test {
 protected:
  LedgerTest() { matcher_.HearOfSupply(); }
  ~LedgerTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  absl::StatusOr<Hold> ReserveFor(const std::string& holder) {
    return matcher_.Do(
        [&](Transaction& txn) { return Reserve(txn, kWho, holder, kHeld); });
  }
  bool ReleaseOf(const std::string& holder, const Hold& hold) {
    return *matcher_.Do([&](Transaction& txn) {
      return absl::StatusOr<bool>(Release(txn, holder, hold));
    });
  }
  bool ConfirmOf(const std::string& holder, const Hold& hold) {
    return *matcher_.Do([&](Transaction& txn) {
      return absl::StatusOr<bool>(Confirm(txn, holder, hold));
    });
  }
  int Booked() const { return BookingsOf(matcher_.store(), kWho); }

  TestMatcher matcher_;
};

TEST_F(LedgerTest, CapacityIsNeverExceeded) {
  EXPECT_TRUE(ReserveFor("pairings/a").ok());
  EXPECT_TRUE(ReserveFor("pairings/b").ok());
  EXPECT_TRUE(
      HasReason(ReserveFor("pairings/c").status(), Reason::kCapacityFull));
  EXPECT_EQ(Booked(), 2);
}

TEST_F(LedgerTest, FencesOnlyRise) {
  uint64_t last = 0;
  for (int i = 0; i < 5; ++i) {
    const Hold hold = *ReserveFor("pairings/a");
    EXPECT_GT(hold.fence(), last);
    last = hold.fence();
    if (i % 2 == 1) continue;
    EXPECT_TRUE(ReleaseOf("pairings/a", hold));
  }
}

TEST_F(LedgerTest, AReleaseWithAnOldFenceChangesNothing) {
  const Hold old = *ReserveFor("pairings/a");
  ASSERT_TRUE(ReleaseOf("pairings/a", old));
  const Hold present = *ReserveFor("pairings/a");
  const auto rows = matcher_.Rows();
  EXPECT_FALSE(ReleaseOf("pairings/a", old));
  EXPECT_FALSE(ConfirmOf("pairings/a", old));
  EXPECT_EQ(matcher_.Rows(), rows);
  EXPECT_TRUE(ConfirmOf("pairings/a", present));
  EXPECT_TRUE(ReleaseOf("pairings/a", present));
  EXPECT_FALSE(ReleaseOf("pairings/a", present));
  EXPECT_EQ(Booked(), 0);
}

TEST_F(LedgerTest, WhoReservesAgainHoldsOneOnly) {
  const Hold first = *ReserveFor("pairings/a");
  const Hold second = *ReserveFor("pairings/a");
  EXPECT_EQ(Booked(), 1);
  EXPECT_FALSE(ReleaseOf("pairings/a", first));
  EXPECT_EQ(Booked(), 1);
  EXPECT_TRUE(ReleaseOf("pairings/a", second));
}

TEST_F(LedgerTest, WhoDoesNotServeCannotBeReserved) {
  volunteer::event::v1::Volunteer away = FruitExpert("V2");
  away.set_state("PAUSED");
  matcher_.Hear(away);
  EXPECT_TRUE(
      HasReason(ReserveFor("pairings/a").status(), Reason::kNotEligible));
}

}  // namespace
}  // namespace jiedui::matcher
