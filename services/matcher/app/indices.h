// Rows derived from the matcher's own records, so that a question costs no more
// than its answer. Each is written in the commit of what it is derived from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
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

// The pairing that holds the demand, when there is one.
std::optional<store::v1::LivePairing> LivePairingOf(
    const jiedui::store::Reader& state, std::string_view demand);
void VisitLivePairings(const jiedui::store::Reader& state,
                       absl::FunctionRef<void(std::string_view demand,
                                              const store::v1::LivePairing&)>
                           visit);

// Pairings that have booked the resource. Costs as much as there are.
int32_t BookingsOf(const jiedui::store::Reader& state,
                   std::string_view resource);
// Each resource that is booked, with how often, by name.
void VisitBookings(const jiedui::store::Reader& state,
                   absl::FunctionRef<void(std::string_view, int32_t)> visit);

std::vector<std::string> OffersOf(const jiedui::store::Reader& state,
                                  std::string_view pairing);

// A service record of the pairing that is still open; empty: there is none.
std::string OpenRecordOf(const jiedui::store::Reader& state,
                         std::string_view pairing);
// The record with which the volunteer is checked in, anywhere; or empty.
std::string CheckedInWith(const jiedui::store::Reader& state,
                          std::string_view volunteer);

store::v1::Tally TallyOf(const jiedui::store::Reader& state,
                         std::string_view resource);

}  // namespace jiedui::matcher
