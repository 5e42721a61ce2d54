#include "services/matcher/app/records.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/participants.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/stays.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using event::v1::ServiceRecord;
using store::v1::PairingRecord;
using store::v1::ServiceRecordRecord;

absl::Status RequireFreeTime(const Reader& state, const std::string& volunteer,
                             const Stay& stay) {
  const std::string taken = OverlappingRecord(state, volunteer, stay);
  if (taken.empty()) return absl::OkStatus();
  return base::MakeError(Reason::kRecordOverlaps,
                         {{"resource", volunteer}, {"record", taken}});
}

void SetStay(const Stay& stay, ServiceRecord& record) {
  *record.mutable_check_in_time() = runtime::ToTimestamp(stay.start);
  *record.mutable_check_out_time() = runtime::ToTimestamp(stay.end);
  record.set_travel_minutes(stay.travel_minutes);
  record.set_minutes(MinutesServed(stay));
}

std::string NextName(Transaction& txn) {
  return runtime::NumberedName(ServiceRecordKind::kCollection,
                               ServiceRecordKind::kLetter,
                               txn.TakeNumber(ServiceRecordKind::kCollection));
}

// A service that was approved afterwards has taken place like any other.
absl::Status BeginService(Transaction& txn, const std::string& name) {
  ASSIGN_OR_RETURN(PairingRecord pairing, Pairings::Require(txn, name));
  if (pairing.pairing().state() != "ACCEPTED") return absl::OkStatus();
  return Move(txn, pairing, kCheckIn);
}

// For the answers to a late entry.
absl::StatusOr<ServiceRecordRecord> RequireToReview(Transaction& txn,
                                                    const Ask& ask) {
  ASSIGN_OR_RETURN(ServiceRecordRecord record,
                   ServiceRecords::RequireCurrent(txn, ask.name, ask.etag));
  ServiceRecord& facts = *record.mutable_service_record();
  RETURN_IF_ERROR(Step(kApproveRecord, facts.name(), facts.state()).status());
  RETURN_IF_ERROR(RequireAnother(txn, facts.name(), facts.entered_by()));
  facts.set_reviewed_by(txn.actor());
  return record;
}

}  // namespace

ServiceRecordRecord NewRecord(Transaction& txn, const PairingRecord& pairing,
                              const std::string& volunteer, absl::Time start) {
  const Pairing& of = pairing.pairing();
  ServiceRecordRecord record;
  ServiceRecord& facts = *record.mutable_service_record();
  facts.set_name(NextName(txn));
  facts.set_pairing(of.name());
  facts.set_demand(of.demand());
  facts.set_volunteer(volunteer);
  facts.set_team(TeamServedAs(txn, volunteer, pairing, base::ChinaDay(start)));
  const auto demand = FindReplica<demand::event::v1::Demand>(txn, of.demand());
  if (demand) facts.set_action(demand->action());
  *facts.mutable_check_in_time() = runtime::ToTimestamp(start);
  return record;
}

absl::Status RequirePart(const Reader& state, const std::string& volunteer,
                         const PairingRecord& pairing, absl::Time at) {
  if (TakesPart(state, volunteer, pairing, base::ChinaDay(at))) {
    return absl::OkStatus();
  }
  return base::MakeError(
      Reason::kNotInPairing,
      {{"resource", volunteer}, {"pairing", pairing.pairing().name()}});
}

absl::StatusOr<ServiceRecordRecord> AddLateRecord(Transaction& txn,
                                                  const Ask& ask,
                                                  const LateEntry& entry) {
  ASSIGN_OR_RETURN(const PairingRecord pairing,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  const Pairing& facts = pairing.pairing();
  RETURN_IF_ERROR(Step(kTakeLateEntry, facts.name(), facts.state()).status());
  base::Violations violations;
  CheckLateEntry(entry.stay, entry.evidence, txn.now(), violations);
  RETURN_IF_ERROR(violations.ToStatus());
  const std::string volunteer =
      entry.volunteer.empty() ? LeadOf(txn, pairing) : entry.volunteer;
  RETURN_IF_ERROR(RequirePart(txn, volunteer, pairing, entry.stay.start));
  RETURN_IF_ERROR(RequireFreeTime(txn, volunteer, entry.stay));
  ServiceRecordRecord record =
      NewRecord(txn, pairing, volunteer, entry.stay.start);
  ServiceRecord& late = *record.mutable_service_record();
  SetStay(entry.stay, late);
  late.set_kind("LATE");
  late.set_entered_by(txn.actor());
  late.mutable_evidence()->Assign(entry.evidence.begin(), entry.evidence.end());
  RETURN_IF_ERROR(Move(txn, record, kEnterLate, ask.note));
  return record;
}

absl::StatusOr<ServiceRecordRecord> ApproveRecord(Transaction& txn,
                                                  const Ask& ask) {
  ASSIGN_OR_RETURN(ServiceRecordRecord record, RequireToReview(txn, ask));
  RETURN_IF_ERROR(Move(txn, record, kApproveRecord, ask.note));
  RETURN_IF_ERROR(BeginService(txn, record.service_record().pairing()));
  return record;
}

absl::StatusOr<ServiceRecordRecord> RejectRecord(Transaction& txn,
                                                 const Ask& ask) {
  ASSIGN_OR_RETURN(ServiceRecordRecord record, RequireToReview(txn, ask));
  RETURN_IF_ERROR(RequireNote(ask, kRejectRecord));
  RETURN_IF_ERROR(Move(txn, record, kRejectRecord, ask.note));
  return record;
}

absl::StatusOr<ServiceRecordRecord> SupersedeRecord(Transaction& txn,
                                                    const Ask& ask,
                                                    const Stay& corrected) {
  ASSIGN_OR_RETURN(ServiceRecordRecord old,
                   ServiceRecords::RequireCurrent(txn, ask.name, ask.etag));
  RETURN_IF_ERROR(RequireNote(ask, kSupersedeRecord));
  // It counts at once, so it is for others than those it is of or from.
  const ServiceRecord& wrong = old.service_record();
  RETURN_IF_ERROR(RequireAnother(txn, ask.name, wrong.volunteer()));
  RETURN_IF_ERROR(RequireAnother(txn, ask.name, wrong.entered_by()));
  base::Violations violations;
  CheckStay(corrected, txn.now(), violations);
  RETURN_IF_ERROR(violations.ToStatus());
  ServiceRecordRecord record;
  ServiceRecord& facts = *record.mutable_service_record();
  facts = old.service_record();
  facts.set_name(NextName(txn));
  facts.clear_state();
  facts.clear_reviewed_by();
  facts.set_kind("CORRECTED");
  facts.set_entered_by(txn.actor());
  facts.set_supersedes(ask.name);
  SetStay(corrected, facts);
  // The old one first, so that it no longer takes the time of the new one.
  old.mutable_service_record()->set_superseded_by(facts.name());
  RETURN_IF_ERROR(Move(txn, old, kSupersedeRecord, ask.note));
  RETURN_IF_ERROR(RequireFreeTime(txn, facts.volunteer(), corrected));
  RETURN_IF_ERROR(Move(txn, record, kEnterCorrected, ask.note));
  return record;
}

absl::Status RequireAnother(const Transaction& txn, const std::string& resource,
                            const std::string& entered_by) {
  if (txn.actor() != entered_by) return absl::OkStatus();
  return base::MakeError(Reason::kSameActor,
                         {{"resource", resource}, {"actor", entered_by}});
}

absl::Status RequireNote(const Ask& ask, const Verb& verb) {
  if (!ask.note.empty()) return absl::OkStatus();
  return base::MakeError(Reason::kReasonRequired,
                         {{"action", absl::StrCat(std::string(verb.zh), " / ",
                                                  std::string(verb.name))}});
}

}  // namespace jiedui::matcher
