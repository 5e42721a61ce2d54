// One step of a simulation, as plain numbers: what it means depends on what is
// there when its turn comes, so that any of them can be left out and the others
// still mean something.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jiedui::simulation {

struct Action {
  enum class Kind : uint8_t {
#define JIEDUI_ACTION(name, weight) k##name,
#include "tests/simulation/actions.def"
#undef JIEDUI_ACTION
  };

  Kind kind;
  uint32_t pick;  // which of those there are
  uint32_t how;   // all else
};

std::string_view NameOf(Action::Kind kind);

// Whether it is a request of somebody's; else it happens to them.
inline bool IsOfPeople(Action::Kind kind) {
  return kind <= Action::Kind::kMarkRead;
}

// What to do when an action has no object; the same for the same action.
Action Another(const Action& action);

// The same seed gives the same steps, on any machine.
std::vector<Action> Generate(uint64_t seed, size_t steps);

}  // namespace jiedui::simulation
