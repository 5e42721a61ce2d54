// Digests, through the real writer and its timers.
#include "services/matcher/app/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/clock.h"
#include "services/matcher/app/example_province.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/app/review.h"

namespace jiedui::matcher {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kCounty[] = "coordinators/440981000000";
constexpr char kCity[] = "coordinators/440900000000";
constexpr char kProvince[] = "coordinators/440000000000";

class DigestTest : public testing::Test {
 protected:
  DigestTest() {
    matcher_.HearOfSupply();
    matcher_.Hear(LitchiDemand());
    EXPECT_TRUE(matcher_.Round().ok());
  }
  ~DigestTest() override { EXPECT_EQ(matcher_.Rows(), matcher_.Replayed()); }

  void GoTo(absl::CivilDay day, absl::Duration time) {
    matcher_.clock().Advance(base::StartOfChinaDay(day) + time -
                             matcher_.clock().Now());
    matcher_.writer().FireDueTimers();
  }
  // The coordinators' digests: a review nobody does goes up the line.
  std::vector<store::v1::NoticeRecord> Inbox() {
    std::vector<store::v1::NoticeRecord> digests;
    for (const char* coordinators : {kCounty, kCity, kProvince}) {
      for (auto& record :
           NoticesAfter(matcher_.store(), coordinators, 0, false, 1000)) {
        if (record.notice().kind() == "DIGEST") digests.push_back(record);
      }
    }
    return digests;
  }

  TestMatcher matcher_;
};

// The proposal is of Tuesday, 1 December 2026, 09:00.
TEST_F(DigestTest, OnTheNextWorkingDayTheCoordinatorsHearWhatWaits) {
  GoTo(absl::CivilDay(2026, 12, 2), absl::Hours(9) - absl::Seconds(1));
  EXPECT_THAT(Inbox(), IsEmpty());
  GoTo(absl::CivilDay(2026, 12, 2), absl::Hours(9));
  ASSERT_THAT(Inbox(), SizeIs(1));
  const event::v1::Notice notice = Inbox().front().notice();
  EXPECT_EQ(notice.kind(), "DIGEST");
  EXPECT_EQ(notice.zh().title(), "今日待办：1 件");
  EXPECT_THAT(notice.zh().body(),
              HasSubstr(matcher_.LiveOf("demands/D1").pairing().name()));
}

TEST_F(DigestTest, ItComesEachWorkingDayWhileSomethingWaits) {
  for (int day = 2; day <= 7; ++day) {
    GoTo(absl::CivilDay(2026, 12, day), absl::Hours(9));
  }
  EXPECT_THAT(Inbox(), SizeIs(4)) << "not on Saturday and Sunday";
}

TEST_F(DigestTest, NothingIsToldWhenNothingWaits) {
  ASSERT_TRUE(matcher_
                  .Do([&](Transaction& txn) {
                    return RejectPairing(
                        txn, {matcher_.LiveOf("demands/D1").pairing().name(),
                              "", "DUPLICATE", ""});
                  })
                  .ok());
  GoTo(absl::CivilDay(2026, 12, 2), absl::Hours(9));
  EXPECT_THAT(Inbox(), IsEmpty());
  EXPECT_TRUE(matcher_.Round().ok());
  GoTo(absl::CivilDay(2026, 12, 3), absl::Hours(9));
  EXPECT_THAT(Inbox(), SizeIs(1)) << "it begins again";
}

TEST_F(DigestTest, AStaleTimerChangesNothing) {
  ASSERT_TRUE(
      matcher_.Run([](Transaction& txn) { return OnDigest("0", txn); }).ok());
  EXPECT_THAT(Inbox(), IsEmpty());
}

}  // namespace
}  // namespace jiedui::matcher
