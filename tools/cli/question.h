// Commands that ask about rounds; none of them changes anything.
#pragma once

#include "tools/cli/command.h"

namespace jiedui::cli {

// round replay NAME. Fails with kExitData when the round comes out otherwise.
Command ReplayCommand();
// round what-if …
Command WhatIfCommand();
// round value NAME
Command ValueCommand();
// pairing why-not DEMAND NAME
Command WhyNotCommand();

}  // namespace jiedui::cli
