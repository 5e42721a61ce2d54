#include "services/demand/app/commands.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/demand/app/kinds.h"
#include "services/demand/domain/validate.h"

namespace jiedui::demand {
namespace {

using store::v1::DemandRecord;

constexpr std::string_view kExpiryTimer = "expire/";

// At the end of the demand's last day it expires, if nobody is found by then.
// A last day already past sets no timer: reopening such a demand must leave
// time to correct it.
void SetExpiry(runtime::Transaction& txn, const event::v1::Demand& demand) {
  const std::string id = absl::StrCat(std::string(kExpiryTimer), demand.name());
  absl::CivilDay last_day;
  if (!absl::ParseCivilTime(demand.window().end_date(), &last_day)) {
    txn.ClearTimer(id);
    return;
  }
  const absl::Time due = base::StartOfChinaDay(last_day + 1);
  if (due > txn.now()) {
    txn.SetTimer(id, due);
  } else {
    txn.ClearTimer(id);
  }
}

void ClearExpiry(runtime::Transaction& txn, const event::v1::Demand& demand) {
  txn.ClearTimer(absl::StrCat(std::string(kExpiryTimer), demand.name()));
}

// Only a demand that waits for somebody can expire.
void KeepExpiryInStep(runtime::Transaction& txn,
                      const event::v1::Demand& demand) {
  if (Allowed(Verb::kExpire, demand.state())) {
    SetExpiry(txn, demand);
  } else {
    ClearExpiry(txn, demand);
  }
}

absl::Status CheckExternalIdFree(const runtime::Transaction& txn,
                                 const event::v1::Demand& demand) {
  const std::string holder = Demands::FindExternal(txn, demand.external_id());
  if (holder.empty() || holder == demand.name()) return absl::OkStatus();
  return base::MakeError(
      base::Reason::kAlreadyExists,
      {{"field", "external_id"},
       {"resource", absl::StrCat(holder, " (", demand.external_id(), ")")}});
}

void Save(runtime::Transaction& txn, DemandRecord& record, Verb verb,
          std::string from, std::string_view note) {
  const Transition& transition = TransitionOf(verb);
  event::v1::Demand& demand = *record.mutable_demand();
  if (from != demand.state()) demand.set_state_reason(std::string(note));
  Demands::Save(txn, record,
                {.verb = std::string(transition.name),
                 .from_state = std::move(from),
                 .to_state = demand.state(),
                 .note = std::string(note)});
  KeepExpiryInStep(txn, demand);
}

// Where a verb leads from here: a resumed demand goes back to where it was,
// but a proposal made before the pause is gone.
std::string Destination(const DemandRecord& record, Verb verb) {
  if (verb != Verb::kResume) return std::string(TransitionOf(verb).to);
  return record.resume_state() == state::kSubmitted
             ? std::string(state::kSubmitted)
             : std::string(state::kOpen);
}

}  // namespace

absl::StatusOr<DemandRecord> Create(runtime::Transaction& txn,
                                    DemandRecord record) {
  Complete(record);
  RETURN_IF_ERROR(Validate(record).ToStatus());
  RETURN_IF_ERROR(CheckExternalIdFree(txn, record.demand()));
  Demands::Number(txn, record);
  record.mutable_demand()->set_state(std::string(state::kDraft));
  Demands::Save(txn, record,
                {.verb = "create", .to_state = std::string(state::kDraft)});
  return record;
}

absl::StatusOr<DemandRecord> Update(
    runtime::Transaction& txn, std::string_view name, std::string_view etag,
    absl::FunctionRef<absl::Status(DemandRecord&)> edit) {
  ASSIGN_OR_RETURN(DemandRecord record,
                   Demands::RequireCurrent(txn, name, etag));
  const std::string before = record.SerializeAsString();
  RETURN_IF_ERROR(edit(record));
  Complete(record);
  RETURN_IF_ERROR(Validate(record).ToStatus());
  if (record.SerializeAsString() == before) return record;
  RETURN_IF_ERROR(Check(Verb::kUpdate, name, record.demand().state(), ""));
  RETURN_IF_ERROR(CheckExternalIdFree(txn, record.demand()));
  Save(txn, record, Verb::kUpdate, record.demand().state(), "");
  return record;
}

absl::StatusOr<DemandRecord> Step(runtime::Transaction& txn, Verb verb,
                                  std::string_view name, std::string_view etag,
                                  std::string_view note) {
  ASSIGN_OR_RETURN(DemandRecord record,
                   Demands::RequireCurrent(txn, name, etag));
  RETURN_IF_ERROR(Step(txn, verb, note, record));
  return record;
}

absl::Status Step(runtime::Transaction& txn, Verb verb, std::string_view note,
                  DemandRecord& record) {
  event::v1::Demand& demand = *record.mutable_demand();
  std::string from = demand.state();
  RETURN_IF_ERROR(Check(verb, demand.name(), from, note));
  demand.set_state(Destination(record, verb));
  record.set_resume_state(verb == Verb::kSuspend ? from : "");
  if (verb == Verb::kSubmit && !demand.has_submit_time()) {
    *demand.mutable_submit_time() = runtime::ToTimestamp(txn.now());
  }
  // Whoever was proposed is not any more: the matcher cancels the pairing when
  // it learns of this.
  if (from == state::kProposed) demand.clear_pairing();
  Save(txn, record, verb, std::move(from), note);
  return absl::OkStatus();
}

void StepByPairing(runtime::Transaction& txn, DemandRecord record, Verb verb,
                   std::string_view pairing) {
  event::v1::Demand& demand = *record.mutable_demand();
  std::string from = demand.state();
  demand.set_state(std::string(TransitionOf(verb).to));
  demand.set_pairing(verb == Verb::kRelease ? "" : std::string(pairing));
  Save(txn, record, verb, std::move(from), "");
}

absl::Status ExpireByTimer(runtime::Transaction& txn,
                           std::string_view timer_id) {
  absl::string_view name(timer_id.data(), timer_id.size());
  if (!absl::ConsumePrefix(&name, kExpiryTimer.data())) return absl::OkStatus();
  std::optional<DemandRecord> record =
      Demands::Find(txn, {name.data(), name.size()});
  if (!record || !Allowed(Verb::kExpire, record->demand().state())) {
    return absl::OkStatus();
  }
  std::string from = record->demand().state();
  record->mutable_demand()->set_state(std::string(state::kExpired));
  Save(txn, *record, Verb::kExpire, std::move(from), "");
  return absl::OkStatus();
}

}  // namespace jiedui::demand
