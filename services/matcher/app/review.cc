#include "services/matcher/app/review.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/exclusions.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/seats.h"

namespace jiedui::matcher {
namespace {

using store::v1::LivePairing;
using store::v1::PairingRecord;
using type::v1::Part;
using type::v1::PartKind;

// Projects are asked nothing: they are booked with the approval.
absl::Status BookProjects(Transaction& txn, PairingRecord& record) {
  const Pairing& pairing = record.pairing();
  for (const type::v1::Choice& choice :
       PartOf(pairing, type::v1::PART_KIND_PROJECT).choices()) {
    ASSIGN_OR_RETURN(store::v1::Hold hold,
                     Reserve(txn, choice.resource(), pairing.name(), kFirm));
    *record.add_holds() = std::move(hold);
  }
  return absl::OkStatus();
}

absl::Status Cancel(Transaction& txn, PairingRecord& record, const Verb& verb,
                    std::string_view reason_code, std::string_view note) {
  RETURN_IF_ERROR(Move(txn, record, verb, reason_code, note));
  return WithdrawOffers(txn, record, "PAIRING_CANCELLED");
}

// Without choice, all parts that somebody fills.
absl::StatusOr<std::vector<PartKind>> PartsToLock(
    const Pairing& pairing, const std::vector<PartKind>& parts) {
  std::vector<PartKind> filled;
  std::string names;
  for (const Part& part : pairing.parts()) {
    if (part.choices().empty()) continue;
    filled.push_back(part.kind());
    absl::StrAppend(&names, names.empty() ? "" : ", ", PartName(part.kind()));
  }
  base::Violations violations;
  for (PartKind kind : parts) {
    if (std::find(filled.begin(), filled.end(), kind) != filled.end()) continue;
    violations.Add("parts", base::Reason::kUnknownValue,
                   {{"value", PartName(kind)}, {"allowed", names}});
  }
  RETURN_IF_ERROR(violations.ToStatus());
  return parts.empty() ? filled : parts;
}

}  // namespace

absl::StatusOr<PairingRecord> ApprovePairing(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  record.set_attempt(record.attempt() + 1);
  SetSeats(record);
  RETURN_IF_ERROR(Move(txn, record, kApprove, "", ask.note));
  RETURN_IF_ERROR(BookProjects(txn, record));
  RETURN_IF_ERROR(AskTheChosen(txn, record));
  RETURN_IF_ERROR(Move(txn, record, kOffer));
  return record;
}

absl::StatusOr<PairingRecord> RejectPairing(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  RETURN_IF_ERROR(Move(txn, record, kReject, ask.reason_code, ask.note));
  const Pairing& pairing = record.pairing();
  if (const std::string anchor = AnchorResource(pairing); !anchor.empty()) {
    Exclude(txn, pairing.demand(), anchor,
            engine::ExclusionReason::kCoordinator);
  }
  return record;
}

absl::StatusOr<PairingRecord> LockPairing(Transaction& txn, const Ask& ask,
                                          const std::vector<PartKind>& parts) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  Pairing& pairing = *record.mutable_pairing();
  RETURN_IF_ERROR(Step(kLock, pairing.name(), pairing.state()).status());
  ASSIGN_OR_RETURN(const std::vector<PartKind> chosen,
                   PartsToLock(pairing, parts));
  for (PartKind kind : chosen) {
    const auto& locked = pairing.locked_parts();
    if (std::find(locked.begin(), locked.end(), kind) != locked.end()) continue;
    pairing.add_locked_parts(kind);
    Part& part = MutablePart(pairing, kind);
    if (part.status() == type::v1::PART_STATUS_FILLED) {
      part.set_status(type::v1::PART_STATUS_LOCKED);
    }
  }
  std::sort(pairing.mutable_locked_parts()->begin(),
            pairing.mutable_locked_parts()->end());
  RETURN_IF_ERROR(Move(txn, record, kLock, "", ask.note));
  return record;
}

absl::StatusOr<PairingRecord> UnlockPairing(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  Pairing& pairing = *record.mutable_pairing();
  pairing.clear_locked_parts();
  for (Part& part : *pairing.mutable_parts()) {
    if (part.status() == type::v1::PART_STATUS_LOCKED) {
      part.set_status(type::v1::PART_STATUS_FILLED);
    }
  }
  RETURN_IF_ERROR(Move(txn, record, kUnlock, "", ask.note));
  return record;
}

absl::StatusOr<PairingRecord> CancelPairing(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  RETURN_IF_ERROR(Cancel(txn, record, kCancel, ask.reason_code, ask.note));
  return record;
}

absl::Status OnRegistryEvent(const jiedui::event::v1::Event& event,
                             Transaction& txn) {
  txn.Consume(event);
  demand::event::v1::Demand demand;
  if (!event.payload().UnpackTo(&demand)) return absl::OkStatus();
  RETURN_IF_ERROR(HearOfDemand(txn, demand));
  if (!EndsPairing(demand.state())) return absl::OkStatus();
  const std::optional<LivePairing> live = LivePairingOf(txn, demand.name());
  if (!live) return absl::OkStatus();
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::Require(txn, live->pairing()));
  return Cancel(txn, record, kCancelWithDemand,
                absl::StrCat("DEMAND_", demand.state()), demand.state_reason());
}

}  // namespace jiedui::matcher
