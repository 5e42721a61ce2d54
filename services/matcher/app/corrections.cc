#include "services/matcher/app/corrections.h"

#include <utility>

#include "common/base/status_macros.h"
#include "common/fields/checks.h"
#include "services/matcher/app/keys.h"
#include "services/matcher/app/records.h"
#include "services/matcher/app/stays.h"

namespace jiedui::matcher {
namespace {

using event::v1::Correction;
using event::v1::ServiceRecord;
using store::v1::CorrectionRecord;
using store::v1::ServiceRecordRecord;

constexpr int kMaxText = 1000;  // characters

absl::Status RequireNoneOpen(const Reader& state, const std::string& record) {
  const auto open = state.Get(keys::One(keys::kOpenCorrection, record));
  if (!open) return absl::OkStatus();
  return base::MakeError(base::Reason::kCorrectionOpen,
                         {{"resource", record}, {"correction", *open}});
}

// For the answers.
absl::StatusOr<CorrectionRecord> RequireToAnswer(Transaction& txn,
                                                 const Ask& ask) {
  ASSIGN_OR_RETURN(CorrectionRecord record,
                   Corrections::RequireCurrent(txn, ask.name, ask.etag));
  Correction& facts = *record.mutable_correction();
  RETURN_IF_ERROR(Step(kGrantCorrection, facts.name(), facts.state()).status());
  RETURN_IF_ERROR(RequireAnother(txn, facts.name(), facts.requested_by()));
  facts.set_answered_by(txn.actor());
  *facts.mutable_answer_time() = runtime::ToTimestamp(txn.now());
  return record;
}

Stay WishedIn(const Correction& correction) {
  return {TimeOf(correction.start_time()), TimeOf(correction.end_time()),
          correction.travel_minutes()};
}

}  // namespace

absl::StatusOr<CorrectionRecord> RequestCorrection(Transaction& txn,
                                                   const Ask& ask,
                                                   const std::string& text,
                                                   const Stay& wished) {
  ASSIGN_OR_RETURN(const ServiceRecordRecord wrong,
                   ServiceRecords::RequireCurrent(txn, ask.name, ask.etag));
  const ServiceRecord& of = wrong.service_record();
  RETURN_IF_ERROR(Step(kTakeCorrection, of.name(), of.state()).status());
  base::Violations violations;
  fields::CheckText("text", text, fields::Need::kRequired, kMaxText,
                    violations);
  if (wished.stated()) CheckStay(wished, txn.now(), violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(RequireNoneOpen(txn, of.name()));
  CorrectionRecord record;
  Corrections::Number(txn, record);
  Correction& facts = *record.mutable_correction();
  facts.set_record(of.name());
  facts.set_pairing(of.pairing());
  facts.set_volunteer(of.volunteer());
  facts.set_text(text);
  facts.set_requested_by(txn.actor());
  if (wished.stated()) {
    *facts.mutable_start_time() = runtime::ToTimestamp(wished.start);
    *facts.mutable_end_time() = runtime::ToTimestamp(wished.end);
    facts.set_travel_minutes(wished.travel_minutes);
  }
  RETURN_IF_ERROR(Move(txn, record, kRequestCorrection));
  return record;
}

absl::StatusOr<CorrectionRecord> GrantCorrection(Transaction& txn,
                                                 const Ask& ask,
                                                 const Stay& given) {
  ASSIGN_OR_RETURN(CorrectionRecord record, RequireToAnswer(txn, ask));
  Correction& facts = *record.mutable_correction();
  const Stay times = given.stated() ? given : WishedIn(facts);
  ASSIGN_OR_RETURN(
      const ServiceRecordRecord corrected,
      SupersedeRecord(txn, {facts.record(), "", "", facts.text()}, times));
  facts.set_new_record(corrected.service_record().name());
  RETURN_IF_ERROR(Move(txn, record, kGrantCorrection, ask.note));
  return record;
}

absl::StatusOr<CorrectionRecord> RefuseCorrection(Transaction& txn,
                                                  const Ask& ask) {
  ASSIGN_OR_RETURN(CorrectionRecord record, RequireToAnswer(txn, ask));
  RETURN_IF_ERROR(RequireNote(ask, kRefuseCorrection));
  RETURN_IF_ERROR(Move(txn, record, kRefuseCorrection, ask.note));
  return record;
}

void IndexCorrection(const std::optional<CorrectionRecord>&,
                     const CorrectionRecord& after,
                     jiedui::store::Overlay& state) {
  const Correction& correction = after.correction();
  std::string key = keys::One(keys::kOpenCorrection, correction.record());
  if (correction.state() == "REQUESTED") {
    state.Put(std::move(key), correction.name());
  } else {
    state.Delete(std::move(key));
  }
}

}  // namespace jiedui::matcher
