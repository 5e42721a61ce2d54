// What the matcher's events do to demands.
#pragma once

#include "absl/status/status.h"
#include "common/runtime/transaction.h"
#include "jiedui/event/v1/event.pb.h"

namespace jiedui::demand {

// Moves the demand of a pairing on: proposed, dispatched, in service,
// delivered, evaluated; or back to OPEN when the pairing ends without service.
// An event that comes too late for the demand's state changes nothing: the
// matcher learns of that state from our own events and gives way.
absl::Status OnPairingEvent(const jiedui::event::v1::Event& event,
                            runtime::Transaction& txn);

}  // namespace jiedui::demand
