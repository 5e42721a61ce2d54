#include "services/matcher/domain/stay.h"

#include <gtest/gtest.h>

#include "common/base/clock.h"

namespace jiedui::matcher {
namespace {

const absl::Time kNow =
    base::StartOfChinaDay(absl::CivilDay(2026, 12, 1)) + absl::Hours(18);

Stay Hours(double from, double to, int32_t travel = 0) {
  return {kNow - absl::Hours(from), kNow - absl::Hours(to), travel};
}

// The fields that are wrong, joined.
std::string Wrong(const Stay& stay) {
  base::Violations violations;
  CheckStay(stay, kNow, violations);
  std::string fields;
  for (const auto& violation : violations.list()) fields += violation.field;
  return fields;
}

std::string WrongLate(const Stay& stay, std::vector<std::string> evidence) {
  base::Violations violations;
  CheckLateEntry(stay, evidence, kNow, violations);
  std::string fields;
  for (const auto& violation : violations.list()) fields += violation.field;
  return fields;
}

TEST(StayTest, TravelDoesNotCount) {
  EXPECT_EQ(MinutesServed(Hours(3, 1)), 120);
  EXPECT_EQ(MinutesServed(Hours(3, 1, 45)), 75);
  EXPECT_EQ(MinutesServed(Hours(3, 1, 500)), 0);
  EXPECT_EQ(MinutesServed(Hours(1, 3)), 0);
}

TEST(StayTest, HasBothTimesInOrderAndIsOver) {
  EXPECT_EQ(Wrong(Hours(3, 0)), "");
  EXPECT_EQ(Wrong({}), "start_timeend_time");
  EXPECT_EQ(Wrong({kNow, absl::UnixEpoch()}), "end_time");
  EXPECT_EQ(Wrong(Hours(1, 3)), "end_time");
  EXPECT_EQ(Wrong(Hours(1, 1)), "end_time");
  EXPECT_EQ(Wrong(Hours(1, -1)), "end_time");
}

TEST(StayTest, LastsADayAtMostAndIsNotAllTravel) {
  EXPECT_EQ(Wrong(Hours(24, 0)), "");
  EXPECT_EQ(Wrong(Hours(25, 0)), "end_time");
  EXPECT_EQ(Wrong(Hours(2, 1, 59)), "");
  EXPECT_EQ(Wrong(Hours(2, 1, 60)), "travel_minutes");
  EXPECT_EQ(Wrong(Hours(2, 1, -1)), "travel_minutes");
  EXPECT_EQ(Wrong({absl::InfinitePast(), absl::InfiniteFuture()}), "end_time");
}

TEST(StayTest, ALateEntryIsOfTheLastThirtyDaysAndHasEvidence) {
  EXPECT_EQ(WrongLate(Hours(30 * 24 + 2, 30 * 24), {"签到表.jpg"}), "");
  EXPECT_EQ(WrongLate(Hours(30 * 24 + 2, 30 * 24 + 1), {"签到表.jpg"}),
            "end_time");
  EXPECT_EQ(WrongLate(Hours(3, 1), {}), "evidence");
  EXPECT_EQ(WrongLate(Hours(3, 1), {""}), "evidence");
  EXPECT_EQ(WrongLate(Hours(3, 1), std::vector<std::string>(11, "a")),
            "evidence");
}

}  // namespace
}  // namespace jiedui::matcher
