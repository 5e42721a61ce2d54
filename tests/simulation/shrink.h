// Makes a failing run short: delta debugging over its steps.
#pragma once

#include <functional>
#include <vector>

#include "tests/simulation/action.h"

namespace jiedui::simulation {

// Leaves out steps, in ever smaller pieces, as long as `fails` says that what
// remains still fails, until no single step can be left out. REQUIRES:
// fails(actions), and the same actions always give the same answer.
std::vector<Action> Shrink(
    std::vector<Action> actions,
    const std::function<bool(const std::vector<Action>&)>& fails);

}  // namespace jiedui::simulation
