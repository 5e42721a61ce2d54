// The coordinators' queue: every proposal is to be reviewed in time. One that
// is left lying goes to the tier above, and at the province is reminded of on
// every working day.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/store/overlay.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// The proposal waits for its county, or for a higher tier that handles the
// demand by now. Changes `record` and sets its timer; the caller saves it.
void BeginReview(Transaction& txn, store::v1::PairingRecord& record);
void EndReview(Transaction& txn, store::v1::PairingRecord& record);

// review/<pairing>/<review_fence>: nobody has reviewed it. Of a review that is
// not the present one, nothing.
inline constexpr std::string_view kReviewTimer = "review";
absl::Status OnReviewTimer(std::string_view rest, Transaction& txn);

// Pairings in the queue, those due first before the others, until `visit`
// returns false.
void VisitReviews(const Reader& state,
                  absl::FunctionRef<bool(std::string_view pairing)> visit);

void IndexReview(const std::optional<store::v1::PairingRecord>& before,
                 const store::v1::PairingRecord& after,
                 jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
