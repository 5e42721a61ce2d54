// A service's journal as the other services see it.
#pragma once

#include <vector>

#include "common/runtime/machine.h"
#include "jiedui/event/v1/event.pb.h"
#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::runtime {

// The events of one commit as others see them; never empty: a commit without
// facts for others is one event without payload, so that cursors move.
std::vector<event::v1::Event> EventsOf(const runtime::Machine& machine,
                                       const journal::v1::Record& record);

}  // namespace jiedui::runtime
