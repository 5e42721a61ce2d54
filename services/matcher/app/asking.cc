#include "services/matcher/app/asking.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/exclusions.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/ledger.h"
#include "services/matcher/app/offers.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/deadlines.h"
#include "services/matcher/domain/seats.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using store::v1::Hold;
using store::v1::OfferRecord;
using store::v1::PairingRecord;
using store::v1::Seat;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

constexpr int kInParallel = 3;

struct Candidate {
  std::string resource;
  std::string addressee;
  int rank = 0;
};

absl::Status NobodyToInvite(const std::string& pairing) {
  return base::MakeError(
      base::Reason::kNotEligible,
      {{"resource", pairing}, {"constraints", "NOBODY_TO_INVITE"}});
}

bool Covers(const OfferRecord& offer, int place) {
  const auto& seats = offer.seats();
  return std::find(seats.begin(), seats.end(), place) != seats.end();
}

// Whatever the offer would bring to any seat, not only to its first.
bool Holds(const OfferRecord& offer, std::string_view resource) {
  return std::any_of(
      offer.holds().begin(), offer.holds().end(),
      [&](const store::v1::Hold& hold) { return hold.resource() == resource; });
}

bool IsPending(const OfferRecord& offer) {
  return offer.offer().state() == kSendOffer.to;
}

class Asker {
 public:
  Asker(Transaction& txn, PairingRecord& pairing)
      : txn_(txn),
        pairing_(pairing),
        demand_(FindReplica<Demand>(txn, pairing.pairing().demand())),
        offers_(OffersOfAttempt(txn, pairing)) {}

  absl::Status AskTheChosen() {
    const int anchor = AnchorSeat(pairing_);
    if (anchor < 0) return NobodyToInvite(pairing_.pairing().name());
    for (int place = 0; place < pairing_.seats_size(); ++place) {
      if (PendingFor(place) > 0) continue;  // a leader, asked as the expert
      const Candidate chosen = CandidateAt(place, 0);
      if (!chosen.addressee.empty()) {
        RETURN_IF_ERROR(MayAsk(chosen.addressee));
        RETURN_IF_ERROR(Send(chosen, place));
      } else if (place == anchor) {
        return NobodyToInvite(pairing_.pairing().name());
      } else {
        RETURN_IF_ERROR(BringAlong(chosen, place));
      }
    }
    return AskTheNext();
  }

  absl::Status AskTheNext() {
    for (int place = 0; place < pairing_.seats_size(); ++place) {
      if (pairing_.seats(place).state() != kSeatAsking) continue;
      while (PendingFor(place) < Width(place)) {
        const std::optional<Candidate> next = NextFor(place);
        if (!next) break;
        RETURN_IF_ERROR(Send(*next, place));
      }
      // The leader of a team, asked as the expert, gave way to another and
      // may not be asked once more.
      if (!IsAsked(place)) Empty(pairing_, place);
      if (PendingFor(place) == 0) {
        pairing_.mutable_seats(place)->set_state(std::string(kSeatGap));
      }
    }
    ShowSeats(pairing_);
    return absl::OkStatus();
  }

 private:
  const std::string& DemandName() const { return pairing_.pairing().demand(); }

  type::v1::Urgency Urgency() const {
    return demand_ ? demand_->urgency() : type::v1::URGENCY_NORMAL;
  }

  int Width(int place) const {
    return place == AnchorSeat(pairing_) && IsUrgent(Urgency()) ? kInParallel
                                                                : 1;
  }

  int PendingFor(int place) const {
    return static_cast<int>(std::count_if(
        offers_.begin(), offers_.end(), [place](const OfferRecord& offer) {
          return IsPending(offer) && Covers(offer, place);
        }));
  }

  // Whether whoever is in the seat may still answer.
  bool IsAsked(int place) const {
    const Seat& seat = pairing_.seats(place);
    return std::any_of(offers_.begin(), offers_.end(),
                       [&](const OfferRecord& offer) {
                         return IsPending(offer) && Covers(offer, place) &&
                                BroughtTo(seat, offer) == seat.resource();
                       });
  }

  Candidate CandidateAt(int place, int rank) const {
    const std::string& resource = pairing_.seats(place).candidates(rank);
    return {resource, AddresseeOf(txn_, resource), rank};
  }

  // One whose offer gave way for another seat may be asked for this one again.
  bool WasAsked(int place, const std::string& addressee) const {
    return std::any_of(
        offers_.begin(), offers_.end(), [&](const OfferRecord& offer) {
          return Covers(offer, place) &&
                 offer.offer().addressee() == addressee &&
                 offer.offer().reason_code() != kGiveWay.reason_codes;
        });
  }

  // Whether it is, or may yet be, in another seat.
  bool IsElsewhere(int place, const std::string& resource) const {
    for (int other = 0; other < pairing_.seats_size(); ++other) {
      if (other != place && pairing_.seats(other).resource() == resource) {
        return true;
      }
    }
    return std::any_of(offers_.begin(), offers_.end(),
                       [&](const OfferRecord& offer) {
                         return (IsPending(offer) ||
                                 offer.offer().state() == kAcceptOffer.to) &&
                                Holds(offer, resource);
                       });
  }

  absl::Status MayAsk(const std::string& addressee) const {
    const Invited invited =
        InvitationsOf(txn_, addressee, base::ChinaDay(txn_.now()));
    if (invited.left() > 0) return absl::OkStatus();
    return base::MakeError(base::Reason::kInvitationBudget,
                           {{"resource", addressee},
                            {"outstanding", absl::StrCat(invited.outstanding)},
                            {"sent", absl::StrCat(invited.sent)}});
  }

  bool Suits(int place, const Candidate& candidate) const {
    const auto capacity = CapacityOf(txn_, candidate.resource);
    return !candidate.addressee.empty() && capacity.ok() &&
           BookingsOf(txn_, candidate.resource) < *capacity &&
           !WasAsked(place, candidate.addressee) &&
           !IsElsewhere(place, candidate.resource) &&
           !IsExcluded(txn_, DemandName(), candidate.resource) &&
           !IsExcluded(txn_, DemandName(), candidate.addressee) &&
           MayAsk(candidate.addressee).ok();
  }

  std::optional<Candidate> NextFor(int place) const {
    const Seat& seat = pairing_.seats(place);
    for (int rank = 0; rank < seat.candidates_size(); ++rank) {
      Candidate candidate = CandidateAt(place, rank);
      if (Suits(place, candidate)) return candidate;
    }
    return std::nullopt;
  }

  // A team that nobody leads is booked without being asked.
  absl::Status BringAlong(const Candidate& team, int place) {
    ASSIGN_OR_RETURN(Hold hold, Reserve(txn_, team.resource,
                                        pairing_.pairing().name(), kFirm));
    *pairing_.add_holds() = std::move(hold);
    pairing_.mutable_seats(place)->set_state(std::string(kSeatTaken));
    return absl::OkStatus();
  }

  absl::Status Take(const std::string& resource, int place,
                    OfferRecord& record) {
    ASSIGN_OR_RETURN(Hold hold,
                     Reserve(txn_, resource, pairing_.pairing().name(), kHeld));
    *record.add_holds() = std::move(hold);
    record.add_seats(place);
    return absl::OkStatus();
  }

  // The other seats whose turn it is with the same addressee: the team that
  // the expert leads.
  absl::Status TakeAlong(const Candidate& candidate, int place,
                         OfferRecord& record) {
    for (int other = 0; other < pairing_.seats_size(); ++other) {
      if (other == place || PendingFor(other) > 0 ||
          pairing_.seats(other).state() != kSeatAsking) {
        continue;
      }
      const std::optional<Candidate> next = NextFor(other);
      if (!next || next->addressee != candidate.addressee ||
          next->resource == candidate.resource) {
        continue;
      }
      RETURN_IF_ERROR(Take(next->resource, other, record));
    }
    return absl::OkStatus();
  }

  absl::Status Send(const Candidate& candidate, int place) {
    OfferRecord record;
    RETURN_IF_ERROR(Take(candidate.resource, place, record));
    RETURN_IF_ERROR(TakeAlong(candidate, place, record));
    Offers::Number(txn_, record);
    record.set_attempt(pairing_.attempt());
    const Seat& seat = pairing_.seats(place);
    event::v1::Offer& offer = *record.mutable_offer();
    offer.set_pairing(pairing_.pairing().name());
    offer.set_demand(DemandName());
    offer.set_part(seat.part());
    offer.set_seat(seat.index());
    offer.set_rank(candidate.rank);
    offer.set_resource(candidate.resource);
    offer.set_addressee(candidate.addressee);
    const auto person = FindReplica<Volunteer>(txn_, candidate.addressee);
    if (person) offer.set_addressee_name(person->display_name());
    if (demand_) offer.set_headline(Headline(*demand_));
    const absl::Time due = OfferDeadline(Urgency(), txn_.now());
    *offer.mutable_expire_time() = runtime::ToTimestamp(due);
    RETURN_IF_ERROR(Move(txn_, record, kSendOffer));
    txn_.SetTimer(OfferTimer(record), due);
    offers_.push_back(std::move(record));
    return absl::OkStatus();
  }

  Transaction& txn_;
  PairingRecord& pairing_;
  const std::optional<Demand> demand_;
  std::vector<OfferRecord> offers_;
};

}  // namespace

std::string AddresseeOf(const Reader& state, std::string_view resource) {
  if (!resource.starts_with(kTeams)) return std::string(resource);
  const auto team = FindReplica<Team>(state, resource);
  return team ? team->leader() : "";
}

std::vector<OfferRecord> OffersOfAttempt(const Reader& state,
                                         const PairingRecord& pairing) {
  std::vector<OfferRecord> offers;
  for (const std::string& name : OffersOf(state, pairing.pairing().name())) {
    std::optional<OfferRecord> record = Offers::Find(state, name);
    if (record && record->attempt() == pairing.attempt()) {
      offers.push_back(*std::move(record));
    }
  }
  return offers;
}

absl::Status AskTheChosen(Transaction& txn, PairingRecord& pairing) {
  return Asker(txn, pairing).AskTheChosen();
}

absl::Status AskTheNext(Transaction& txn, PairingRecord& pairing) {
  return Asker(txn, pairing).AskTheNext();
}

}  // namespace jiedui::matcher
