// Whether the services agree, once everything on its way has arrived.
#pragma once

#include "tests/simulation/world.h"

namespace jiedui::simulation {

// REQUIRES: Settle(world), and nothing since.
void CheckAgreement(World& world);

}  // namespace jiedui::simulation
