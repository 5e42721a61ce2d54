#include "services/matcher/app/dispatch.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/fenced_timer.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/domain/deadlines.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/tiers.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using event::v1::Dispatch;
using store::v1::DispatchRecord;
using store::v1::OfferRecord;
using store::v1::PairingRecord;
using type::v1::Tier;

constexpr int32_t kMostDeclines = 3;

bool Searches(const DispatchRecord& record) {
  const std::string& state = record.dispatch().state();
  return Step(kHop, "", state, "DEADLINE").ok();
}

std::string TimerOf(const DispatchRecord& record) {
  return FencedTimer(kTierTimer, record.dispatch().name(), record.tier_fence());
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds());
}

// From when the tier received the demand.
void SetTierDeadline(Transaction& txn, DispatchRecord& record) {
  txn.ClearTimer(TimerOf(record));
  Dispatch& dispatch = *record.mutable_dispatch();
  const absl::Time due = TierDeadline(dispatch.urgency(), dispatch.tier(),
                                      TimeOf(dispatch.tier_time()));
  *dispatch.mutable_tier_deadline() = runtime::ToTimestamp(due);
  record.set_given_back_seconds(0);
  record.set_tier_fence(record.tier_fence() + 1);
  txn.SetTimer(TimerOf(record), due);
}

// The tier has received the demand, and has its whole time.
void BeginTier(Transaction& txn, Tier tier, DispatchRecord& record) {
  Dispatch& dispatch = *record.mutable_dispatch();
  dispatch.set_tier(tier);
  *dispatch.mutable_tier_time() = runtime::ToTimestamp(txn.now());
  dispatch.set_declines(0);
  SetTierDeadline(txn, record);
}

// Whether a round may still decide for the demand.
bool MayBeSolved(const Reader& state, const Dispatch& dispatch) {
  const auto live = LivePairingOf(state, dispatch.demand());
  return !live || live->state() == kPropose.to;
}

void CopyDemand(const Demand& demand, Dispatch& dispatch) {
  dispatch.set_demand_title(demand.title());
  dispatch.set_region(demand.region());
  dispatch.set_urgency(demand.urgency());
}

// A demand whose search is under way has been changed.
absl::Status Revise(Transaction& txn, const Demand& demand,
                    DispatchRecord record) {
  Dispatch& dispatch = *record.mutable_dispatch();
  const Dispatch before = dispatch;
  CopyDemand(demand, dispatch);
  const bool moved = dispatch.region() != before.region();
  const bool hurries = dispatch.urgency() != before.urgency();
  if (!moved && !hurries && dispatch.demand_title() == before.demand_title()) {
    return absl::OkStatus();
  }
  if (Searches(record)) {
    const Tier own = TierOf(dispatch.region());
    if (own < dispatch.tier()) {  // the province is the least
      BeginTier(txn, own, record);
    } else if (hurries) {
      SetTierDeadline(txn, record);
    }
  }
  if (moved || hurries) record.set_dirty(MayBeSolved(txn, dispatch));
  return Move(txn, record, kRevise);
}

absl::Status Open(Transaction& txn, const Demand& demand) {
  DispatchRecord record =
      DispatchOf(txn, demand.name()).value_or(DispatchRecord());
  Dispatch& dispatch = *record.mutable_dispatch();
  if (Step(kRevise, "", dispatch.state()).ok()) {
    return Revise(txn, demand, std::move(record));
  }
  const bool serves = LivePairingOf(txn, demand.name()).has_value() ||
                      IsServed(txn, demand.name());
  if (serves || !Step(kOpenDispatch, "", dispatch.state()).ok()) {
    return absl::OkStatus();
  }
  dispatch.clear_pairing();
  dispatch.set_name(DispatchName(demand.name()));
  dispatch.set_demand(demand.name());
  CopyDemand(demand, dispatch);
  if (!dispatch.has_start_time()) {
    *dispatch.mutable_start_time() = demand.has_submit_time()
                                         ? demand.submit_time()
                                         : runtime::ToTimestamp(txn.now());
  }
  // One that is opened again goes on where it was.
  const Tier tier = dispatch.tier() == type::v1::TIER_UNSPECIFIED
                        ? TierOf(demand.region())
                        : dispatch.tier();
  BeginTier(txn, tier, record);
  // One that presses does not wait for the next round.
  record.set_dirty(IsUrgent(demand.urgency()));
  return Move(txn, record, kOpenDispatch);
}

absl::Status Close(Transaction& txn, DispatchRecord record) {
  txn.ClearTimer(TimerOf(record));
  record.set_dirty(false);
  record.mutable_dispatch()->clear_pairing();
  return Move(txn, record, kCloseDispatch);
}

bool IsLast(const Dispatch& dispatch) {
  return TierAbove(dispatch.region(), dispatch.tier()) ==
         type::v1::TIER_UNSPECIFIED;
}

// Whatever came of it is looked at again, unless a proposal or a hop follows in
// the same commit.
absl::Status Lose(Transaction& txn, DispatchRecord& record) {
  Dispatch& dispatch = *record.mutable_dispatch();
  const bool was_met = dispatch.state() == kMeet.to;
  dispatch.clear_pairing();
  record.set_dirty(true);
  if (was_met) {
    // The tier's time has gone on meanwhile; but above the last there is none
    // to go to, and it has not sought yet.
    const absl::Time due = TimeOf(dispatch.tier_deadline());
    if (IsLast(dispatch) && due <= txn.now()) {
      BeginTier(txn, dispatch.tier(), record);
    } else {
      txn.SetTimer(TimerOf(record), due);
    }
  }
  return Move(txn, record, kLosePairing);
}

absl::Status FollowPairing(const journal::v1::Fact& fact, Transaction& txn) {
  PairingRecord pairing;
  fact.record().UnpackTo(&pairing);
  const std::string& name = pairing.pairing().name();
  std::optional<DispatchRecord> record =
      DispatchOf(txn, pairing.pairing().demand());
  if (!record || record->dispatch().state() == kCloseDispatch.to) {
    return absl::OkStatus();
  }
  const std::string& to = fact.to_state();
  if (to == kPropose.to) {
    record->mutable_dispatch()->set_pairing(name);
    record->set_dirty(false);
    return Move(txn, *record, kProposeFor);
  }
  if (record->dispatch().pairing() != name) return absl::OkStatus();
  if (to == kOffer.to) return Move(txn, *record, kOfferFor);
  if (to == kAccept.to) {
    txn.ClearTimer(TimerOf(*record));
    return Move(txn, *record, kMeet);
  }
  if (Lives(fact.from_state()) && !Lives(to) && to != kComplete.to) {
    return Lose(txn, *record);
  }
  return absl::OkStatus();
}

// Only those whom the pairing stands on count: a talent who has no time is no
// reason to go to the city.
absl::Status FollowOffer(const journal::v1::Fact& fact, Transaction& txn) {
  OfferRecord offer;
  fact.record().UnpackTo(&offer);
  std::optional<DispatchRecord> record =
      DispatchOf(txn, offer.offer().demand());
  const auto pairing = Pairings::Find(txn, offer.offer().pairing());
  if (!record || !pairing || !Searches(*record) ||
      offer.offer().part() != AnchorOf(pairing->pairing())) {
    return absl::OkStatus();
  }
  Dispatch& dispatch = *record->mutable_dispatch();
  dispatch.set_declines(dispatch.declines() + 1);
  RETURN_IF_ERROR(Move(txn, *record, kCountDecline));
  if (dispatch.declines() < kMostDeclines) return absl::OkStatus();
  return Hop(
      txn, *record,
      {"DECLINES", absl::StrCat(dispatch.declines(), " 次谢绝或未答复"), {}});
}

}  // namespace

std::string DispatchName(std::string_view demand) {
  return absl::StrCat("dispatches/",
                      std::string(demand.substr(demand.find('/') + 1)));
}

std::optional<DispatchRecord> DispatchOf(const Reader& state,
                                         std::string_view demand) {
  return Dispatches::Find(state, DispatchName(demand));
}

uint64_t DispatchVersion(const Reader& state, std::string_view demand) {
  const auto record = DispatchOf(state, demand);
  return record ? record->version() : 0;
}

Tier HandlingTier(const Reader& state, std::string_view demand) {
  const auto record = DispatchOf(state, demand);
  return record ? record->dispatch().tier() : type::v1::TIER_UNSPECIFIED;
}

absl::Status HearOfDemand(Transaction& txn, const Demand& demand) {
  if (demand.state() == "OPEN") return Open(txn, demand);
  if (!EndsPairing(demand.state())) return absl::OkStatus();
  std::optional<DispatchRecord> record = DispatchOf(txn, demand.name());
  if (!record || record->dispatch().state() == kCloseDispatch.to) {
    return absl::OkStatus();
  }
  return Close(txn, *std::move(record));
}

absl::Status FollowSearch(const journal::v1::Fact& fact, Transaction& txn) {
  if (Pairings::Owns(fact) && fact.from_state() != fact.to_state()) {
    return FollowPairing(fact, txn);
  }
  if (Offers::Owns(fact) &&
      (fact.verb() == kDeclineOffer.name || fact.verb() == kExpireOffer.name)) {
    return FollowOffer(fact, txn);
  }
  return absl::OkStatus();
}

absl::Status Hop(Transaction& txn, DispatchRecord& record,
                 const HopReason& why) {
  if (!Searches(record)) return absl::OkStatus();
  Dispatch& dispatch = *record.mutable_dispatch();
  // Whoever is proposed or asked at the end of the line may still come; when
  // that falls, the search goes on from there.
  if (IsLast(dispatch) && !dispatch.pairing().empty()) return absl::OkStatus();
  const Tier from = dispatch.tier();
  const Tier to = TierAbove(dispatch.region(), from);
  event::v1::Hop& hop = *dispatch.add_hops();
  hop.set_from(from);
  hop.set_to(to);
  *hop.mutable_time() = runtime::ToTimestamp(txn.now());
  hop.set_reason_code(std::string(why.code));
  hop.set_detail(why.detail);
  hop.set_gap_reason(why.lacked.gap_reason());
  if (why.lacked.has_best_excluded()) {
    *hop.mutable_best_excluded() = why.lacked.best_excluded();
  }
  if (to == type::v1::TIER_UNSPECIFIED) {
    txn.ClearTimer(TimerOf(record));
    // A search that is still to come may yet find somebody.
    if (why.code == "NO_CANDIDATE") record.set_dirty(false);
    return Move(txn, record, kGap, why.code, why.detail);
  }
  for (std::string& asked : AskedAt(dispatch.region(), to)) {
    hop.add_asked(std::move(asked));
  }
  BeginTier(txn, to, record);
  record.set_dirty(MayBeSolved(txn, dispatch));
  return Move(txn, record, kHop, why.code, why.detail);
}

absl::Status SeekAgain(Transaction& txn, const std::string& name) {
  ASSIGN_OR_RETURN(DispatchRecord record, Dispatches::Require(txn, name));
  if (record.dirty()) return absl::OkStatus();
  record.set_dirty(true);
  return Move(txn, record, kSeekAgain);
}

absl::Status OnTierTimer(std::string_view rest, Transaction& txn) {
  const Fenced timer = ParseFenced(rest);
  std::optional<DispatchRecord> record = Dispatches::Find(txn, timer.name);
  if (!record || record->tier_fence() != timer.fence || !Searches(*record)) {
    return absl::OkStatus();
  }
  Dispatch& dispatch = *record->mutable_dispatch();
  const absl::Duration lost =
      absl::Trunc(LostBetween(txn, TimeOf(dispatch.tier_time()), txn.now()),
                  absl::Seconds(1)) -
      absl::Seconds(record->given_back_seconds());
  if (lost <= absl::ZeroDuration()) {
    return Hop(txn, *record, {"DEADLINE", "本级期限已到", {}});
  }
  const absl::Time due = TimeOf(dispatch.tier_deadline()) + lost;
  *dispatch.mutable_tier_deadline() = runtime::ToTimestamp(due);
  record->set_given_back_seconds(record->given_back_seconds() +
                                 absl::ToInt64Seconds(lost));
  txn.SetTimer(TimerOf(*record), due);
  return Move(txn, *record, kExtendTier);
}

std::vector<std::string> DirtyDemands(const Reader& state) {
  std::vector<std::string> demands;
  jiedui::store::ScanPrefix(state, std::string(1, keys::kDirty),
                            [&](std::string_view key, std::string_view) {
                              demands.emplace_back(key.substr(1));
                              return true;
                            });
  return demands;
}

void IndexDispatch(const std::optional<DispatchRecord>& before,
                   const DispatchRecord& after, jiedui::store::Overlay& state) {
  const std::string key = keys::One(keys::kDirty, after.dispatch().demand());
  if (after.dirty()) {
    state.Put(key, absl::StrCat(after.version()));
  } else if (before && before->dirty()) {
    state.Delete(key);
  }
}

}  // namespace jiedui::matcher
