// Invitations, and what their answers do to the pairing.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/engine/policy.h"

namespace jiedui::matcher {

// PENDING → ACCEPTED: the addressee has the seats it was about; others who were
// asked for them give way. An alternate replaces whom the round chose, with
// points under `policy`. Of the one it stands on: the pairing is ACCEPTED.
// Errors: kSeatTaken when somebody else was first.
absl::StatusOr<store::v1::OfferRecord> AcceptOffer(Transaction& txn,
                                                   const engine::Policy& policy,
                                                   const Ask& ask);

// PENDING → DECLINED, remembered for later rounds; the next in line is asked.
// When nobody is left for the one it stands on, the pairing is DECLINED; for
// another, the part is a gap.
absl::StatusOr<store::v1::OfferRecord> DeclineOffer(Transaction& txn,
                                                    const Ask& ask);

// PENDING or ACCEPTED → WITHDRAWN by a coordinator; as DeclineOffer, but when
// the one it stands on had accepted, the pairing is DECLINED at once. Errors:
// kWrongState when the pairing is over.
absl::StatusOr<store::v1::OfferRecord> RecallOffer(Transaction& txn,
                                                   const Ask& ask);

// offer/<name>/<version that waits for an answer>.
inline constexpr std::string_view kOfferTimer = "offer";
std::string OfferTimer(const store::v1::OfferRecord& record);

// PENDING → EXPIRED, as DeclineOffer; but time in which the matcher was away is
// given back first. When the offer has another version than the timer, nothing.
absl::Status OnOfferTimer(std::string_view rest, Transaction& txn);

// Withdraws all offers of a pairing's present attempt that are pending or
// accepted. `unanswered`: only those pending.
absl::Status WithdrawOffers(Transaction& txn,
                            const store::v1::PairingRecord& pairing,
                            std::string_view reason_code,
                            bool unanswered = false);

}  // namespace jiedui::matcher
