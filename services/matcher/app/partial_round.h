// Partial rounds: what has fallen or gone up the line is looked at again by
// itself, between the coordinators' own rounds. Solving needs a snapshot only
// and may take its time; what has moved on when it is committed is left alone
// and looked at again.
#pragma once

#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/matcher/app/round.h"

namespace jiedui::matcher {

// A plan for all demands that wait for a partial round; nothing: none does.
// Errors: those of SolveRound.
absl::StatusOr<std::optional<RoundPlan>> SolveDirty(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const RoundProgress& progress);

// For every demand of the plan's scope: its proposal becomes the draft, unless
// the same people are proposed already; one without hops at once. Demands whose
// dispatch is not the one solved for, or that changed, are left as they are.
absl::Status CommitPartialRound(runtime::Transaction& txn,
                                const RoundPlan& plan);

}  // namespace jiedui::matcher
