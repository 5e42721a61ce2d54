#include "services/matcher/app/offers.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/exclusions.h"
#include "services/matcher/app/fenced_timer.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/app/rescore.h"
#include "services/matcher/domain/seats.h"

namespace jiedui::matcher {
namespace {

using engine::ExclusionReason;
using store::v1::Hold;
using store::v1::OfferRecord;
using store::v1::PairingRecord;
using store::v1::Seat;

// Nobody who said no, or nothing, is asked for the demand again: neither the
// person nor the team the person would have led.
void ExcludeAll(Transaction& txn, const OfferRecord& record,
                ExclusionReason reason) {
  const event::v1::Offer& offer = record.offer();
  Exclude(txn, offer.demand(), offer.addressee(), reason);
  for (const Hold& hold : record.holds()) {
    if (hold.resource() != offer.addressee()) {
      Exclude(txn, offer.demand(), hold.resource(), reason);
    }
  }
}

void ReleaseHolds(Transaction& txn, const OfferRecord& record) {
  for (const Hold& hold : record.holds()) {
    Release(txn, record.offer().pairing(), hold);
  }
}

auto GapsIn(const PairingRecord& record) {
  return std::count_if(
      record.seats().begin(), record.seats().end(),
      [](const Seat& seat) { return seat.state() == kSeatGap; });
}

// What was lost of the time to answer, and has not been given back yet.
absl::Duration LostSince(const Transaction& txn, const OfferRecord& record) {
  const absl::Time sent =
      absl::FromUnixSeconds(record.offer().create_time().seconds());
  return absl::Trunc(LostBetween(txn, sent, txn.now()), absl::Seconds(1)) -
         absl::Seconds(record.given_back_seconds());
}

absl::Status Extend(Transaction& txn, OfferRecord& record,
                    absl::Duration lost) {
  event::v1::Offer& offer = *record.mutable_offer();
  const absl::Time due =
      absl::FromUnixSeconds(offer.expire_time().seconds()) + lost;
  *offer.mutable_expire_time() = runtime::ToTimestamp(due);
  record.set_given_back_seconds(record.given_back_seconds() +
                                absl::ToInt64Seconds(lost));
  RETURN_IF_ERROR(Move(txn, record, kExtendOffer));
  txn.SetTimer(OfferTimer(record), due);
  return absl::OkStatus();
}

absl::Status Fall(Transaction& txn, PairingRecord& record,
                  std::string_view reason_code, std::string_view note) {
  RETURN_IF_ERROR(Move(txn, record, kDecline, reason_code, note));
  return WithdrawOffers(txn, record, "PAIRING_DECLINED");
}

// The offer has ended without an acceptance that stands: its capacity is free,
// and the next in line is asked.
absl::Status GoOnWithout(Transaction& txn, const OfferRecord& offer,
                         std::string_view reason_code, std::string_view note) {
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::Require(txn, offer.offer().pairing()));
  ReleaseHolds(txn, offer);
  const std::string before = record.SerializeAsString();
  const auto gaps = GapsIn(record);
  Vacate(record, offer);
  RETURN_IF_ERROR(AskTheNext(txn, record));
  if (record.seats(AnchorSeat(record)).state() == kSeatGap) {
    return Fall(txn, record, reason_code, note);
  }
  if (record.SerializeAsString() == before) return absl::OkStatus();
  return Move(txn, record, GapsIn(record) > gaps ? kLosePart : kAskNext);
}

// Everybody else who was asked for the seat is told that it has gone.
absl::Status LetGiveWay(Transaction& txn, const PairingRecord& record,
                        int place) {
  for (OfferRecord& other : OffersOfAttempt(txn, record)) {
    const auto& seats = other.seats();
    if (other.offer().state() != kSendOffer.to ||
        std::find(seats.begin(), seats.end(), place) == seats.end()) {
      continue;
    }
    ReleaseHolds(txn, other);
    RETURN_IF_ERROR(Move(txn, other, kGiveWay, kGiveWay.reason_codes));
  }
  return absl::OkStatus();
}

absl::Status Sit(Transaction& txn, const engine::Policy& policy,
                 const OfferRecord& offer, int place, PairingRecord& record) {
  Seat& seat = *record.mutable_seats(place);
  const std::string resource = BroughtTo(seat, offer);
  if (seat.resource() != resource) {
    Replace(txn, policy, {seat.part(), seat.resource(), resource},
            *record.mutable_pairing());
    seat.set_resource(resource);
  }
  seat.set_state(std::string(kSeatTaken));
  return LetGiveWay(txn, record, place);
}

}  // namespace

absl::StatusOr<OfferRecord> AcceptOffer(Transaction& txn,
                                        const engine::Policy& policy,
                                        const Ask& ask) {
  ASSIGN_OR_RETURN(OfferRecord offer,
                   Offers::RequireCurrent(txn, ask.name, ask.etag));
  if (offer.offer().reason_code() == kGiveWay.reason_codes) {
    return base::MakeError(base::Reason::kSeatTaken,
                           {{"resource", offer.offer().name()}});
  }
  *offer.mutable_offer()->mutable_answer_time() =
      runtime::ToTimestamp(txn.now());
  RETURN_IF_ERROR(Move(txn, offer, kAcceptOffer, "", ask.note));
  for (const Hold& hold : offer.holds()) {
    if (!Confirm(txn, offer.offer().pairing(), hold)) {
      return base::MakeError(
          base::Reason::kInternal,
          {{"detail", absl::StrCat(offer.offer().name(), " holds nothing of ",
                                   hold.resource())}});
    }
  }
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::Require(txn, offer.offer().pairing()));
  const auto gaps = GapsIn(record);
  bool anchored = false;
  for (int place : offer.seats()) {
    RETURN_IF_ERROR(Sit(txn, policy, offer, place, record));
    anchored |= place == AnchorSeat(record);
  }
  RETURN_IF_ERROR(AskTheNext(txn, record));
  RETURN_IF_ERROR(Move(txn, record, anchored ? kAccept : kTakeSeat));
  if (GapsIn(record) > gaps) RETURN_IF_ERROR(Move(txn, record, kLosePart));
  return offer;
}

absl::StatusOr<OfferRecord> DeclineOffer(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(OfferRecord offer,
                   Offers::RequireCurrent(txn, ask.name, ask.etag));
  *offer.mutable_offer()->mutable_answer_time() =
      runtime::ToTimestamp(txn.now());
  RETURN_IF_ERROR(Move(txn, offer, kDeclineOffer, ask.reason_code, ask.note));
  ExcludeAll(txn, offer, ExclusionReason::kDeclined);
  RETURN_IF_ERROR(GoOnWithout(txn, offer, ask.reason_code, ask.note));
  return offer;
}

absl::StatusOr<OfferRecord> RecallOffer(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(OfferRecord offer,
                   Offers::RequireCurrent(txn, ask.name, ask.etag));
  ASSIGN_OR_RETURN(PairingRecord record,
                   Pairings::Require(txn, offer.offer().pairing()));
  const Pairing& pairing = record.pairing();
  RETURN_IF_ERROR(Step(kAskNext, pairing.name(), pairing.state()).status());
  const bool had_accepted = offer.offer().state() == kAcceptOffer.to;
  RETURN_IF_ERROR(Move(txn, offer, kRecallOffer, ask.reason_code, ask.note));
  ExcludeAll(txn, offer, ExclusionReason::kCoordinator);
  const int anchor = AnchorSeat(record);
  const auto& seats = offer.seats();
  if (had_accepted &&
      std::find(seats.begin(), seats.end(), anchor) != seats.end()) {
    RETURN_IF_ERROR(Fall(txn, record, ask.reason_code, ask.note));
  } else {
    RETURN_IF_ERROR(GoOnWithout(txn, offer, ask.reason_code, ask.note));
  }
  return offer;
}

std::string OfferTimer(const OfferRecord& record) {
  return FencedTimer(kOfferTimer, record.offer().name(), record.version());
}

absl::Status OnOfferTimer(std::string_view rest, Transaction& txn) {
  const Fenced timer = ParseFenced(rest);
  std::optional<OfferRecord> offer = Offers::Find(txn, timer.name);
  if (!offer || offer->version() != timer.fence ||
      offer->offer().state() != kSendOffer.to) {
    return absl::OkStatus();
  }
  if (const absl::Duration lost = LostSince(txn, *offer);
      lost > absl::ZeroDuration()) {
    return Extend(txn, *offer, lost);
  }
  RETURN_IF_ERROR(Move(txn, *offer, kExpireOffer));
  ExcludeAll(txn, *offer, ExclusionReason::kTimedOut);
  return GoOnWithout(txn, *offer, "TIMEOUT", "");
}

absl::Status WithdrawOffers(Transaction& txn, const PairingRecord& pairing,
                            std::string_view reason_code, bool unanswered) {
  for (OfferRecord& record : OffersOfAttempt(txn, pairing)) {
    const std::string& state = record.offer().state();
    if (state != kSendOffer.to && (unanswered || state != kAcceptOffer.to)) {
      continue;
    }
    RETURN_IF_ERROR(Move(txn, record, kWithdrawOffer, reason_code));
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher
