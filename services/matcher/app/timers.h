// What the matcher's timers do. A timer's id is its kind, a slash, and whatever
// the kind needs: "offer/offers/O00000012/3".
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "common/runtime/transaction.h"

namespace jiedui::matcher {

// See Machine::OnTimer. A timer of a kind that is not known any more does
// nothing.
absl::Status FireTimer(std::string_view id, runtime::Transaction& txn);

}  // namespace jiedui::matcher
