// What can be done to demands: load, decide by the domain's rules, save. Each
// runs inside a transaction and records nothing when it fails.
#pragma once

#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/runtime/transaction.h"
#include "jiedui/demand/store/v1/demand_store.pb.h"
#include "services/demand/domain/life.h"

namespace jiedui::demand {

// Registers `record` under a new name, as DRAFT. Errors: violations;
// kAlreadyExists for a known external id.
absl::StatusOr<store::v1::DemandRecord> Create(runtime::Transaction& txn,
                                               store::v1::DemandRecord record);

// Lets `edit` change a demand's content. A demand that stays the same is left
// alone. Errors: kNotFound, kEtagMismatch, kWrongState, those of `edit`,
// violations, kAlreadyExists for another demand's external id.
absl::StatusOr<store::v1::DemandRecord> Update(
    runtime::Transaction& txn, std::string_view name, std::string_view etag,
    absl::FunctionRef<absl::Status(store::v1::DemandRecord&)> edit);

// A person's verb but kUpdate. Errors: kNotFound, kEtagMismatch, kWrongState,
// kReasonRequired.
absl::StatusOr<store::v1::DemandRecord> Step(runtime::Transaction& txn,
                                             Verb verb, std::string_view name,
                                             std::string_view etag,
                                             std::string_view note);

// The same for a record just saved in this transaction, which is brought up to
// date. Errors: kWrongState, kReasonRequired.
absl::Status Step(runtime::Transaction& txn, Verb verb, std::string_view note,
                  store::v1::DemandRecord& record);

// A step that a pairing causes; `pairing` serves the demand from now on, or no
// longer with kRelease. REQUIRES: Allowed(verb, state).
void StepByPairing(runtime::Transaction& txn, store::v1::DemandRecord record,
                   Verb verb, std::string_view pairing);

// The timer set for a demand's last day is due.
absl::Status ExpireByTimer(runtime::Transaction& txn,
                           std::string_view timer_id);

}  // namespace jiedui::demand
