// One step of a simulation, as plain numbers: what it means depends on what is
// there when its turn comes, so that any of them can be left out and the others
// still mean something.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiedui::simulation {

// X(kind, weight): how often it is done, among all.
#define JIEDUI_SIMULATION_ACTIONS(X) \
  /* who asks */                     \
  X(Post, 12)                        \
  X(Submit, 18)                      \
  X(Verify, 24)                      \
  X(Return, 1)                       \
  X(RejectDemand, 1)                 \
  X(UpdateDemand, 4)                 \
  X(Withdraw, 1)                     \
  X(Suspend, 2)                      \
  X(Resume, 4)                       \
  X(Reopen, 3)                       \
  X(Close, 4)                        \
  /* who helps */                    \
  X(SetCapacity, 4)                  \
  X(Pause, 2)                        \
  X(Activate, 4)                     \
  X(ChangeTeam, 2)                   \
  /* who reviews */                  \
  X(Approve, 30)                     \
  X(Reject, 4)                       \
  X(Override, 4)                     \
  X(Lock, 3)                         \
  X(Unlock, 2)                       \
  X(Cancel, 2)                       \
  /* who goes */                     \
  X(Accept, 40)                      \
  X(Decline, 8)                      \
  X(CheckIn, 16)                     \
  X(CheckOut, 24)                    \
  X(VoidRecord, 1)                   \
  X(Complete, 10)                    \
  X(Evaluate, 12)                    \
  /* the world */                    \
  X(Solve, 10)                       \
  X(CommitRound, 12)                 \
  X(DeliverLate, 10)                 \
  X(Repeat, 10)                      \
  X(Reuse, 1)                        \
  X(Work, 6)                         \
  X(Pump, 40)                        \
  X(Redeliver, 6)                    \
  X(Settle, 20)                      \
  X(Fire, 16)                        \
  X(Advance, 24)                     \
  X(ToNextTimer, 10)                 \
  X(Jump, 2)                         \
  X(Crash, 4)                        \
  X(CrashInWrite, 4)

struct Action {
  enum class Kind : uint8_t {
#define JIEDUI_KIND(name, weight) k##name,
    JIEDUI_SIMULATION_ACTIONS(JIEDUI_KIND)
#undef JIEDUI_KIND
  };

  Kind kind;
  uint32_t pick;  // which of those there are
  uint32_t how;   // all else
};

std::string_view NameOf(Action::Kind kind);

// Whether it is a request of somebody's; else it happens to them.
inline bool IsOfPeople(Action::Kind kind) {
  return kind <= Action::Kind::kEvaluate;
}

// What to do when an action has no object; the same for the same action.
Action Another(const Action& action);

// The same seed gives the same steps, on any machine.
std::vector<Action> Generate(uint64_t seed, size_t steps);

}  // namespace jiedui::simulation
