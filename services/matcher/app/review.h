// What coordinators decide about proposals.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// PROPOSED or OVERRIDDEN → APPROVED → OFFERED: books everybody and invites
// them. Errors: kCapacityFull, kInvitationBudget, kNotEligible (NOT_SERVING)
// when somebody is no longer there or not active.
absl::StatusOr<store::v1::PairingRecord> ApprovePairing(Transaction& txn,
                                                        const Ask& ask);

// → REJECTED; whom it stands on is excluded from the demand's later rounds.
absl::StatusOr<store::v1::PairingRecord> RejectPairing(Transaction& txn,
                                                       const Ask& ask);

// Locks `parts`, or all that are filled when it is empty. Errors: a violation
// of parts for one that nobody fills.
absl::StatusOr<store::v1::PairingRecord> LockPairing(
    Transaction& txn, const Ask& ask,
    const std::vector<type::v1::PartKind>& parts);

absl::StatusOr<store::v1::PairingRecord> UnlockPairing(Transaction& txn,
                                                       const Ask& ask);

// → CANCELLED; bookings end, offers are withdrawn.
absl::StatusOr<store::v1::PairingRecord> CancelPairing(Transaction& txn,
                                                       const Ask& ask);

// Takes in an event of a registry followed; one that ends a demand cancels the
// pairing that holds it. See rpc::Follower::React.
absl::Status OnRegistryEvent(const jiedui::event::v1::Event& event,
                             Transaction& txn);

}  // namespace jiedui::matcher
