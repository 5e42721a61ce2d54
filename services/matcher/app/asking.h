// Who is asked for the seats of an approved pairing, and when the next one is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// volunteers/{volunteer} who answers for a resource: the person, or the team's
// leader. Empty: a team without one.
std::string AddresseeOf(const Reader& state, std::string_view resource);

// Offers of the pairing's present attempt, oldest first.
std::vector<store::v1::OfferRecord> OffersOfAttempt(
    const Reader& state, const store::v1::PairingRecord& pairing);

// Sends the first offers of an approved pairing, and reserves whom they are
// for; a person with several roles gets one offer for all of them. A team
// without leader comes along unasked. Errors: kCapacityFull, kInvitationBudget;
// kNotEligible (NOT_SERVING), or (NOBODY_TO_INVITE) when the one it stands on
// cannot be asked.
absl::Status AskTheChosen(Transaction& txn, store::v1::PairingRecord& pairing);

// Asks the next in line for every seat that waits for nobody's answer, and, of
// an urgent demand, up to three at a time for the seat it stands on. Passes
// over those who do not serve, are booked up, excluded, or have been asked too
// often. A seat for which nobody is left is a GAP from then on, and empty, as
// is one whose present choice is no longer asked. Changes the seats in
// `pairing`; the caller saves it.
absl::Status AskTheNext(Transaction& txn, store::v1::PairingRecord& pairing);

}  // namespace jiedui::matcher
