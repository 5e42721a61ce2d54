// One reminder of what waits for a person: of an offer that is not answered, at
// half of its time; of a check-in without a check-out, after kRemindToCheckOut.
#pragma once

#include <string_view>

#include "absl/time/time.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

inline constexpr std::string_view kReminderTimer = "reminder";
inline constexpr absl::Duration kRemindToCheckOut = absl::Hours(12);

// Sets the timer reminder/<offer or record> for one that waits, clears it for
// one that does not any longer. Any other fact is none of its business.
void KeepReminder(const journal::v1::Fact& fact, Transaction& txn);

// The timer is due. One that has been answered is not reminded of, nor one that
// has been reminded of before its time was extended.
absl::Status OnReminder(std::string_view name, Transaction& txn);

}  // namespace jiedui::matcher
