#include "services/matcher/app/service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/fields/checks.h"
#include "services/matcher/app/hours.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/participants.h"
#include "services/matcher/app/records.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/app/stays.h"
#include "services/matcher/domain/completion.h"
#include "services/matcher/domain/seats.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using event::v1::Evaluation;
using store::v1::PairingRecord;
using store::v1::ServiceRecordRecord;

constexpr int kMostTravelMinutes = 24 * 60;

absl::Status CheckedInAlready(std::string volunteer, std::string record) {
  return base::MakeError(
      Reason::kCheckedInAlready,
      {{"resource", std::move(volunteer)}, {"record", std::move(record)}});
}

absl::Status Check(const Evaluation& evaluation) {
  constexpr int kMostStars = 5;
  base::Violations violations;
  if (evaluation.side() != Evaluation::SIDE_REQUESTER &&
      evaluation.side() != Evaluation::SIDE_VOLUNTEER) {
    violations.Add("evaluation.side", Reason::kFieldRequired);
  }
  if (evaluation.stars() < 1 || evaluation.stars() > kMostStars) {
    violations.Add("evaluation.stars", Reason::kValueOutOfRange,
                   {{"value", absl::StrCat(evaluation.stars())},
                    {"min", "1"},
                    {"max", absl::StrCat(kMostStars)}});
  }
  return violations.ToStatus();
}

absl::Status Check(const event::v1::Outcome& outcome) {
  base::Violations violations;
  CheckFigure("outcome.reached", outcome.reached(), violations);
  return violations.ToStatus();
}

event::v1::CompletionReport ReportOf(const Reader& state,
                                     const Pairing& pairing, double reached) {
  event::v1::CompletionReport report;
  const auto demand =
      FindReplica<demand::event::v1::Demand>(state, pairing.demand());
  if (demand) MeasureAgainst(demand->metric(), reached, report);
  const store::v1::HoursSum hours = HoursOf(state, pairing.name());
  report.set_measured_minutes(hours.measured_minutes());
  report.set_entered_minutes(hours.entered_minutes());
  report.set_services(hours.services());
  report.set_people(hours.people());
  return report;
}

}  // namespace

absl::StatusOr<ServiceRecordRecord> CheckIn(Transaction& txn, const Ask& ask,
                                            std::string volunteer) {
  ASSIGN_OR_RETURN(PairingRecord pairing,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  const Pairing& facts = pairing.pairing();
  RETURN_IF_ERROR(Step(kCheckIn, facts.name(), facts.state()).status());
  if (volunteer.empty()) volunteer = LeadOf(txn, pairing);
  RETURN_IF_ERROR(RequirePart(txn, volunteer, pairing, txn.now()));
  if (const std::string open = CheckedInWith(txn, volunteer); !open.empty()) {
    return CheckedInAlready(volunteer, open);
  }
  ServiceRecordRecord record = NewRecord(txn, pairing, volunteer, txn.now());
  event::v1::ServiceRecord& stay = *record.mutable_service_record();
  stay.set_kind("MEASURED");
  RETURN_IF_ERROR(Move(txn, record, kOpenRecord, ask.note));
  if (facts.state() != kCheckIn.to)
    RETURN_IF_ERROR(Move(txn, pairing, kCheckIn));
  return record;
}

absl::StatusOr<ServiceRecordRecord> CheckOut(Transaction& txn, const Ask& ask,
                                             int32_t travel_minutes) {
  ASSIGN_OR_RETURN(ServiceRecordRecord record,
                   ServiceRecords::RequireCurrent(txn, ask.name, ask.etag));
  event::v1::ServiceRecord& stay = *record.mutable_service_record();
  *stay.mutable_check_out_time() = runtime::ToTimestamp(txn.now());
  base::Violations violations;
  fields::CheckRange("travel_minutes", travel_minutes, 0, kMostTravelMinutes,
                     violations);
  RETURN_IF_ERROR(violations.ToStatus());
  stay.set_travel_minutes(travel_minutes);
  // A clock that was set back in between gives no negative service.
  const Stay served = StayOf(stay);
  stay.set_minutes(MinutesServed(served));
  const bool is_long = served.end - served.start > kLongestStay;
  if (is_long) stay.set_entered_by(txn.actor());
  RETURN_IF_ERROR(
      Move(txn, record, is_long ? kCheckOutLate : kCheckOut, ask.note));
  return record;
}

absl::StatusOr<ServiceRecordRecord> VoidServiceRecord(Transaction& txn,
                                                      const Ask& ask) {
  ASSIGN_OR_RETURN(ServiceRecordRecord record,
                   ServiceRecords::RequireCurrent(txn, ask.name, ask.etag));
  if (ask.note.empty()) {
    return base::MakeError(Reason::kReasonRequired,
                           {{"action", "作废 / void"}});
  }
  RETURN_IF_ERROR(Move(txn, record, kVoidRecord, ask.note));
  return record;
}

absl::StatusOr<PairingRecord> CompletePairing(
    Transaction& txn, const Ask& ask, const event::v1::Outcome& outcome) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  Pairing& pairing = *record.mutable_pairing();
  RETURN_IF_ERROR(Step(kComplete, pairing.name(), pairing.state()).status());
  if (const std::string open = OpenRecordOf(txn, pairing.name());
      !open.empty()) {
    ASSIGN_OR_RETURN(const ServiceRecordRecord stay,
                     ServiceRecords::Require(txn, open));
    return CheckedInAlready(stay.service_record().volunteer(), open);
  }
  RETURN_IF_ERROR(Check(outcome));
  *pairing.mutable_outcome() = outcome;
  *pairing.mutable_outcome()->mutable_report() =
      ReportOf(txn, pairing, outcome.reached());
  CloseSeats(record);
  RETURN_IF_ERROR(Move(txn, record, kComplete, "", ask.note));
  RETURN_IF_ERROR(WithdrawOffers(txn, record, "PAIRING_COMPLETED",
                                 /*unanswered=*/true));
  return record;
}

absl::StatusOr<PairingRecord> EvaluatePairing(Transaction& txn, const Ask& ask,
                                              const Evaluation& evaluation) {
  RETURN_IF_ERROR(Check(evaluation));
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  auto& evaluations = *record.mutable_pairing()->mutable_evaluations();
  auto same_side = std::find_if(evaluations.begin(), evaluations.end(),
                                [&](const Evaluation& given) {
                                  return given.side() == evaluation.side();
                                });
  if (same_side == evaluations.end()) {
    *evaluations.Add() = evaluation;
  } else {
    *same_side = evaluation;
  }
  const Verb& verb = evaluations.size() > 1 ? kEvaluateLast : kEvaluate;
  RETURN_IF_ERROR(Move(txn, record, verb, "", ask.note));
  return record;
}

}  // namespace jiedui::matcher
