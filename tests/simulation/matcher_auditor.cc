#include "tests/simulation/matcher_auditor.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/outages.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/seats.h"

namespace jiedui::simulation {
namespace {

using google::protobuf::util::TimeUtil;
using matcher::store::v1::BookingRecord;
using matcher::store::v1::DispatchRecord;
using matcher::store::v1::OfferRecord;
using matcher::store::v1::PairingRecord;

constexpr size_t kMostOutstanding = 2;
constexpr ptrdiff_t kMostSent = 4;
constexpr int kBudgetDays = 30;

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

std::string Booking(const std::string& resource, const std::string& holder) {
  return absl::StrCat(resource, " for ", holder);
}

}  // namespace

void SeatAuditor::See(const PairingRecord& record) {
  const matcher::Pairing& pairing = record.pairing();
  std::set<std::string>& live = live_[pairing.demand()];
  if (matcher::Lives(pairing.state())) {
    live.insert(pairing.name());
  } else {
    live.erase(pairing.name());
  }
  if (live.size() > 1) {
    verdict_->Fail("I3", absl::StrCat(pairing.demand(), " has two pairings"));
  }
  std::set<std::string> roles;
  for (const type::v1::Part& part : pairing.parts()) {
    if (part.kind() != type::v1::PART_KIND_TALENTS && part.choices_size() > 1) {
      verdict_->Fail("I3", absl::StrCat("two in one part of ", pairing.name()));
    }
    for (const type::v1::Choice& choice : part.choices()) {
      if (!roles.insert(choice.resource()).second) {
        verdict_->Fail("I3", absl::StrCat(choice.resource(), " is twice in ",
                                          pairing.name()));
      }
    }
  }
}

void SeatAuditor::See(const OfferRecord& record) {
  const matcher::event::v1::Offer& offer = record.offer();
  for (const int place : record.seats()) {
    const std::string seat = absl::StrCat(offer.pairing(), ", attempt ",
                                          record.attempt(), ", seat ", place);
    std::set<std::string>& accepted = accepted_[seat];
    if (offer.state() == "ACCEPTED") {
      accepted.insert(offer.name());
    } else {
      accepted.erase(offer.name());
    }
    if (accepted.size() > 1) {
      verdict_->Fail("I3", absl::StrCat("two have accepted ", seat));
    }
  }
}

void LedgerAuditor::See(const journal::v1::Fact& fact,
                        const BookingRecord& record,
                        const store::Reader& rows) {
  const std::string what = Booking(record.resource(), record.holder());
  uint64_t& fence = fences_[what];
  const bool reserved = fact.verb() == "reserve";
  if (reserved ? record.fence() <= fence : record.fence() != fence) {
    verdict_->Fail("I8", absl::StrCat(fact.verb(), " ", what, " by ",
                                      record.fence(), " after ", fence));
  }
  fence = record.fence();
  if (!reserved) return;
  const auto capacity = matcher::CapacityOf(rows, record.resource());
  const int32_t used = matcher::BookingsOf(rows, record.resource());
  if (!capacity.ok() || used > *capacity) {
    verdict_->Fail("I4", absl::StrCat(what, " is booked beyond capacity, ",
                                      used, " times"));
  }
}

void LedgerAuditor::See(const PairingRecord& record) {
  const std::string& name = record.pairing().name();
  std::set<std::string>& owed = owed_[name];
  owed.clear();
  for (const auto& seat : record.seats()) {
    if (seat.state() != matcher::kSeatTaken) continue;
    owed.insert(Booking(seat.resource(), name));
  }
  for (const auto& hold : record.holds()) {
    owed.insert(Booking(hold.resource(), name));
  }
}

void LedgerAuditor::See(const OfferRecord& record) {
  const matcher::event::v1::Offer& offer = record.offer();
  owed_.erase(offer.name());
  for (const auto& hold : record.holds()) {
    if (offer.state() != "PENDING") continue;
    owed_[offer.name()].insert(Booking(hold.resource(), offer.pairing()));
  }
  std::set<std::string>& pending = pending_[offer.addressee()];
  if (offer.state() != "PENDING") {
    pending.erase(offer.name());
    return;
  }
  if (!pending.insert(offer.name()).second) return;
  const absl::CivilDay today = base::ChinaDay(TimeOf(offer.create_time()));
  std::multiset<absl::CivilDay>& sent = sent_[offer.addressee()];
  sent.insert(today);
  const ptrdiff_t lately = std::distance(
      sent.lower_bound(today - kBudgetDays + 1), sent.upper_bound(today));
  if (pending.size() > kMostOutstanding || lately > kMostSent) {
    verdict_->Fail(
        "I4", absl::StrCat(offer.addressee(), " is asked for ", pending.size(),
                           " things, ", lately, " in 30 days"));
  }
}

void LedgerAuditor::Check(const std::vector<PairingRecord>& pairings,
                          const store::Reader& rows) {
  std::set<std::string> booked;
  matcher::VisitLedger(rows, [&](const BookingRecord& record) {
    const Thing* holder = catalog_->Find(record.holder());
    if (holder == nullptr || !matcher::Books(holder->state)) {
      verdict_->Fail("I9",
                     absl::StrCat(record.resource(), " is still booked for ",
                                  record.holder()));
    }
    const std::string booking = Booking(record.resource(), record.holder());
    if (!IsOwed(booking)) {
      verdict_->Fail("I9", absl::StrCat(booking, " is booked for nothing"));
    }
    booked.insert(booking);
  });
  for (const PairingRecord& record : pairings) {
    const std::string& name = record.pairing().name();
    if (!matcher::Books(record.pairing().state())) continue;
    if (catalog_->Find(name)->version != record.version()) continue;
    for (const auto& seat : record.seats()) {
      if (seat.state() == matcher::kSeatTaken &&
          !booked.contains(Booking(seat.resource(), name))) {
        verdict_->Fail("I4", absl::StrCat(seat.resource(), " has a seat of ",
                                          name, " and is not booked"));
      }
    }
  }
}

bool LedgerAuditor::IsOwed(const std::string& booking) const {
  return std::any_of(owed_.begin(), owed_.end(), [&](const auto& owed) {
    return owed.second.contains(booking);
  });
}

void TimeAuditor::See(const journal::v1::Fact& fact,
                      const OfferRecord& record) {
  const matcher::event::v1::Offer& offer = record.offer();
  if (fact.verb() == matcher::kSendOffer.name) {
    given_[offer.name()] = {time_->True(), TimeOf(offer.expire_time()) -
                                               TimeOf(offer.create_time())};
  } else if (fact.verb() == matcher::kExpireOffer.name) {
    CheckOver(offer.name());
  }
}

void TimeAuditor::See(const journal::v1::Fact& fact,
                      const DispatchRecord& record) {
  const matcher::event::v1::Dispatch& dispatch = record.dispatch();
  const bool moved =
      fact.verb() == matcher::kHop.name || fact.verb() == matcher::kGap.name;
  if (moved && fact.reason_code() == "DEADLINE") CheckOver(dispatch.name());
  Given& given = given_[dispatch.name()];
  if (given.fence == record.tier_fence()) return;
  given.fence = record.tier_fence();
  const absl::Time received = TimeOf(dispatch.tier_time());
  // Else the demand hurries by now, or no longer.
  if (received == TimeOf(dispatch.update_time())) given.since = time_->True();
  given.time = TimeOf(dispatch.tier_deadline()) - received;
}

void TimeAuditor::See(const journal::v1::Fact& fact,
                      const PairingRecord& record) {
  const matcher::Pairing& pairing = record.pairing();
  if (fact.verb() == matcher::kEscalateReview.name) CheckOver(pairing.name());
  if (fact.verb() == matcher::kEscalateReview.name ||
      fact.verb() == matcher::kPropose.name) {
    given_[pairing.name()] = {time_->True(), TimeOf(pairing.review_deadline()) -
                                                 TimeOf(pairing.update_time())};
  }
}

// The clock may be drawn by a hundredth towards a wrong wall. A service that is
// away for less than counts as an outage does not know of it, and may be so
// once or twice.
void TimeAuditor::CheckOver(const std::string& name) {
  const Given& given = given_[name];
  const absl::Duration had = time_->True() - given.since;
  const absl::Duration unnoticed =
      2 * (matcher::kSignOfLifeEvery + matcher::kOutageFrom);
  if (had < given.time * 0.98 - unnoticed) {
    verdict_->Fail("I12", absl::StrCat(name, " was given ",
                                       absl::FormatDuration(given.time),
                                       " and had ", absl::FormatDuration(had)));
  }
}

void MatcherAuditor::Look(const journal::v1::Entry& entry,
                          const store::Reader& rows) {
  std::vector<PairingRecord> pairings;
  bool changed = false;  // bookings, or what they are for
  for (const journal::v1::Fact& fact : entry.facts()) {
    PairingRecord pairing;
    OfferRecord offer;
    DispatchRecord dispatch;
    BookingRecord booking;
    matcher::store::v1::VisitRecord visit;
    matcher::store::v1::ServiceRecordRecord stay;
    if (fact.record().UnpackTo(&pairing)) {
      seats_.See(pairing);
      ledger_.See(pairing);
      times_.See(fact, pairing);
      serving_.See(pairing, rows);
      changed = true;
      pairings.push_back(std::move(pairing));
    } else if (fact.record().UnpackTo(&offer)) {
      seats_.See(offer);
      ledger_.See(offer);
      times_.See(fact, offer);
      changed = true;
    } else if (fact.record().UnpackTo(&dispatch)) {
      times_.See(fact, dispatch);
    } else if (fact.record().UnpackTo(&booking)) {
      ledger_.See(fact, booking, rows);
      changed = true;
    } else if (fact.record().UnpackTo(&visit)) {
      calendar_.See(visit);
    } else if (fact.record().UnpackTo(&stay)) {
      calendar_.See(stay);
      serving_.See(fact, stay, rows);
    }
  }
  calendar_.Check(rows);
  if (changed) ledger_.Check(pairings, rows);
}

}  // namespace jiedui::simulation
