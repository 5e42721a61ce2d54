// Invitations, and what their answers do to the pairing.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// Invites everybody of the pairing: the expert, the team's leader, the talents;
// a person with several roles once, for the first of them. Errors:
// kNotEligible (NOBODY_TO_INVITE) when the one it stands on cannot be asked.
absl::Status SendOffers(Transaction& txn,
                        const store::v1::PairingRecord& pairing);

// PENDING → ACCEPTED; of the one it stands on: the pairing is ACCEPTED.
absl::StatusOr<store::v1::OfferRecord> AcceptOffer(Transaction& txn,
                                                   const Ask& ask);

// PENDING → DECLINED, remembered for later rounds. Of the one it stands on: the
// pairing is DECLINED, all other offers are withdrawn; else the parts of the
// addressee become gaps and are free for others.
absl::StatusOr<store::v1::OfferRecord> DeclineOffer(Transaction& txn,
                                                    const Ask& ask);

// Withdraws all offers of a pairing that are pending or accepted. `unanswered`:
// only those pending.
absl::Status WithdrawOffers(Transaction& txn, std::string_view pairing,
                            std::string_view reason_code,
                            bool unanswered = false);

}  // namespace jiedui::matcher
