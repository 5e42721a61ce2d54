// What happens without anybody asking: time passes, timers fire, events travel.
#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "common/runtime/consumer.h"
#include "tests/simulation/world.h"

namespace jiedui::simulation {

// Time passes for all services. `timely`: whatever comes due meanwhile fires
// when it does; else it waits, as behind a busy writer.
void Pass(World& world, absl::Duration by, bool timely);

// As long as it takes until something is due, up to ten days.
void PassToNextTimer(World& world);

// The timer of `node` due first, if it is due.
void FireNext(World& world, Node& node);

// The node takes in up to `commits` from one of the services it follows, chosen
// by `pick`. False: there was nothing.
bool TakeIn(World& world, Node& node, uint32_t pick, int commits);

// A stream begins again a few commits behind.
void TakeInAgain(World& world, Node& node, uint32_t pick, uint64_t back);

// Everything on its way arrives, and what that leads to.
void Settle(World& world);

}  // namespace jiedui::simulation
