#include "services/volunteer/domain/life.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "common/base/error.h"

namespace jiedui::volunteer {
namespace {

using base::HasReason;
using base::Reason;

constexpr std::string_view kStates[] = {state::kApplied, state::kVerified,
                                        state::kActive, state::kPaused,
                                        state::kExited};

TEST(LifeTest, TransitionsStandInTheOrderOfTheVerbs) {
  for (const Transition& transition : Transitions()) {
    EXPECT_EQ(&TransitionOf(transition.verb), &transition) << transition.name;
  }
}

TEST(LifeTest, EveryVerbStartsFromItsStatesAndNoOthers) {
  const auto allowed = [](Verb verb) {
    std::string from;
    for (const std::string_view state : kStates) {
      if (Check(verb, "volunteers/V1", state, "because").ok()) {
        from.append(state).append(" ");
      }
    }
    return from + "→ " + std::string(TransitionOf(verb).to);
  };
  EXPECT_EQ(allowed(Verb::kVerify), "APPLIED → VERIFIED");
  EXPECT_EQ(allowed(Verb::kActivate), "VERIFIED PAUSED → ACTIVE");
  EXPECT_EQ(allowed(Verb::kPause), "ACTIVE → PAUSED");
  EXPECT_EQ(allowed(Verb::kExit), "APPLIED VERIFIED ACTIVE PAUSED → EXITED");
  EXPECT_EQ(allowed(Verb::kReinstate), "EXITED → APPLIED");
}

TEST(LifeTest, PausingLeavingAndComingBackNeedAReason) {
  EXPECT_TRUE(HasReason(Check(Verb::kPause, "v", state::kActive, ""),
                        Reason::kReasonRequired));
  EXPECT_TRUE(HasReason(Check(Verb::kExit, "v", state::kActive, ""),
                        Reason::kReasonRequired));
  EXPECT_TRUE(HasReason(Check(Verb::kReinstate, "v", state::kExited, ""),
                        Reason::kReasonRequired));
  EXPECT_TRUE(Check(Verb::kVerify, "v", state::kApplied, "").ok());
}

TEST(LifeTest, AWrongStateNamesTheStatesThatWouldDo) {
  const absl::Status status =
      Check(Verb::kActivate, "volunteers/V1", state::kExited, "");
  ASSERT_TRUE(HasReason(status, Reason::kWrongState));
  EXPECT_EQ(base::Message(status, base::Language::kEnglish),
            "volunteers/V1 is EXITED and cannot activate: it must be "
            "VERIFIED, PAUSED");
}

}  // namespace
}  // namespace jiedui::volunteer
