// The industry of a pairing as an outcome: its baseline and later readings,
// each a row that says whether it is asked for, there, or overdue.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/store/overlay.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/domain/industry_reading.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {

inline constexpr std::string_view kReadingTimer = "reading";

// Brings the readings in line with a pairing that has just moved: the baseline
// is asked for on approval and overdue once the service begins; with a
// baseline, completion plans the later readings; an end without service
// cancels.
absl::Status FollowWithReadings(Transaction& txn, const Pairing& pairing);

// `ask` names the pairing; its etag is the reading's. Errors: kWrongState once
// the service has begun; kNotFound when the pairing drives no industry; those
// of CheckBaseline.
absl::StatusOr<store::v1::ReadingRecord> SetIndustryBaseline(
    Transaction& txn, const Ask& ask, const Figure& figure);

// ASKED or OVERDUE → DONE. Indicator and unit are the baseline's. Errors: those
// of CheckReading; a violation of name for a baseline.
absl::StatusOr<store::v1::ReadingRecord> RecordReading(Transaction& txn,
                                                       const Ask& ask,
                                                       const Figure& figure);

// What coordinators' lists hold of it: a reading that is overdue and may still
// come.
void IndexReading(const std::optional<store::v1::ReadingRecord>& before,
                  const store::v1::ReadingRecord& after,
                  jiedui::store::Overlay& state);

// The timer `reading/<name>/<version>`: it is time to ask, or too late.
absl::Status OnReadingTimer(std::string_view rest, Transaction& txn);

}  // namespace jiedui::matcher
