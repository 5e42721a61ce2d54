// What records refer to.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "common/runtime/transaction.h"
#include "common/store/store.h"
#include "services/volunteer/app/kinds.h"

namespace jiedui::volunteer {

// Whether everything that a record refers to exists: teams of memberships, a
// team's leader and parent, a project's owner. Errors: kReferenceMissing with
// the field; kCycle when a team would be among its own superiors.
absl::Status CheckReferences(const jiedui::store::Reader& state,
                             const store::v1::VolunteerRecord& record);
absl::Status CheckReferences(const jiedui::store::Reader& state,
                             const store::v1::TeamRecord& record);
absl::Status CheckReferences(const jiedui::store::Reader& state,
                             const store::v1::ProjectRecord& record);

// Other kinds refer to nothing.
template <typename Record>
absl::Status CheckReferences(const jiedui::store::Reader&, const Record&) {
  return absl::OkStatus();
}

absl::Status ReferenceMissing(std::string_view field,
                              std::string_view resource);

// A volunteer has arrived: teams that waited for them as leader get them.
void ResolvePendingLeader(runtime::Transaction& txn,
                          const event::v1::Volunteer& volunteer);

}  // namespace jiedui::volunteer
