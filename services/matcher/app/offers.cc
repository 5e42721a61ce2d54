#include "services/matcher/app/offers.h"

#include <set>
#include <utility>
#include <vector>

#include "common/base/status_macros.h"
#include "services/matcher/app/exclusions.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using store::v1::OfferRecord;
using store::v1::PairingRecord;
using type::v1::PartKind;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

struct Invitation {
  PartKind part;
  std::string resource;
  std::string addressee;  // empty: a team without leader
};

std::vector<Invitation> InvitationsOf(const Reader& state,
                                      const Pairing& pairing) {
  std::vector<Invitation> list;
  for (PartKind kind : {type::v1::PART_KIND_EXPERT, type::v1::PART_KIND_TEAM,
                        type::v1::PART_KIND_TALENTS}) {
    for (const type::v1::Choice& choice : PartOf(pairing, kind).choices()) {
      Invitation invitation{kind, choice.resource(), choice.resource()};
      if (kind == type::v1::PART_KIND_TEAM) {
        const auto team = FindReplica<Team>(state, choice.resource());
        invitation.addressee = team ? team->leader() : "";
      }
      list.push_back(std::move(invitation));
    }
  }
  return list;
}

absl::Status Send(Transaction& txn, const Pairing& pairing,
                  const Invitation& invitation) {
  OfferRecord record;
  Offers::Number(txn, record);
  event::v1::Offer& offer = *record.mutable_offer();
  offer.set_pairing(pairing.name());
  offer.set_demand(pairing.demand());
  offer.set_part(invitation.part);
  offer.set_resource(invitation.resource);
  offer.set_addressee(invitation.addressee);
  const auto person = FindReplica<Volunteer>(txn, invitation.addressee);
  if (person) offer.set_addressee_name(person->display_name());
  const auto demand =
      FindReplica<demand::event::v1::Demand>(txn, pairing.demand());
  if (demand) offer.set_headline(Headline(*demand));
  return Move(txn, record, kSendOffer);
}

// The answer, with the pairing it belongs to.
struct Answer {
  OfferRecord offer;
  PairingRecord pairing;
  bool anchor = false;
};

absl::StatusOr<Answer> Reply(Transaction& txn, const Ask& ask,
                             const Verb& verb) {
  Answer answer;
  ASSIGN_OR_RETURN(answer.offer,
                   Offers::RequireCurrent(txn, ask.name, ask.etag));
  *answer.offer.mutable_offer()->mutable_answer_time() =
      runtime::ToTimestamp(txn.now());
  RETURN_IF_ERROR(Move(txn, answer.offer, verb, ask.reason_code, ask.note));
  ASSIGN_OR_RETURN(answer.pairing,
                   Pairings::Require(txn, answer.offer.offer().pairing()));
  answer.anchor =
      answer.offer.offer().part() == AnchorOf(answer.pairing.pairing());
  return answer;
}

}  // namespace

absl::Status SendOffers(Transaction& txn, const PairingRecord& record) {
  const Pairing& pairing = record.pairing();
  std::set<std::string> invited;
  bool anchored = false;
  for (const Invitation& invitation : InvitationsOf(txn, pairing)) {
    if (invitation.addressee.empty()) continue;
    anchored |= invitation.part == AnchorOf(pairing);
    if (!invited.insert(invitation.addressee).second) continue;
    RETURN_IF_ERROR(Send(txn, pairing, invitation));
  }
  if (anchored) return absl::OkStatus();
  return base::MakeError(
      base::Reason::kNotEligible,
      {{"resource", pairing.name()}, {"constraints", "NOBODY_TO_INVITE"}});
}

absl::StatusOr<OfferRecord> AcceptOffer(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(Answer answer, Reply(txn, ask, kAcceptOffer));
  if (answer.anchor) {
    RETURN_IF_ERROR(Move(txn, answer.pairing, kAccept));
  }
  return std::move(answer.offer);
}

absl::StatusOr<OfferRecord> DeclineOffer(Transaction& txn, const Ask& ask) {
  ASSIGN_OR_RETURN(Answer answer, Reply(txn, ask, kDeclineOffer));
  const event::v1::Offer& offer = answer.offer.offer();
  Exclude(txn, offer.demand(), offer.resource(), /*declined=*/true);
  if (offer.addressee() != offer.resource()) {
    Exclude(txn, offer.demand(), offer.addressee(), /*declined=*/true);
  }
  if (answer.anchor) {
    RETURN_IF_ERROR(
        Move(txn, answer.pairing, kDecline, ask.reason_code, ask.note));
    RETURN_IF_ERROR(WithdrawOffers(txn, offer.pairing(), "PAIRING_DECLINED"));
    return std::move(answer.offer);
  }
  Pairing& pairing = *answer.pairing.mutable_pairing();
  const bool was_in =
      TakeOut(pairing, offer.resource()) | TakeOut(pairing, offer.addressee());
  if (was_in) RETURN_IF_ERROR(Move(txn, answer.pairing, kLosePart));
  return std::move(answer.offer);
}

absl::Status WithdrawOffers(Transaction& txn, std::string_view pairing,
                            std::string_view reason_code, bool unanswered) {
  for (const std::string& name : OffersOf(txn, pairing)) {
    ASSIGN_OR_RETURN(OfferRecord record, Offers::Require(txn, name));
    const std::string& state = record.offer().state();
    if (state != "PENDING" && (unanswered || state != "ACCEPTED")) continue;
    RETURN_IF_ERROR(Move(txn, record, kWithdrawOffer, reason_code));
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher
