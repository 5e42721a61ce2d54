// Times in which the matcher was away: a crash, an upgrade, a power cut, or a
// clock set forward while it was down. Who was given time to answer gets back
// what fell into them, so that nothing ends early for want of a service to
// answer to.
//
// While it serves, a timer gives a sign of life every few minutes; one that
// comes late says how long nothing came.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/runtime/transaction.h"

namespace jiedui::matcher {

inline constexpr absl::Duration kSignOfLifeEvery = absl::Minutes(5);
inline constexpr absl::Duration kShortestAway = absl::Minutes(1);
inline constexpr absl::Duration kOutageFrom = absl::Minutes(10);

inline constexpr std::string_view kAliveTimer = "alive";

// The first command of a matcher that starts: begins to give signs of life, and
// takes the time since its last commit for an outage, so that what the clock
// did meanwhile is at nobody's cost.
void BeginSignsOfLife(runtime::Transaction& txn);

// The timer `alive/<when it is due, in seconds since 1970>`.
absl::Status OnAlive(std::string_view due, runtime::Transaction& txn);

// How much of the time between the two was lost. O(log n) for times after the
// last outage.
absl::Duration LostBetween(const jiedui::store::Reader& state, absl::Time from,
                           absl::Time to);

// Whether the fact was an outage.
bool ApplyOutage(const journal::v1::Fact& fact, jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
