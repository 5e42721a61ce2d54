// What all six kinds of resources have in common: they are created and changed
// alike. Each function decides on what the transaction sees and records facts
// in it; on error it has recorded nothing.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/runtime/collection.h"
#include "common/runtime/transaction.h"
#include "services/volunteer/app/kinds.h"
#include "services/volunteer/app/references.h"
#include "services/volunteer/domain/complete.h"
#include "services/volunteer/domain/life.h"
#include "services/volunteer/domain/validate.h"

namespace jiedui::volunteer {

// China's civil day, YYYY-MM-DD.
inline std::string Today(absl::Time now) {
  return absl::FormatCivilTime(base::ChinaDay(now));
}

// A new parent leads a team from today on, unless it is said otherwise.
template <typename Record>
void DateParent(const Record*, std::string_view, Record&) {}
inline void DateParent(const store::v1::TeamRecord* before,
                       std::string_view today, store::v1::TeamRecord& record) {
  event::v1::Team& team = *record.mutable_team();
  if (team.parent().empty()) {
    team.clear_parent_since();
  } else if (before != nullptr && before->team().parent() != team.parent() &&
             before->team().parent_since() == team.parent_since()) {
    team.set_parent_since(std::string(today));
  } else if (team.parent_since().empty()) {
    team.set_parent_since(std::string(today));
  }
}

// No two resources of a kind may have one external id. Errors: kAlreadyExists.
template <typename Kind>
absl::Status CheckExternalIdFree(const jiedui::store::Reader& state,
                                 const typename Kind::Record& record) {
  const auto& fact = Kind::fact(record);
  const std::string holder =
      runtime::Collection<Kind>::FindExternal(state, fact.external_id());
  if (holder.empty() || holder == fact.name()) return absl::OkStatus();
  return base::MakeError(
      base::Reason::kAlreadyExists,
      {{"resource", absl::StrCat(holder, " (", fact.external_id(), ")")}});
}

// Records a checked, new resource. A volunteer begins as APPLIED, and becomes
// the leader of the teams that waited for them.
template <typename Kind>
void AddNew(runtime::Transaction& txn, typename Kind::Record& record) {
  runtime::Change change{.verb = "create"};
  auto& fact = Kind::fact(record);
  record.clear_version();
  runtime::Collection<Kind>::Number(txn, record);
  if constexpr (std::is_same_v<Kind, VolunteerKind>) {
    fact.set_state(std::string(state::kApplied));
    fact.clear_state_reason();
    change.to_state = fact.state();
  }
  runtime::Collection<Kind>::Save(txn, record, std::move(change));
  if constexpr (std::is_same_v<Kind, VolunteerKind>) {
    ResolvePendingLeader(txn, fact);
  }
}

// Records a checked change of a resource.
template <typename Kind>
void AddChanged(runtime::Transaction& txn, typename Kind::Record& record) {
  runtime::Change change{.verb = "update"};
  auto& fact = Kind::fact(record);
  if constexpr (std::is_same_v<Kind, VolunteerKind>) {
    change.from_state = fact.state();
    change.to_state = fact.state();
  }
  runtime::Collection<Kind>::Save(txn, record, std::move(change));
  if constexpr (std::is_same_v<Kind, VolunteerKind>) {
    ResolvePendingLeader(txn, fact);
  }
}

// Creates a resource; its name, state and times are set here, whatever they
// were. Errors: all violations; kAlreadyExists for a known external id; those
// of CheckReferences.
template <typename Kind>
absl::StatusOr<typename Kind::Record> Create(runtime::Transaction& txn,
                                             typename Kind::Record record) {
  Kind::fact(record).clear_name();
  Complete(record);
  DateParent(static_cast<typename Kind::Record*>(nullptr), Today(txn.now()),
             record);
  RETURN_IF_ERROR(Validate(record).ToStatus());
  RETURN_IF_ERROR(CheckExternalIdFree<Kind>(txn, record));
  RETURN_IF_ERROR(CheckReferences(txn, record));
  AddNew<Kind>(txn, record);
  return record;
}

// Changes a resource by `edit`, which must leave name, state and times alone.
// A change that changes nothing makes no new version. Errors: kNotFound,
// kEtagMismatch, those of `edit` and of Create.
template <typename Kind>
absl::StatusOr<typename Kind::Record> Update(
    runtime::Transaction& txn, std::string_view name, std::string_view etag,
    absl::FunctionRef<absl::Status(typename Kind::Record&)> edit) {
  ASSIGN_OR_RETURN(const typename Kind::Record before,
                   runtime::Collection<Kind>::RequireCurrent(txn, name, etag));
  typename Kind::Record record = before;
  RETURN_IF_ERROR(edit(record));
  Complete(record);
  DateParent(&before, Today(txn.now()), record);
  if constexpr (std::is_same_v<Kind, TeamKind>) {
    if (!record.team().leader().empty()) record.clear_pending_leader();
  }
  if (record.SerializeAsString() == before.SerializeAsString()) return before;
  RETURN_IF_ERROR(Validate(record).ToStatus());
  RETURN_IF_ERROR(CheckExternalIdFree<Kind>(txn, record));
  RETURN_IF_ERROR(CheckReferences(txn, record));
  AddChanged<Kind>(txn, record);
  return record;
}

}  // namespace jiedui::volunteer
