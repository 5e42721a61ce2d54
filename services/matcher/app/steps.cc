#include "services/matcher/app/steps.h"

#include <utility>

#include "common/base/status_macros.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/readings.h"
#include "services/matcher/app/review_queue.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

void ReleaseAll(Transaction& txn, store::v1::PairingRecord& record) {
  const std::string& name = record.pairing().name();
  for (const store::v1::Hold& hold : record.holds()) Release(txn, name, hold);
  record.clear_holds();
  for (const store::v1::OfferRecord& offer : OffersOfAttempt(txn, record)) {
    for (const store::v1::Hold& hold : offer.holds()) Release(txn, name, hold);
  }
}

template <typename Kind>
absl::Status Save(Transaction& txn, typename Kind::Record& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  auto& fact = Kind::fact(record);
  ASSIGN_OR_RETURN(std::string to,
                   Step(verb, fact.name(), fact.state(), reason_code));
  runtime::Change change;
  change.verb = std::string(verb.name);
  change.from_state = fact.state();
  change.to_state = to;
  change.reason_code = std::string(reason_code);
  change.note = std::string(note);
  fact.set_state(std::move(to));
  if constexpr (requires { fact.reason_code(); }) {
    if (!reason_code.empty()) fact.set_reason_code(change.reason_code);
  }
  if constexpr (requires { fact.note(); }) {
    if (!note.empty()) fact.set_note(change.note);
  }
  runtime::Collection<Kind>::Save(txn, record, std::move(change));
  return absl::OkStatus();
}

}  // namespace

absl::Status Move(Transaction& txn, store::v1::PairingRecord& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  const Pairing& pairing = record.pairing();
  ASSIGN_OR_RETURN(const std::string to,
                   Step(verb, pairing.name(), pairing.state(), reason_code));
  // Nobody stays booked for a pairing that is over, however it ended.
  if (Books(pairing.state()) && !Books(to)) ReleaseAll(txn, record);
  const bool waited = WaitsForReview(pairing.state());
  if (!waited && WaitsForReview(to)) BeginReview(txn, record);
  if (waited && !WaitsForReview(to)) EndReview(txn, record);
  RETURN_IF_ERROR(Save<PairingKind>(txn, record, verb, reason_code, note));
  return FollowWithReadings(txn, record.pairing());
}

absl::Status Move(Transaction& txn, store::v1::OfferRecord& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  const std::string timer = OfferTimer(record);
  RETURN_IF_ERROR(Save<OfferKind>(txn, record, verb, reason_code, note));
  txn.ClearTimer(timer);
  return absl::OkStatus();
}

absl::Status Move(Transaction& txn, store::v1::DispatchRecord& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  return Save<DispatchKind>(txn, record, verb, reason_code, note);
}

absl::Status Move(Transaction& txn, store::v1::VisitRecord& record,
                  const Verb& verb, std::string_view reason_code,
                  std::string_view note) {
  return Save<VisitKind>(txn, record, verb, reason_code, note);
}

absl::Status Move(Transaction& txn, store::v1::ServiceRecordRecord& record,
                  const Verb& verb, std::string_view note) {
  return Save<ServiceRecordKind>(txn, record, verb, "", note);
}

absl::Status Move(Transaction& txn, store::v1::CorrectionRecord& record,
                  const Verb& verb, std::string_view note) {
  return Save<CorrectionKind>(txn, record, verb, "", note);
}

absl::Status Move(Transaction& txn, store::v1::ReadingRecord& record,
                  const Verb& verb, std::string_view note) {
  return Save<ReadingKind>(txn, record, verb, "", note);
}

absl::Status Move(Transaction& txn, store::v1::ServiceCertificateRecord& record,
                  const Verb& verb, std::string_view note) {
  return Save<ServiceCertificateKind>(txn, record, verb, "", note);
}

}  // namespace jiedui::matcher
