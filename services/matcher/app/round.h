// Rounds: solved over a snapshot, committed whole or not at all.
#pragma once

#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/runtime/transaction.h"
#include "common/store/store.h"
#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "services/matcher/app/round_basis.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// Told how far it is; false stops it.
using RoundProgress =
    std::function<bool(std::string_view phase, int64_t done, int64_t total)>;

struct RoundPlan {
  event::v1::Round round;  // without create_time, state and actor
  // In the order of their demands; without times.
  google::protobuf::RepeatedPtrField<event::v1::Pairing> proposals;
  absl::btree_map<std::string, DemandBasis> demands;
  // Of a partial round: the versions of all dispatches in its scope.
  absl::btree_map<std::string, uint64_t> fences;
};

// Reads the problem from `snapshot`, solves it and has the plan judged. The
// same state and policy give the same plan, but for the position of the journal
// that `snapshot` stands at. Phases: "snapshot", "expert", "complete", "judge".
// Errors: kCancelled, kPlanFault, kInvalidFields (a lock that cannot hold, data
// the registries should not have let through).
absl::StatusOr<RoundPlan> SolveRound(const jiedui::store::Reader& snapshot,
                                     const engine::Policy& policy,
                                     absl::CivilDay as_of,
                                     const RoundProgress& progress);

// The same for some demands only, between whole rounds: everything that is held
// for others, by bookings or by drafts, counts as used. Demands of the scope
// that no round may decide for are left out. Commit it with CommitPartialRound.
absl::StatusOr<RoundPlan> SolvePartialRound(
    const jiedui::store::Reader& snapshot, const engine::Policy& policy,
    absl::CivilDay as_of, const Scope& scope, const RoundProgress& progress);

// Makes the plan's proposals the present drafts; all others are superseded.
// Drafts that are there already stay as they are, so that repeating a round
// changes nothing. Demands that got none hop (dispatch.h). Errors: kRoundStale
// when a demand, or the draft or pairing
// that held it, is not what the plan stands on; kInternal when the round was
// solved before with another result.
absl::Status CommitRound(runtime::Transaction& txn, const RoundPlan& plan);

// Records that a round ended with `error` and was not committed: CANCELLED
// when it was told to stop, else FAILED, with the reason. Nothing else changes.
// REQUIRES: !error.ok().
void RecordUnfinishedRound(runtime::Transaction& txn,
                           const engine::Policy& policy, absl::CivilDay as_of,
                           const absl::Status& error);

// The fact of a round's commit, and its state from then on.
inline constexpr std::string_view kCommitVerb = "commit";
inline constexpr std::string_view kRoundCommitted = "COMMITTED";

}  // namespace jiedui::matcher
