// What volunteers say about records of theirs that are wrong.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/store/overlay.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/domain/stay.h"

namespace jiedui::matcher {

// `ask` names the record, which is CLOSED; `text` says what is wrong, `wished`
// may be left unstated. Errors: kCorrectionOpen, violations of text and times.
absl::StatusOr<store::v1::CorrectionRecord> RequestCorrection(
    Transaction& txn, const Ask& ask, const std::string& text,
    const Stay& wished);

// REQUESTED → GRANTED: the record is superseded by one with the times given, or
// those wished when none are. Errors: kSameActor for the one who asked; those
// of SupersedeRecord.
absl::StatusOr<store::v1::CorrectionRecord> GrantCorrection(Transaction& txn,
                                                            const Ask& ask,
                                                            const Stay& given);

// REQUESTED → REFUSED. Errors: kSameActor, kReasonRequired without a note.
absl::StatusOr<store::v1::CorrectionRecord> RefuseCorrection(Transaction& txn,
                                                             const Ask& ask);

// Keeps which record has a correction waiting.
void IndexCorrection(const std::optional<store::v1::CorrectionRecord>& before,
                     const store::v1::CorrectionRecord& after,
                     jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
