// The service itself: stays, completion, evaluation.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// `ask` names the pairing and its etag. `volunteer` empty: whom the pairing
// stands on, or the leader of that team. The pairing is ACTIVE from then on.
// Errors: kNotInPairing, kCheckedInAlready.
absl::StatusOr<store::v1::ServiceRecordRecord> CheckIn(Transaction& txn,
                                                       const Ask& ask,
                                                       std::string volunteer);

// OPEN → CLOSED, in whatever state the pairing is by then. `travel_minutes` of
// the stay do not count. Errors: a violation of travel_minutes.
absl::StatusOr<store::v1::ServiceRecordRecord> CheckOut(
    Transaction& txn, const Ask& ask, int32_t travel_minutes = 0);

// OPEN, PENDING or CLOSED → VOIDED. Errors: kReasonRequired without a note.
absl::StatusOr<store::v1::ServiceRecordRecord> VoidServiceRecord(
    Transaction& txn, const Ask& ask);

// ACTIVE → COMPLETED; offers without answer are withdrawn. The report of the
// outcome is made here. Errors: kCheckedInAlready while somebody is checked in;
// a violation of outcome.reached.
absl::StatusOr<store::v1::PairingRecord> CompletePairing(
    Transaction& txn, const Ask& ask, const event::v1::Outcome& outcome);

// Sets one side's evaluation; with the second side's → EVALUATED. Errors:
// violations of evaluation.side and evaluation.stars.
absl::StatusOr<store::v1::PairingRecord> EvaluatePairing(
    Transaction& txn, const Ask& ask, const event::v1::Evaluation& evaluation);

}  // namespace jiedui::matcher
