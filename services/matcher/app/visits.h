// The calendar of people: planned engagements, with the way there and back. No
// two of one person overlap.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/store/overlay.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

struct VisitPlan {
  std::vector<std::string> volunteers;  // empty: the one it stands on
  absl::Time start;
  absl::Time end;
  absl::Duration travel_before;
  absl::Duration travel_after;
};

// `ask` names the pairing, ACCEPTED or ACTIVE. Errors: violations of the times;
// kNotInPairing; kVisitOverlap naming the visit that is in the way.
absl::StatusOr<store::v1::VisitRecord> PlanVisit(Transaction& txn,
                                                 const Ask& ask,
                                                 VisitPlan plan);

absl::StatusOr<store::v1::VisitRecord> CancelVisit(Transaction& txn,
                                                   const Ask& ask);

// A pairing has ended, or somebody has left it: what it had planned from now
// on, for them, is dropped.
absl::Status FollowVisits(const journal::v1::Fact& fact, Transaction& txn);

void IndexVisit(const std::optional<store::v1::VisitRecord>& before,
                const store::v1::VisitRecord& after,
                jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
