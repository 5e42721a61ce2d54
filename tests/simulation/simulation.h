// All services in one thread on a virtual clock, under users and faults.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/action.h"
#include "tests/simulation/verdict.h"

namespace jiedui::simulation {

struct Outcome {
  std::optional<Violation> violation;
  size_t steps = 0;  // taken, with the one that broke it
  // Facts by kind and verb.
  std::map<std::string, int64_t> verbs;
};

// Takes the steps one by one, checking after each, until one breaks a promise;
// then lets faults stop and timers run out, and checks what must hold then. The
// same seed and actions give the same outcome. `trace`, unless null, is told
// every step in words.
Outcome Simulate(uint64_t seed, const std::vector<Action>& actions,
                 std::ostream* trace);

}  // namespace jiedui::simulation
