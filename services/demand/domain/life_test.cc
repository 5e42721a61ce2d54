#include "services/demand/domain/life.h"

#include <gtest/gtest.h>

#include <set>

#include "common/base/error.h"
#include "jiedui/demand/v1/demand.pb.h"

namespace jiedui::demand {
namespace {

TEST(LifeTest, TransitionsStandInTheOrderOfTheVerbs) {
  for (size_t i = 0; i < Transitions().size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(Transitions()[i].verb), i);
  }
}

// Every state of the API is reached or started from, and no others are named.
TEST(LifeTest, StatesAreThoseOfTheApi) {
  std::set<std::string> named;
  for (const Transition& transition : Transitions()) {
    for (std::string_view from : transition.from) named.emplace(from);
    if (!transition.to.empty()) named.emplace(transition.to);
  }
  std::set<std::string> api;
  const auto* states = v1::Demand::State_descriptor();
  for (int i = 1; i < states->value_count(); ++i) {
    api.insert(states->value(i)->name().substr(sizeof("STATE_") - 1));
  }
  EXPECT_EQ(named, api);
}

TEST(LifeTest, AWrongStateIsToldWithThoseThatWouldDo) {
  const absl::Status status =
      Check(Verb::kVerify, "demands/D1", state::kDraft, "");
  ASSERT_TRUE(base::HasReason(status, base::Reason::kWrongState));
  EXPECT_EQ(base::Message(status, base::Language::kEnglish),
            "demands/D1 is DRAFT and cannot verify: it must be SUBMITTED");
}

TEST(LifeTest, SomeVerbsNeedAReason) {
  EXPECT_TRUE(
      base::HasReason(Check(Verb::kReject, "demands/D1", state::kSubmitted, ""),
                      base::Reason::kReasonRequired));
  EXPECT_TRUE(
      Check(Verb::kReject, "demands/D1", state::kSubmitted, "重复").ok());
}

// From every state that is not an end, some verb leads on: nothing is stuck.
TEST(LifeTest, NoStateIsADeadEnd) {
  std::set<std::string_view> left;
  for (const Transition& transition : Transitions()) {
    for (std::string_view from : transition.from) left.insert(from);
  }
  for (const Transition& transition : Transitions()) {
    EXPECT_TRUE(transition.to.empty() || left.count(transition.to));
  }
}

}  // namespace
}  // namespace jiedui::demand
