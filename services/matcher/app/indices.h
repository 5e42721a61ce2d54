// Rows derived from the matcher's own records, so that a question costs no more
// than its answer. Each is written in the commit of what it is derived from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/time/civil_time.h"
#include "common/store/overlay.h"
#include "common/store/store.h"
#include "services/matcher/app/kinds.h"

namespace jiedui::matcher {

// Brings the rows from what `before` made of them (nothing for a new record)
// to what `after` does. A row is only taken away by the pairing that wrote it.
void IndexPairing(const std::optional<store::v1::PairingRecord>& before,
                  const store::v1::PairingRecord& after,
                  jiedui::store::Overlay& state);
void IndexOffer(const std::optional<store::v1::OfferRecord>& before,
                const store::v1::OfferRecord& after,
                jiedui::store::Overlay& state);
void IndexServiceRecord(const store::v1::ServiceRecordRecord& after,
                        jiedui::store::Overlay& state);

// A pairing has served the demand, and its registry has not heard of it yet.
bool IsServed(const jiedui::store::Reader& state, std::string_view demand);

// The pairing that holds the demand, when there is one.
std::optional<store::v1::LivePairing> LivePairingOf(
    const jiedui::store::Reader& state, std::string_view demand);
void VisitLivePairings(const jiedui::store::Reader& state,
                       absl::FunctionRef<void(std::string_view demand,
                                              const store::v1::LivePairing&)>
                           visit);

// Of all its attempts, oldest first.
std::vector<std::string> OffersOf(const jiedui::store::Reader& state,
                                  std::string_view pairing);

// How much a person has been asked: what may be asked more, on that day in
// China.
struct Invited {
  int32_t outstanding = 0;  // without answer yet
  int32_t sent = 0;         // in the last 30 days, answered or not
  int32_t left() const;
};
Invited InvitationsOf(const jiedui::store::Reader& state,
                      std::string_view volunteer, absl::CivilDay day);
// Each who has been asked in the last 30 days, by name.
void VisitInvited(
    const jiedui::store::Reader& state, absl::CivilDay day,
    absl::FunctionRef<void(std::string_view, const Invited&)> visit);

// A service record of the pairing that is still open; empty: there is none.
std::string OpenRecordOf(const jiedui::store::Reader& state,
                         std::string_view pairing);
// The record with which the volunteer is checked in, anywhere; or empty.
std::string CheckedInWith(const jiedui::store::Reader& state,
                          std::string_view volunteer);

store::v1::Tally TallyOf(const jiedui::store::Reader& state,
                         std::string_view resource);

}  // namespace jiedui::matcher
