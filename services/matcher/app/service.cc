#include "services/matcher/app/service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using event::v1::Evaluation;
using google::protobuf::util::TimeUtil;
using store::v1::PairingRecord;
using store::v1::ServiceRecordRecord;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

// The person a pairing stands on.
std::string LeadOf(const Reader& state, const Pairing& pairing) {
  const std::string anchor = AnchorResource(pairing);
  if (!anchor.starts_with(kTeams)) return anchor;
  const auto team = FindReplica<Team>(state, anchor);
  return team ? team->leader() : "";
}

bool IsMember(const Reader& state, const std::string& volunteer,
              const std::string& team, absl::CivilDay day) {
  const auto leads = FindReplica<Team>(state, team);
  if (leads && leads->leader() == volunteer) return true;
  const auto person = FindReplica<Volunteer>(state, volunteer);
  if (!person) return false;
  return std::any_of(person->memberships().begin(), person->memberships().end(),
                     [&](const auto& membership) {
                       return membership.team() == team &&
                              Within(day, membership.start_date(),
                                     membership.end_date());
                     });
}

// Expert, talents, and the team with everybody in it on the day.
bool IsOf(const Reader& state, const std::string& volunteer,
          const Pairing& pairing, absl::CivilDay day) {
  for (const std::string& resource : ServingResources(pairing)) {
    if (resource == volunteer) return true;
    if (resource.starts_with(kTeams) &&
        IsMember(state, volunteer, resource, day)) {
      return true;
    }
  }
  return false;
}

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

}  // namespace

absl::StatusOr<ServiceRecordRecord> CheckIn(Transaction& txn, const Ask& ask,
                                            std::string volunteer) {
  ASSIGN_OR_RETURN(PairingRecord pairing,
                   Pairings::RequireCurrent(txn, ask.name, ask.etag));
  const Pairing& facts = pairing.pairing();
  RETURN_IF_ERROR(Step(kCheckIn, facts.name(), facts.state()).status());
  if (volunteer.empty()) volunteer = LeadOf(txn, facts);
  if (!IsOf(txn, volunteer, facts, base::ChinaDay(txn.now()))) {
    return base::MakeError(Reason::kNotInPairing, {{"resource", volunteer},
                                                   {"pairing", facts.name()}});
  }
  if (const std::string open = CheckedInWith(txn, volunteer); !open.empty()) {
    return CheckedInAlready(volunteer, open);
  }
  ServiceRecordRecord record;
  event::v1::ServiceRecord& stay = *record.mutable_service_record();
  stay.set_name(runtime::NumberedName(
      ServiceRecordKind::kCollection, ServiceRecordKind::kLetter,
      txn.TakeNumber(ServiceRecordKind::kCollection)));
  stay.set_pairing(facts.name());
  stay.set_demand(facts.demand());
  stay.set_volunteer(volunteer);
  *stay.mutable_check_in_time() = runtime::ToTimestamp(txn.now());
  RETURN_IF_ERROR(Move(txn, record, kOpenRecord, ask.note));
  if (facts.state() != kCheckIn.to)
    RETURN_IF_ERROR(Move(txn, pairing, kCheckIn));
  return record;
}

absl::StatusOr<ServiceRecordRecord> CheckOut(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(ServiceRecordRecord record,
                   ServiceRecords::RequireCurrent(txn, ask.name, ask.etag));
  event::v1::ServiceRecord& stay = *record.mutable_service_record();
  *stay.mutable_check_out_time() = runtime::ToTimestamp(txn.now());
  // A clock that was set back in between gives no negative service.
  const int64_t seconds =
      TimeUtil::DurationToSeconds(stay.check_out_time() - stay.check_in_time());
  stay.set_minutes(static_cast<int32_t>(std::max<int64_t>(seconds, 0) / 60));
  RETURN_IF_ERROR(Move(txn, record, kCheckOut, ask.note));
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
  *pairing.mutable_outcome() = outcome;
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
