// Service records that are entered by hand: late ones, and those that correct
// others.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/domain/stay.h"

namespace jiedui::matcher {

// A record of that person's service in that pairing, from `start`; without
// kind, end and state. For the commands that make one.
store::v1::ServiceRecordRecord NewRecord(
    Transaction& txn, const store::v1::PairingRecord& pairing,
    const std::string& volunteer, absl::Time start);

// Errors: kNotInPairing for whoever takes no part in the pairing at that time.
absl::Status RequirePart(const Reader& state, const std::string& volunteer,
                         const store::v1::PairingRecord& pairing,
                         absl::Time at);

struct LateEntry {
  std::string volunteer;  // empty: whom the pairing stands on
  Stay stay;
  std::vector<std::string> evidence;
};

// A PENDING record. `ask` names the pairing and its etag. Errors:
// kNotInPairing, kRecordOverlaps, those of CheckLateEntry.
absl::StatusOr<store::v1::ServiceRecordRecord> AddLateRecord(
    Transaction& txn, const Ask& ask, const LateEntry& entry);

// PENDING → CLOSED; a pairing that was ACCEPTED is ACTIVE from then on, as by a
// check-in. Errors: kSameActor for the one who entered it.
absl::StatusOr<store::v1::ServiceRecordRecord> ApproveRecord(Transaction& txn,
                                                             const Ask& ask);

// PENDING → REJECTED. Errors: kSameActor; kReasonRequired without a note.
absl::StatusOr<store::v1::ServiceRecordRecord> RejectRecord(Transaction& txn,
                                                            const Ask& ask);

// CLOSED → SUPERSEDED by a new record with the corrected times, which it
// returns. Errors: kReasonRequired without a note, kRecordOverlaps, those of
// CheckStay.
absl::StatusOr<store::v1::ServiceRecordRecord> SupersedeRecord(
    Transaction& txn, const Ask& ask, const Stay& corrected);

// Errors: kSameActor when `entered_by` asks now.
absl::Status RequireAnother(const Transaction& txn, const std::string& resource,
                            const std::string& entered_by);

// Errors: kReasonRequired without a note.
absl::Status RequireNote(const Ask& ask, const Verb& verb);

}  // namespace jiedui::matcher
