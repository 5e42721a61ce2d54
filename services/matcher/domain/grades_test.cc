#include "services/matcher/domain/grades.h"

#include <gtest/gtest.h>

namespace jiedui::matcher {
namespace {

TEST(GradesTest, AStarIsReachedWithItsLastMinute) {
  int32_t stars = 0;
  for (const int64_t hours : {100, 300, 600, 1000, 1500}) {
    EXPECT_EQ(GradeOf(hours * 60 - 1), stars) << hours;
    EXPECT_EQ(NextGradeMinutes(hours * 60 - 1), hours * 60);
    EXPECT_EQ(GradeOf(hours * 60), ++stars) << hours;
  }
  EXPECT_EQ(GradeOf(0), 0);
  EXPECT_EQ(NextGradeMinutes(0), 6000);
  EXPECT_EQ(NextGradeMinutes(1500 * 60), 0);
}

}  // namespace
}  // namespace jiedui::matcher
