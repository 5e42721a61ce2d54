// I9: when faults stop and nobody does anything any more, time brings
// everything to an end that has a name.
#pragma once

#include "tests/simulation/chores.h"
#include "tests/simulation/world.h"

namespace jiedui::simulation {

// REQUIRES: all services are up.
void RunOut(World& world, Chores& chores);

}  // namespace jiedui::simulation
