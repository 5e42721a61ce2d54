// What happens to a volunteer besides being changed. On error nothing has been
// recorded. Common errors: kNotFound, kEtagMismatch, a violation of note (at
// most 500 characters).
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "common/runtime/transaction.h"
#include "jiedui/volunteer/store/v1/volunteer_store.pb.h"
#include "services/volunteer/domain/life.h"

namespace jiedui::volunteer {

// Whom a command is about.
struct VolunteerRef {
  std::string_view name;
  std::string_view etag;  // empty: any version
};

// Takes a step of life. Errors: kWrongState, kReasonRequired.
absl::StatusOr<store::v1::VolunteerRecord> Step(runtime::Transaction& txn,
                                                Verb verb, VolunteerRef who,
                                                std::string_view note);

// The same for a record in hand. REQUIRES: it is the present one.
absl::Status Step(runtime::Transaction& txn, Verb verb, std::string_view note,
                  store::v1::VolunteerRecord& record);

// `day` is the first, or the last, of the membership; empty: today (China).
// Errors: a violation of the date; kReferenceMissing for an unknown team;
// those of Join and Leave (domain/memberships.h).
absl::StatusOr<store::v1::VolunteerRecord> JoinTeam(runtime::Transaction& txn,
                                                    VolunteerRef who,
                                                    std::string_view team,
                                                    std::string_view day,
                                                    std::string_view note);
absl::StatusOr<store::v1::VolunteerRecord> LeaveTeam(runtime::Transaction& txn,
                                                     VolunteerRef who,
                                                     std::string_view team,
                                                     std::string_view day,
                                                     std::string_view note);

}  // namespace jiedui::volunteer
