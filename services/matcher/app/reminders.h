// One reminder of an offer that is not answered, at half of its time.
#pragma once

#include <string_view>

#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

inline constexpr std::string_view kReminderTimer = "reminder";

// Sets the timer reminder/<offer> for an offer that waits for an answer, clears
// it for one that does not any longer. Any other fact is none of its business.
void KeepReminder(const journal::v1::Fact& fact, Transaction& txn);

// The timer is due. One that has been answered is not reminded of, nor one that
// has been reminded of before its time was extended.
absl::Status OnReminder(std::string_view offer, Transaction& txn);

}  // namespace jiedui::matcher
