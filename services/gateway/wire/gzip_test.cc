#include "services/gateway/wire/gzip.h"

#include <gtest/gtest.h>

#include "common/base/error.h"

namespace jiedui::gateway {
namespace {

using base::HasReason;
using base::Reason;

TEST(GzipTest, ThereAndBack) {
  const std::string text(100'000, 'x');
  const std::optional<std::string> shorter = Gzip(text);
  ASSERT_TRUE(shorter);
  EXPECT_LT(shorter->size(), text.size() / 100);
  EXPECT_EQ(*Gunzip(*shorter, text.size()), text);
}

TEST(GzipTest, WhatDoesNotGetShorterStays) { EXPECT_FALSE(Gzip("abc")); }

TEST(GzipTest, ABombStopsAtTheLimit) {
  const std::string bomb = *Gzip(std::string(10 << 20, '\0'));
  EXPECT_TRUE(
      HasReason(Gunzip(bomb, (10 << 20) - 1).status(), Reason::kTooLarge));
  EXPECT_TRUE(Gunzip(bomb, 10 << 20).ok());
}

TEST(GzipTest, WhatIsNotOneWholeMemberIsRefused) {
  const std::string good = *Gzip(std::string(1000, 'x'));
  for (const std::string& bad :
       {std::string(), std::string("no"), good.substr(0, good.size() - 1),
        good + "x", good + good}) {
    EXPECT_TRUE(HasReason(Gunzip(bad, 5000).status(), Reason::kBadFrames));
  }
}

}  // namespace
}  // namespace jiedui::gateway
