// A row of a sheet, and how it gets into the registry.
//
// A sheet is the whole truth about what it has columns for: a row read again
// with the same content changes nothing, other content replaces what is
// stored. What it has no columns for stays: states, times, what is retired, the
// evidence of skills. Of memberships it tells only the team: it adds teams the
// volunteer has never been in, and leaves the dates of all others alone, also
// of those left behind, for a sheet cannot say when that was.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/status_macros.h"
#include "common/runtime/transaction.h"
#include "services/volunteer/app/kinds.h"
#include "services/volunteer/app/registry.h"
#include "services/volunteer/app/volunteer_commands.h"

namespace jiedui::volunteer {

// What a row refers to, by external ids (编号).
template <typename Kind>
struct ReferenceIds {};
template <>
struct ReferenceIds<VolunteerKind> {
  std::vector<std::string> teams;
};
template <>
struct ReferenceIds<TeamKind> {
  std::string parent;
  std::string leader;
};
template <>
struct ReferenceIds<ProjectKind> {
  std::string owner;
};

template <typename Kind>
struct SheetRow {
  // What the columns say, without references.
  typename Kind::Record record;
  ReferenceIds<Kind> refers_to;

  const std::string& external_id() const {
    return Kind::fact(record).external_id();
  }
};

// Takes over from `before` what a sheet cannot say.
void KeepUnsaid(const store::v1::VolunteerRecord& before,
                store::v1::VolunteerRecord& record);
void KeepUnsaid(const store::v1::TeamRecord& before,
                store::v1::TeamRecord& record);
void KeepUnsaid(const store::v1::ProjectRecord& before,
                store::v1::ProjectRecord& record);
void KeepUnsaid(const store::v1::EnterpriseRecord& before,
                store::v1::EnterpriseRecord& record);
void KeepUnsaid(const store::v1::StationRecord& before,
                store::v1::StationRecord& record);
void KeepUnsaid(const store::v1::SpecialtyRecord& before,
                store::v1::SpecialtyRecord& record);

// Puts names in the place of external ids. A new membership begins with the
// first day on which the volunteer can serve, else `today`; a new team is led
// by its parent since it was founded. A leader not known yet stays pending.
// Errors: kReferenceMissing, with the sheet's column as the field;
// kTooManyTeams.
absl::Status Resolve(const jiedui::store::Reader& state,
                     const ReferenceIds<VolunteerKind>& ids,
                     std::string_view today,
                     store::v1::VolunteerRecord& record);
absl::Status Resolve(const jiedui::store::Reader& state,
                     const ReferenceIds<TeamKind>& ids, std::string_view today,
                     store::v1::TeamRecord& record);
absl::Status Resolve(const jiedui::store::Reader& state,
                     const ReferenceIds<ProjectKind>& ids,
                     std::string_view today, store::v1::ProjectRecord& record);

// Other kinds refer to nothing.
template <typename Kind>
absl::Status Resolve(const jiedui::store::Reader&, const ReferenceIds<Kind>&,
                     std::string_view, typename Kind::Record&) {
  return absl::OkStatus();
}

enum class ImportOutcome { kCreated, kUpdated, kUnchanged };

// The importer vouches for a volunteer who is not verified or activated yet.
absl::Status Vouch(runtime::Transaction& txn,
                   store::v1::VolunteerRecord& record);

// Brings one row in. With `verify` a volunteer who is APPLIED or VERIFIED is
// verified and activated at once. REQUIRES: Validate finds nothing wrong with
// row.record, which has an external id. Errors: those of Resolve; kCycle.
template <typename Kind>
absl::StatusOr<ImportOutcome> ImportRow(runtime::Transaction& txn,
                                        const SheetRow<Kind>& row,
                                        bool verify) {
  using Rows = runtime::Collection<Kind>;
  using Record = typename Kind::Record;
  const std::string name = Rows::FindExternal(txn, row.external_id());
  std::optional<Record> before;
  if (!name.empty()) before = Rows::Find(txn, name);
  const std::string today = Today(txn.now());
  Record record = row.record;
  Complete(record);
  if (before) KeepUnsaid(*before, record);
  RETURN_IF_ERROR(Resolve(txn, row.refers_to, today, record));
  DateParent(before ? &*before : nullptr, today, record);
  ImportOutcome outcome = ImportOutcome::kUnchanged;
  if (!before || record.SerializeAsString() != before->SerializeAsString()) {
    RETURN_IF_ERROR(CheckReferences(txn, record));
    if (before) {
      AddChanged<Kind>(txn, record);
      outcome = ImportOutcome::kUpdated;
    } else {
      AddNew<Kind>(txn, record);
      outcome = ImportOutcome::kCreated;
    }
  }
  if constexpr (std::is_same_v<Kind, VolunteerKind>) {
    const uint64_t version = record.version();
    if (verify) RETURN_IF_ERROR(Vouch(txn, record));
    if (record.version() != version && outcome == ImportOutcome::kUnchanged) {
      outcome = ImportOutcome::kUpdated;
    }
  }
  return outcome;
}

}  // namespace jiedui::volunteer
