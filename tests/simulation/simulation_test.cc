#include "tests/simulation/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/simulation/shrink.h"

namespace jiedui::simulation {
namespace {

TEST(SimulationTest, TheSameSeedGivesTheSameRunWordForWord) {
  const std::vector<Action> actions = Generate(7, 300);
  std::ostringstream first;
  std::ostringstream second;
  Simulate(7, actions, &first);
  Simulate(7, actions, &second);
  EXPECT_EQ(first.str(), second.str());
  EXPECT_GT(first.str().size(), 1000u);
}

TEST(SimulationTest, SeedsDifferInWhatHappens) {
  std::ostringstream first;
  std::ostringstream second;
  Simulate(1, Generate(1, 300), &first);
  Simulate(2, Generate(2, 300), &second);
  EXPECT_NE(first.str(), second.str());
}

TEST(ShrinkTest, OnlyTheStepsThatItTakesRemain) {
  const std::vector<Action> actions = Generate(1, 400);
  const Action needed[] = {actions[3], actions[200], actions[399]};
  auto has = [](const std::vector<Action>& in, const Action& one) {
    return std::any_of(in.begin(), in.end(), [&](const Action& action) {
      return action.pick == one.pick && action.how == one.how;
    });
  };
  const std::vector<Action> shrunk =
      Shrink(actions, [&](const std::vector<Action>& rest) {
        return std::all_of(std::begin(needed), std::end(needed),
                           [&](const Action& one) { return has(rest, one); });
      });
  ASSERT_EQ(shrunk.size(), 3u);
  for (const Action& one : needed) EXPECT_TRUE(has(shrunk, one));
}

}  // namespace
}  // namespace jiedui::simulation
