#include "common/base/guarded_clock.h"

#include <gtest/gtest.h>

namespace jiedui::base {
namespace {

const absl::Time kStart = absl::UnixEpoch() + absl::Hours(24);

class ManualStopwatch : public Stopwatch {
 public:
  absl::Duration Elapsed() const override { return elapsed; }
  absl::Duration elapsed;
};

class GuardedClockTest : public testing::Test {
 protected:
  void Pass(absl::Duration time) {
    stopwatch_.elapsed += time;
    wall_.Advance(time);
  }
  // As a server does, which looks at the clock all the time.
  void PassBySeconds(absl::Duration time) {
    for (; time > absl::ZeroDuration(); time -= absl::Seconds(1)) {
      Pass(absl::Seconds(1));
      const absl::Time now = clock_.Now();
      EXPECT_GT(now, last_);
      last_ = now;
    }
  }

  ManualClock wall_{kStart};
  ManualStopwatch stopwatch_;
  GuardedClock clock_{&wall_, &stopwatch_};
  absl::Time last_ = absl::InfinitePast();
};

TEST_F(GuardedClockTest, AgreesWithAWallClockThatRunsTrue) {
  EXPECT_EQ(clock_.Now(), kStart);
  PassBySeconds(absl::Minutes(10));
  EXPECT_EQ(clock_.Now(), kStart + absl::Minutes(10));
  EXPECT_EQ(clock_.Drift(), absl::ZeroDuration());
}

TEST_F(GuardedClockTest, AJumpForwardDoesNotShortenWhatWasPromised) {
  wall_.Advance(absl::Hours(72));
  PassBySeconds(absl::Hours(1));
  EXPECT_LE(clock_.Now(), kStart + absl::Hours(1) * 1.01);
  EXPECT_GT(clock_.Drift(), absl::Hours(71));
}

TEST_F(GuardedClockTest, AJumpBackNeitherGoesBackNorStandsStill) {
  clock_.Now();
  wall_.Advance(-absl::Hours(72));
  PassBySeconds(absl::Hours(1));
  EXPECT_GE(clock_.Now(), kStart + absl::Hours(1) * .99);
}

TEST_F(GuardedClockTest, SmallCorrectionsAreFollowed) {
  wall_.Advance(absl::Seconds(2));
  PassBySeconds(absl::Minutes(5));
  EXPECT_EQ(clock_.Drift(), absl::ZeroDuration());
}

TEST_F(GuardedClockTest, TimeTooShortToSlewByIsNotLost) {
  for (int i = 0; i < 10000; ++i) {
    Pass(absl::Microseconds(100));
    clock_.Now();
  }
  EXPECT_EQ(clock_.Now(), kStart + absl::Seconds(1));
}

}  // namespace
}  // namespace jiedui::base
