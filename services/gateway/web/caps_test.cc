#include "services/gateway/web/caps.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace jiedui::gateway {
namespace {

TEST(CounterTest, TakesSoManyOfOneKeyAndInAll) {
  Counter counter(3, 2);
  auto first = counter.Take("a");
  auto second = counter.Take("a");
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(counter.Take("a"));
  auto other = counter.Take("b");
  EXPECT_TRUE(other);
  EXPECT_FALSE(counter.Take("c"));
  first.reset();
  EXPECT_EQ(counter.count(), 2);
  EXPECT_TRUE(counter.Take("c"));
}

TEST(BudgetTest, OneCallerHasAnEighthAndGivesItBack) {
  Budget budget(800);
  Budget::Share mine(&budget, "a");
  EXPECT_TRUE(mine.Grow(60));
  Budget::Share also_mine(&budget, "a");
  EXPECT_FALSE(also_mine.Grow(41));
  EXPECT_TRUE(also_mine.Grow(40));
  Budget::Share others(&budget, "b");
  EXPECT_TRUE(others.Grow(100));
  mine.Release();
  EXPECT_TRUE(also_mine.Grow(60));
  EXPECT_FALSE(also_mine.Grow(1));
}

TEST(BudgetTest, AllTogetherHaveNoMoreThanThereIs) {
  Budget budget(800);
  std::vector<std::unique_ptr<Budget::Share>> shares;
  for (char key = 'a'; key < 'i'; ++key) {
    shares.push_back(
        std::make_unique<Budget::Share>(&budget, std::string(1, key)));
    EXPECT_TRUE(shares.back()->Grow(100));
  }
  Budget::Share late(&budget, "z");
  EXPECT_FALSE(late.Grow(1));
  shares.pop_back();
  EXPECT_TRUE(late.Grow(100));
}

TEST(AddressKeyTest, AnIpv6NetworkIsOneCallerAndMappedIpv4IsIpv4) {
  EXPECT_EQ(AddressKey("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(AddressKey("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(AddressKey("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(AddressKey("2001:db8:1:2::1"), AddressKey("2001:db8:1:2::2"));
}

}  // namespace
}  // namespace jiedui::gateway
