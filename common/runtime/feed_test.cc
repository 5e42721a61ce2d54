#include "common/runtime/feed.h"

#include <gtest/gtest.h>

namespace jiedui::runtime {
namespace {

TEST(FeedTest, WakesAtOnceWhenThereIsSomethingAlready) {
  Feed feed;
  feed.Publish(3);
  int woken = 0;
  EXPECT_EQ(feed.NotifyPast(2, [&] { ++woken; }), 0u);
  EXPECT_EQ(woken, 1);
}

TEST(FeedTest, WakesOnceAndOnlyThoseBehindTheHead) {
  Feed feed;
  int early = 0;
  int late = 0;
  feed.NotifyPast(0, [&] { ++early; });
  feed.NotifyPast(1, [&] { ++late; });
  feed.Publish(1);
  EXPECT_EQ(early, 1);
  EXPECT_EQ(late, 0);
  feed.Publish(2);
  EXPECT_EQ(early, 1);
  EXPECT_EQ(late, 1);
}

TEST(FeedTest, ACancelledWaiterIsLeftAlone) {
  Feed feed;
  int woken = 0;
  feed.Cancel(feed.NotifyPast(0, [&] { ++woken; }));
  feed.Publish(1);
  EXPECT_EQ(woken, 0);
}

TEST(FeedTest, AClosedFeedKeepsNobodyWaiting) {
  Feed feed;
  int woken = 0;
  feed.NotifyPast(5, [&] { ++woken; });
  EXPECT_FALSE(feed.closed());
  feed.Close();
  EXPECT_EQ(woken, 1);
  EXPECT_TRUE(feed.closed());
  EXPECT_EQ(feed.NotifyPast(5, [&] { ++woken; }), 0u);
  EXPECT_EQ(woken, 2);
}

}  // namespace
}  // namespace jiedui::runtime
