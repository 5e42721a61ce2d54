#include "services/matcher/app/outages.h"

#include <gtest/gtest.h>

#include "services/matcher/app/example_province.h"

namespace jiedui::matcher {
namespace {

class OutagesTest : public testing::Test {
 protected:
  OutagesTest() {
    EXPECT_TRUE(matcher_
                    .Run([](Transaction& txn) {
                      BeginSignsOfLife(txn);
                      return absl::OkStatus();
                    })
                    .ok());
  }
  ~OutagesTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  // As when the service is there all the time.
  void ServeFor(absl::Duration time) {
    for (; time > absl::ZeroDuration(); time -= absl::Minutes(1)) {
      matcher_.clock().Advance(absl::Minutes(1));
      matcher_.writer().FireDueTimers();
    }
  }
  // The same, with the first command of a matcher that starts.
  void BeginAgainAfter(absl::Duration time) {
    matcher_.clock().Advance(time);
    matcher_.Restart();
    EXPECT_TRUE(matcher_
                    .Run([](Transaction& txn) {
                      BeginSignsOfLife(txn);
                      return absl::OkStatus();
                    })
                    .ok());
  }
  void BeAwayFor(absl::Duration time) {
    matcher_.clock().Advance(time);
    matcher_.Restart();
    matcher_.writer().FireDueTimers();
  }
  absl::Duration LostSince(absl::Time from) const {
    return LostBetween(matcher_.store(), from, absl::InfiniteFuture());
  }

  TestMatcher matcher_;
};

TEST_F(OutagesTest, NothingIsLostWhileTheServiceIsThere) {
  const absl::Time start = matcher_.clock().Now();
  ServeFor(absl::Hours(3));
  BeAwayFor(absl::Minutes(4));  // an upgrade
  EXPECT_EQ(LostSince(start), absl::ZeroDuration());
}

TEST_F(OutagesTest, TimeAwayIsLostOnceAndAllOfIt) {
  const absl::Time start = matcher_.clock().Now();
  ServeFor(absl::Hours(1));
  BeAwayFor(absl::Hours(7));
  ServeFor(absl::Hours(1));
  EXPECT_GE(LostSince(start), absl::Hours(7));
  EXPECT_LE(LostSince(start), absl::Hours(7) + kSignOfLifeEvery);
  EXPECT_EQ(LostSince(matcher_.clock().Now()), absl::ZeroDuration());
}

TEST_F(OutagesTest, ShortAbsencesDoNotAddUpToLostTime) {
  const absl::Time start = matcher_.clock().Now();
  for (int i = 0; i < 10; ++i) {
    ServeFor(absl::Minutes(1));
    BeginAgainAfter(absl::Minutes(4));
  }
  EXPECT_GE(LostSince(start), absl::Minutes(40));
}

TEST_F(OutagesTest, OnlyWhatLiesBetweenCounts) {
  const absl::Time start = matcher_.clock().Now();
  BeAwayFor(absl::Hours(10));
  EXPECT_EQ(LostBetween(matcher_.store(), start + absl::Hours(2),
                        start + absl::Hours(5)),
            absl::Hours(3));
}

TEST_F(OutagesTest, ARestartAwaitsNoSecondSign) {
  EXPECT_TRUE(matcher_
                  .Run([](Transaction& txn) {
                    BeginSignsOfLife(txn);
                    return absl::OkStatus();
                  })
                  .ok());
  const uint64_t head = matcher_.writer().head();
  ServeFor(kSignOfLifeEvery);
  EXPECT_EQ(matcher_.writer().head(), head + 1);
}

}  // namespace
}  // namespace jiedui::matcher
