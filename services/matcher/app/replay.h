// A past round derived again from the journal, and compared with what was
// committed.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "common/runtime/machine.h"
#include "common/store/store.h"
#include "jiedui/matcher/v1/counterfactual.pb.h"
#include "services/matcher/app/round.h"

namespace jiedui::matcher {

// Rebuilds, in memory, the state that the round was solved over from the
// journal in `state`, solves and judges it as SolveRound does, and compares
// identity, plan_sha256, the round and each proposal with the bytes of the
// commit. A difference is a result, not an error; so is a round made under
// another policy than `policy`, which changed_versions names. Phase "replay"
// with the records taken in, then those of SolveRound. Errors: kNotFound;
// kWrongState for a round that was not committed; kDataDamaged when the journal
// does not hold the state or the commit; those of SolveRound.
absl::StatusOr<v1::ReplayResult> ReplayRound(const jiedui::store::Reader& state,
                                             const runtime::Machine& machine,
                                             const engine::Policy& policy,
                                             std::string_view name,
                                             const RoundProgress& progress);

}  // namespace jiedui::matcher
