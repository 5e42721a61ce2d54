#include "services/matcher/app/review_queue.h"

#include <algorithm>
#include <optional>
#include <string>

#include "common/base/status_macros.h"
#include "common/calendar/calendar.h"
#include "common/runtime/runtime_keys.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/fenced_timer.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/deadlines.h"
#include "services/matcher/domain/tiers.h"

namespace jiedui::matcher {
namespace {

using event::v1::Pairing;
using store::v1::PairingRecord;
using type::v1::Tier;

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds());
}

std::string TimerOf(const PairingRecord& record) {
  return FencedTimer(kReviewTimer, record.pairing().name(),
                     record.review_fence());
}

absl::Time DueOf(const Transaction& txn, const Pairing& pairing) {
  const auto demand =
      FindReplica<demand::event::v1::Demand>(txn, pairing.demand());
  return ReviewDeadline(demand ? demand->urgency() : type::v1::URGENCY_NORMAL,
                        txn.now());
}

void SetDeadline(Transaction& txn, absl::Time due, PairingRecord& record) {
  record.set_review_fence(record.review_fence() + 1);
  *record.mutable_review_time() = runtime::ToTimestamp(txn.now());
  *record.mutable_pairing()->mutable_review_deadline() =
      runtime::ToTimestamp(due);
  txn.SetTimer(TimerOf(record), due);
}

// A smaller number is a higher tier. Townships review nothing.
Tier FirstTier(const Reader& state, const Pairing& pairing) {
  const Tier lowest = TierAbove(pairing.region(), type::v1::TIER_TOWNSHIP);
  const Tier handling = HandlingTier(state, pairing.demand());
  return handling == type::v1::TIER_UNSPECIFIED ? lowest
                                                : std::min(lowest, handling);
}

// The dispatch remembers every step up the line, also of its review.
absl::Status RememberHop(Transaction& txn, const Pairing& pairing, Tier from) {
  auto record = DispatchOf(txn, pairing.demand());
  if (!record || record->dispatch().pairing() != pairing.name()) {
    return absl::OkStatus();
  }
  const std::string_view code = kReviewHop.reason_codes;
  event::v1::Hop& hop = *record->mutable_dispatch()->add_hops();
  hop.set_from(from);
  hop.set_to(pairing.review_tier());
  *hop.mutable_time() = runtime::ToTimestamp(txn.now());
  hop.set_reason_code(std::string(code));
  hop.set_detail("结对提议逾期未审核");
  for (std::string& asked : AskedAt(pairing.region(), pairing.review_tier())) {
    hop.add_asked(std::move(asked));
  }
  return Move(txn, *record, kReviewHop, code, hop.detail());
}

std::string RowKey(const Pairing& pairing) {
  return keys::One(keys::kReview,
                   runtime::keys::EncodeDue(TimeOf(pairing.review_deadline())))
      .append(pairing.name());
}

}  // namespace

void BeginReview(Transaction& txn, PairingRecord& record) {
  Pairing& pairing = *record.mutable_pairing();
  pairing.set_review_tier(FirstTier(txn, pairing));
  SetDeadline(txn, DueOf(txn, pairing), record);
}

void EndReview(Transaction& txn, PairingRecord& record) {
  txn.ClearTimer(TimerOf(record));
  record.clear_review_time();
  record.mutable_pairing()->clear_review_deadline();
  record.mutable_pairing()->clear_review_tier();
}

absl::Status OnReviewTimer(std::string_view rest, Transaction& txn) {
  const Fenced timer = ParseFenced(rest);
  std::optional<PairingRecord> record = Pairings::Find(txn, timer.name);
  if (!record || record->review_fence() != timer.fence ||
      !WaitsForReview(record->pairing().state())) {
    return absl::OkStatus();
  }
  Pairing& pairing = *record->mutable_pairing();
  // In whole seconds, as the times are kept: what is given back once is not
  // found again.
  const absl::Duration lost =
      absl::Trunc(LostBetween(txn, TimeOf(record->review_time()), txn.now()),
                  absl::Seconds(1));
  if (lost > absl::ZeroDuration()) {
    SetDeadline(txn, TimeOf(pairing.review_deadline()) + lost, *record);
    return Move(txn, *record, kExtendReview);
  }
  const Tier from = pairing.review_tier();
  const Tier to = TierAbove(pairing.region(), from);
  if (to == type::v1::TIER_UNSPECIFIED) {
    SetDeadline(txn, calendar::AddWorkingDays(txn.now(), 1), *record);
    return Move(txn, *record, kRemindReview);
  }
  pairing.set_review_tier(to);
  SetDeadline(txn, DueOf(txn, pairing), *record);
  RETURN_IF_ERROR(Move(txn, *record, kEscalateReview));
  return RememberHop(txn, pairing, from);
}

void VisitReviews(const Reader& state,
                  absl::FunctionRef<bool(std::string_view pairing)> visit) {
  constexpr size_t kPrefix = 1 + sizeof(int64_t);
  jiedui::store::ScanPrefix(state, std::string(1, keys::kReview),
                            [&](std::string_view key, std::string_view) {
                              return visit(key.substr(kPrefix));
                            });
}

void IndexReview(const std::optional<PairingRecord>& before,
                 const PairingRecord& after, jiedui::store::Overlay& state) {
  if (before && before->pairing().has_review_deadline()) {
    state.Delete(RowKey(before->pairing()));
  }
  if (after.pairing().has_review_deadline()) {
    state.Put(RowKey(after.pairing()), "");
  }
}

}  // namespace jiedui::matcher
