#include "services/matcher/app/indices.h"

#include <algorithm>
#include <utility>

#include "common/base/clock.h"
#include "services/matcher/app/review_queue.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/seats.h"

namespace jiedui::matcher {
namespace {

using jiedui::store::Overlay;
using jiedui::store::Reader;
using store::v1::LivePairing;
using store::v1::PairingRecord;
using store::v1::Tally;

constexpr int kBudgetDays = 30;

void IndexLife(const PairingRecord& after, Overlay& state) {
  const Pairing& pairing = after.pairing();
  const std::string key = keys::One(keys::kLivePairing, pairing.demand());
  if (Lives(pairing.state())) {
    LivePairing live;
    live.set_pairing(pairing.name());
    live.set_version(after.version());
    live.set_state(pairing.state());
    live.set_locked(!pairing.locked_parts().empty());
    state.Put(key, live.SerializeAsString());
    return;
  }
  const std::optional<LivePairing> live =
      LivePairingOf(state, pairing.demand());
  if (live && live->pairing() == pairing.name()) state.Delete(key);
}

// Until its registry has heard of it the demand still looks open here.
void IndexServed(const std::optional<PairingRecord>& before,
                 const PairingRecord& after, Overlay& state) {
  const Pairing& pairing = after.pairing();
  if (pairing.state() != kComplete.to ||
      (before && before->pairing().state() == kComplete.to)) {
    return;
  }
  state.Put(keys::One(keys::kServed, pairing.demand()), pairing.name());
}

void Put(const Tally& tally, std::string_view resource, Overlay& state) {
  state.Put(keys::One(keys::kTally, resource), tally.SerializeAsString());
}

// Adds the requester's stars to all who served, times `sign`.
void CountStars(const PairingRecord& record, int sign, Overlay& state) {
  for (const auto& evaluation : record.pairing().evaluations()) {
    if (evaluation.side() != event::v1::Evaluation::SIDE_REQUESTER) continue;
    for (const std::string& resource : ServingResources(record)) {
      Tally tally = TallyOf(state, resource);
      tally.set_stars(tally.stars() + sign * evaluation.stars());
      tally.set_evaluations(tally.evaluations() + sign);
      Put(tally, resource, state);
    }
  }
}

// Days sort as text: 2026-12-01.
std::string InvitationKey(const event::v1::Offer& offer) {
  const absl::CivilDay day =
      base::ChinaDay(absl::FromUnixSeconds(offer.create_time().seconds()));
  return keys::Two(keys::kInvitation, offer.addressee(), DayText(day))
      .append(1, '\0')
      .append(offer.name());
}

// Those of the addressee that no budget counts any longer.
void ForgetOldInvitations(const event::v1::Offer& offer, Overlay& state) {
  const absl::CivilDay day =
      base::ChinaDay(absl::FromUnixSeconds(offer.create_time().seconds()));
  const std::string all = keys::Two(keys::kInvitation, offer.addressee(), "");
  std::vector<std::string> old;
  state.Scan(all, all + DayText(day - kBudgetDays),
             [&](std::string_view key, std::string_view) {
               old.emplace_back(key);
               return true;
             });
  for (std::string& key : old) state.Delete(std::move(key));
}

// Volunteer and day of an InvitationKey.
std::pair<std::string_view, std::string_view> Invitation(std::string_view key) {
  const size_t first = key.find('\0');
  const size_t second = key.find('\0', first + 1);
  return {key.substr(1, first - 1), key.substr(first + 1, second - first - 1)};
}

int32_t PendingOffersOf(const Reader& state, std::string_view volunteer) {
  int32_t count = 0;
  jiedui::store::ScanPrefix(state,
                            keys::Two(keys::kPendingOffer, volunteer, ""),
                            [&](std::string_view, std::string_view) {
                              ++count;
                              return true;
                            });
  return count;
}

void SetOrDelete(bool set, std::string key, std::string value, Overlay& state) {
  if (set) {
    state.Put(std::move(key), std::move(value));
  } else {
    state.Delete(std::move(key));
  }
}

}  // namespace

void IndexPairing(const std::optional<PairingRecord>& before,
                  const PairingRecord& after, Overlay& state) {
  IndexLife(after, state);
  IndexServed(before, after, state);
  IndexReview(before, after, state);
  if (before) CountStars(*before, -1, state);
  CountStars(after, +1, state);
}

void IndexOffer(const std::optional<store::v1::OfferRecord>& before,
                const store::v1::OfferRecord& after, Overlay& state) {
  const event::v1::Offer& offer = after.offer();
  SetOrDelete(offer.state() == kSendOffer.to,
              keys::Two(keys::kPendingOffer, offer.addressee(), offer.name()),
              "", state);
  if (!before) {
    state.Put(keys::Two(keys::kOfferOfPairing, offer.pairing(), offer.name()),
              "");
    ForgetOldInvitations(offer, state);
    state.Put(InvitationKey(offer), "");
    return;
  }
  const bool accepted = offer.state() == kAcceptOffer.to;
  if (!accepted && offer.state() != kDeclineOffer.to &&
      offer.state() != kExpireOffer.to) {
    return;
  }
  Tally tally = TallyOf(state, offer.addressee());
  tally.set_answered(tally.answered() + 1);
  if (accepted) tally.set_accepted(tally.accepted() + 1);
  Put(tally, offer.addressee(), state);
}

void IndexServiceRecord(const store::v1::ServiceRecordRecord& after,
                        Overlay& state) {
  const event::v1::ServiceRecord& record = after.service_record();
  const bool open = record.state() == "OPEN";
  SetOrDelete(open,
              keys::Two(keys::kOpenRecord, record.pairing(), record.name()), "",
              state);
  // A closed record that is voided must not check out who is in elsewhere.
  if (open || CheckedInWith(state, record.volunteer()) == record.name()) {
    SetOrDelete(open, keys::One(keys::kCheckedIn, record.volunteer()),
                record.name(), state);
  }
}

bool IsServed(const Reader& state, std::string_view demand) {
  return state.Get(keys::One(keys::kServed, demand)).has_value();
}

std::optional<LivePairing> LivePairingOf(const Reader& state,
                                         std::string_view demand) {
  const auto bytes = state.Get(keys::One(keys::kLivePairing, demand));
  LivePairing live;
  if (!bytes || !live.ParseFromString(*bytes)) return std::nullopt;
  return live;
}

void VisitLivePairings(
    const Reader& state,
    absl::FunctionRef<void(std::string_view, const LivePairing&)> visit) {
  jiedui::store::ScanPrefix(state, std::string(1, keys::kLivePairing),
                            [&](std::string_view key, std::string_view bytes) {
                              LivePairing live;
                              live.ParseFromArray(
                                  bytes.data(), static_cast<int>(bytes.size()));
                              visit(key.substr(1), live);
                              return true;
                            });
}

std::vector<std::string> OffersOf(const Reader& state,
                                  std::string_view pairing) {
  const std::string prefix = keys::Two(keys::kOfferOfPairing, pairing, "");
  std::vector<std::string> offers;
  jiedui::store::ScanPrefix(state, prefix,
                            [&](std::string_view key, std::string_view) {
                              offers.emplace_back(key.substr(prefix.size()));
                              return true;
                            });
  return offers;
}

int32_t Invited::left() const {
  constexpr int32_t kMostOutstanding = 2;
  constexpr int32_t kMostSent = 4;
  return std::max(0,
                  std::min(kMostOutstanding - outstanding, kMostSent - sent));
}

Invited InvitationsOf(const Reader& state, std::string_view volunteer,
                      absl::CivilDay day) {
  Invited invited;
  invited.outstanding = PendingOffersOf(state, volunteer);
  const std::string all = keys::Two(keys::kInvitation, volunteer, "");
  state.Scan(all + DayText(day - kBudgetDays), jiedui::store::PrefixEnd(all),
             [&](std::string_view, std::string_view) {
               ++invited.sent;
               return true;
             });
  return invited;
}

void VisitInvited(
    const Reader& state, absl::CivilDay day,
    absl::FunctionRef<void(std::string_view, const Invited&)> visit) {
  const std::string since = DayText(day - kBudgetDays);
  std::string last;
  jiedui::store::ScanPrefix(state, std::string(1, keys::kInvitation),
                            [&](std::string_view key, std::string_view) {
                              const auto [volunteer, sent] = Invitation(key);
                              if (sent < since || volunteer == last)
                                return true;
                              last = std::string(volunteer);
                              visit(volunteer,
                                    InvitationsOf(state, volunteer, day));
                              return true;
                            });
}

std::string OpenRecordOf(const Reader& state, std::string_view pairing) {
  const std::string prefix = keys::Two(keys::kOpenRecord, pairing, "");
  std::string record;
  jiedui::store::ScanPrefix(state, prefix,
                            [&](std::string_view key, std::string_view) {
                              record = std::string(key.substr(prefix.size()));
                              return false;
                            });
  return record;
}

std::string CheckedInWith(const Reader& state, std::string_view volunteer) {
  return state.Get(keys::One(keys::kCheckedIn, volunteer)).value_or("");
}

Tally TallyOf(const Reader& state, std::string_view resource) {
  Tally tally;
  const auto bytes = state.Get(keys::One(keys::kTally, resource));
  if (bytes) tally.ParseFromString(*bytes);
  return tally;
}

}  // namespace jiedui::matcher
