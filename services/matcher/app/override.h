// A coordinator knows better: somebody else into one part of a proposal.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// PROPOSED → OVERRIDDEN. Points and synergies are those that the engine gives
// the pairing with `resources` in the part; what was recommended stays among
// its runners-up; the difference is the regret. Errors: violations of part and
// resources; kNotEligible with the conditions that the engine finds failed, or
// NOT_SERVING, or WINDOW when the demand's window is over.
absl::StatusOr<store::v1::PairingRecord> OverridePairing(
    Transaction& txn, const engine::Policy& policy, const Ask& ask,
    type::v1::PartKind part, const std::vector<std::string>& resources);

}  // namespace jiedui::matcher
