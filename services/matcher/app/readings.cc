#include "services/matcher/app/readings.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/digest.h"
#include "services/matcher/domain/recipients.h"

namespace jiedui::matcher {
namespace {

using event::v1::Reading;
using store::v1::PairingRecord;
using store::v1::ReadingRecord;

std::string TimerOf(const ReadingRecord& record) {
  return absl::StrCat(std::string(kReadingTimer), "/", record.reading().name(),
                      "/", record.version());
}

// Moves it, with no timer but the one that is due then.
absl::Status MoveUntil(Transaction& txn, ReadingRecord& record,
                       const Verb& verb, std::optional<absl::Time> due,
                       std::string_view note = "") {
  txn.ClearTimer(TimerOf(record));
  RETURN_IF_ERROR(Move(txn, record, verb, note));
  if (due) txn.SetTimer(TimerOf(record), *due);
  return absl::OkStatus();
}

std::optional<ReadingRecord> BaselineOf(const Reader& state,
                                        const Pairing& pairing) {
  return Readings::Find(state, ReadingName(pairing.name(), kBaselineMonths));
}

// The reading as if nothing had been read yet; of one that was cancelled only
// the version and the state remain.
ReadingRecord Fresh(const Reader& state, const Pairing& pairing, int months,
                    absl::Time now) {
  const std::string name = ReadingName(pairing.name(), months);
  ReadingRecord record = Readings::Find(state, name).value_or(ReadingRecord());
  Reading facts;
  facts.set_name(name);
  facts.set_state(record.reading().state());
  facts.set_pairing(pairing.name());
  facts.set_demand(pairing.demand());
  facts.set_months(months);
  *facts.mutable_create_time() = runtime::ToTimestamp(now);
  *record.mutable_reading() = std::move(facts);
  return record;
}

absl::Status AskBaseline(Transaction& txn, const Pairing& pairing) {
  const auto& choices = PartOf(pairing, type::v1::PART_KIND_INDUSTRY).choices();
  if (choices.empty()) return absl::OkStatus();
  ReadingRecord record = Fresh(txn, pairing, kBaselineMonths, txn.now());
  Reading& facts = *record.mutable_reading();
  facts.set_specialty(choices[0].resource());
  *facts.mutable_due_time() = runtime::ToTimestamp(txn.now());
  return Move(txn, record, kAskBaseline);
}

absl::Status PlanReadings(Transaction& txn, const Pairing& pairing,
                          const Reading& baseline) {
  for (const int months : kReadingMonths) {
    ReadingRecord record = Fresh(txn, pairing, months, txn.now());
    Reading& facts = *record.mutable_reading();
    if (!facts.state().empty()) continue;  // planned at completion already
    const absl::Time ask = AskTime(txn.now(), months);
    facts.set_specialty(baseline.specialty());
    facts.set_indicator(baseline.indicator());
    facts.set_unit(baseline.unit());
    facts.set_baseline(baseline.value());
    *facts.mutable_due_time() = runtime::ToTimestamp(ask);
    *facts.mutable_deadline() = runtime::ToTimestamp(ask + kReadingTime);
    RETURN_IF_ERROR(MoveUntil(txn, record, kPlanReading, ask));
  }
  return absl::OkStatus();
}

void SetFigure(const Figure& figure, absl::Time now, Reading& facts) {
  facts.set_value(figure.value);
  facts.set_source(figure.source);
  *facts.mutable_read_time() = runtime::ToTimestamp(now);
}

}  // namespace

absl::Status FollowWithReadings(Transaction& txn, const Pairing& pairing) {
  const std::string& state = pairing.state();
  const bool ended = state == "CANCELLED" || state == "DECLINED";
  if (state != "APPROVED" && state != "ACTIVE" && state != "COMPLETED" &&
      !ended) {
    return absl::OkStatus();
  }
  std::optional<ReadingRecord> baseline = BaselineOf(txn, pairing);
  const std::string asked = baseline ? baseline->reading().state() : "";
  if (state == "APPROVED") return AskBaseline(txn, pairing);
  if (state == "ACTIVE" && asked == "ASKED") {
    return Move(txn, *baseline, kMissReading);
  }
  if (state == "COMPLETED" && asked == "DONE") {
    return PlanReadings(txn, pairing, baseline->reading());
  }
  if (ended && (asked == "ASKED" || asked == "DONE")) {
    return Move(txn, *baseline, kCancelReading);
  }
  return absl::OkStatus();
}

absl::StatusOr<ReadingRecord> SetIndustryBaseline(Transaction& txn,
                                                  const Ask& ask,
                                                  const Figure& figure) {
  ASSIGN_OR_RETURN(const PairingRecord pairing,
                   Pairings::Require(txn, ask.name));
  const Pairing& of = pairing.pairing();
  RETURN_IF_ERROR(Step(kTakeBaseline, of.name(), of.state()).status());
  base::Violations violations;
  CheckBaseline(figure, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(ReadingRecord record,
                   Readings::RequireCurrent(
                       txn, ReadingName(of.name(), kBaselineMonths), ask.etag));
  Reading& facts = *record.mutable_reading();
  SetFigure(figure, txn.now(), facts);
  facts.set_indicator(figure.indicator);
  facts.set_unit(figure.unit);
  RETURN_IF_ERROR(Move(txn, record, kSetBaseline, ask.note));
  return record;
}

absl::StatusOr<ReadingRecord> RecordReading(Transaction& txn, const Ask& ask,
                                            const Figure& figure) {
  ASSIGN_OR_RETURN(ReadingRecord record,
                   Readings::RequireCurrent(txn, ask.name, ask.etag));
  Reading& facts = *record.mutable_reading();
  base::Violations violations;
  CheckReading(figure, violations);
  if (facts.months() == kBaselineMonths) {
    violations.Add(
        "name", base::Reason::kFieldMalformed,
        {{"value", facts.name()},
         {"expected",
          "3、6、12 个月的读数 / a reading after 3, 6 or 12 months"}});
  }
  RETURN_IF_ERROR(violations.ToStatus());
  SetFigure(figure, txn.now(), facts);
  facts.set_change(figure.value - facts.baseline());
  RETURN_IF_ERROR(
      MoveUntil(txn, record, kRecordReading, std::nullopt, ask.note));
  return record;
}

void IndexReading(const std::optional<ReadingRecord>&,
                  const ReadingRecord& after, jiedui::store::Overlay& state) {
  const Reading& reading = after.reading();
  if (reading.months() == kBaselineMonths) return;
  const auto pairing = Pairings::Find(state, reading.pairing());
  if (!pairing) return;
  IndexMatter(state,
              RegionAtTier(pairing->pairing().region(), type::v1::TIER_COUNTY),
              kReadingMatter, reading.name(), reading.state() == "OVERDUE");
}

absl::Status OnReadingTimer(std::string_view rest, Transaction& txn) {
  std::optional<ReadingRecord> record =
      Readings::Find(txn, rest.substr(0, rest.rfind('/')));
  if (!record || rest.substr(rest.rfind('/') + 1) != Readings::Etag(*record)) {
    return absl::OkStatus();
  }
  const std::string& state = record->reading().state();
  if (state == "PLANNED") {
    const absl::Time deadline = txn.now() + kReadingTime;
    *record->mutable_reading()->mutable_deadline() =
        runtime::ToTimestamp(deadline);
    return MoveUntil(txn, *record, kAskReading, deadline);
  }
  if (state != "ASKED") return absl::OkStatus();
  return Move(txn, *record, kMissReading);
}

}  // namespace jiedui::matcher
