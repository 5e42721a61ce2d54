#include "tests/simulation/action.h"

#include <iterator>
#include <random>

namespace jiedui::simulation {
namespace {

struct Entry {
  Action::Kind kind;
  uint32_t weight;
  std::string_view name;
};

constexpr Entry kEntries[] = {
#define JIEDUI_ACTION(name, weight) {Action::Kind::k##name, weight, #name},
#include "tests/simulation/actions.def"
#undef JIEDUI_ACTION
};

constexpr uint32_t kTotalWeight = [] {
  uint32_t total = 0;
  for (const Entry& entry : kEntries) total += entry.weight;
  return total;
}();

Action::Kind KindAt(uint64_t number) {
  auto point = static_cast<uint32_t>(number % kTotalWeight);
  for (const Entry& entry : kEntries) {
    if (point < entry.weight) return entry.kind;
    point -= entry.weight;
  }
  return std::rbegin(kEntries)->kind;
}

}  // namespace

std::string_view NameOf(Action::Kind kind) {
  return kEntries[static_cast<size_t>(kind)].name;
}

// One step of SplitMix64 from the action's numbers.
Action Another(const Action& action) {
  uint64_t x = (static_cast<uint64_t>(action.pick) << 32 | action.how) +
               0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  x ^= x >> 31;
  return {KindAt(x), static_cast<uint32_t>(x >> 32), static_cast<uint32_t>(x)};
}

// No distribution of the standard library: each has its own.
std::vector<Action> Generate(uint64_t seed, size_t steps) {
  std::mt19937_64 random(seed);
  std::vector<Action> actions;
  actions.reserve(steps);
  for (size_t i = 0; i < steps; ++i) {
    const uint64_t bits = random();
    actions.push_back({KindAt(random()), static_cast<uint32_t>(bits >> 32),
                       static_cast<uint32_t>(bits)});
  }
  return actions;
}

}  // namespace jiedui::simulation
