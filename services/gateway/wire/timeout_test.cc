#include "services/gateway/wire/timeout.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::gateway {
namespace {

TEST(TimeoutTest, AllUnitsAreKnown) {
  EXPECT_EQ(*ParseTimeout("3H"), absl::Hours(3));
  EXPECT_EQ(*ParseTimeout("3M"), absl::Minutes(3));
  EXPECT_EQ(*ParseTimeout("3S"), absl::Seconds(3));
  EXPECT_EQ(*ParseTimeout("3m"), absl::Milliseconds(3));
  EXPECT_EQ(*ParseTimeout("3u"), absl::Microseconds(3));
  EXPECT_EQ(*ParseTimeout("3n"), absl::Nanoseconds(3));
  EXPECT_EQ(*ParseTimeout("0S"), absl::ZeroDuration());
  EXPECT_EQ(*ParseTimeout("99999999H"), 99999999 * absl::Hours(1));
}

TEST(TimeoutTest, AllElseIsRefused) {
  for (const char* text : {"", "S", "1", "1s", "100000000S", "-1S", "+1S",
                           " 1S", "1 S", "1S ", "1.5S", "0x1S", "1SS"}) {
    EXPECT_TRUE(
        base::HasReason(ParseTimeout(text).status(), base::Reason::kBadTimeout))
        << text;
  }
}

}  // namespace
}  // namespace jiedui::gateway
