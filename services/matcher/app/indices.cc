#include "services/matcher/app/indices.h"

#include "absl/strings/str_cat.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {
namespace {

using jiedui::store::Overlay;
using jiedui::store::Reader;
using store::v1::LivePairing;
using store::v1::PairingRecord;
using store::v1::Tally;

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

void IndexBookings(const std::optional<PairingRecord>& before,
                   const PairingRecord& after, Overlay& state) {
  const std::string& name = after.pairing().name();
  if (before && Books(before->pairing().state())) {
    for (const std::string& resource : BookedResources(before->pairing())) {
      state.Delete(keys::Two(keys::kBooking, resource, name));
    }
  }
  if (!Books(after.pairing().state())) return;
  for (const std::string& resource : BookedResources(after.pairing())) {
    state.Put(keys::Two(keys::kBooking, resource, name),
              absl::StrCat(after.version()));
  }
}

void Put(const Tally& tally, std::string_view resource, Overlay& state) {
  state.Put(keys::One(keys::kTally, resource), tally.SerializeAsString());
}

// Adds the requester's stars to all who served, times `sign`.
void CountStars(const Pairing& pairing, int sign, Overlay& state) {
  for (const event::v1::Evaluation& evaluation : pairing.evaluations()) {
    if (evaluation.side() != event::v1::Evaluation::SIDE_REQUESTER) continue;
    for (const std::string& resource : ServingResources(pairing)) {
      Tally tally = TallyOf(state, resource);
      tally.set_stars(tally.stars() + sign * evaluation.stars());
      tally.set_evaluations(tally.evaluations() + sign);
      Put(tally, resource, state);
    }
  }
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
  IndexBookings(before, after, state);
  if (before) CountStars(before->pairing(), -1, state);
  CountStars(after.pairing(), +1, state);
}

void IndexOffer(const std::optional<store::v1::OfferRecord>& before,
                const store::v1::OfferRecord& after, Overlay& state) {
  const event::v1::Offer& offer = after.offer();
  if (!before) {
    state.Put(keys::Two(keys::kOfferOfPairing, offer.pairing(), offer.name()),
              "");
    return;
  }
  const bool accepted = offer.state() == "ACCEPTED";
  if (!accepted && offer.state() != "DECLINED") return;
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

int32_t BookingsOf(const Reader& state, std::string_view resource) {
  int32_t count = 0;
  jiedui::store::ScanPrefix(state, keys::Two(keys::kBooking, resource, ""),
                            [&](std::string_view, std::string_view) {
                              ++count;
                              return true;
                            });
  return count;
}

void VisitBookings(const Reader& state,
                   absl::FunctionRef<void(std::string_view, int32_t)> visit) {
  std::string resource;
  int32_t count = 0;
  jiedui::store::ScanPrefix(state, std::string(1, keys::kBooking),
                            [&](std::string_view key, std::string_view) {
                              const std::string_view now =
                                  key.substr(1, key.find('\0') - 1);
                              if (now != resource) {
                                if (count > 0) visit(resource, count);
                                resource = std::string(now);
                                count = 0;
                              }
                              ++count;
                              return true;
                            });
  if (count > 0) visit(resource, count);
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
