// The seats of a pairing that people have to accept, and what becomes of its
// parts when they do or do not. Pure bookkeeping: who may be asked, and is
// asked, is decided in app.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {

inline constexpr std::string_view kSeatAsking = "ASKING";
inline constexpr std::string_view kSeatTaken = "TAKEN";
inline constexpr std::string_view kSeatGap = "GAP";

// One seat for each choice of expert, team and talents, in this order; its
// candidates are the choice, then the part's runners-up.
void SetSeats(store::v1::PairingRecord& record);

// Place of the seat that the pairing stands on; -1 when nobody has to accept.
int AnchorSeat(const store::v1::PairingRecord& record);

// Which resource the offer brings to this seat; empty: none.
std::string BroughtTo(const store::v1::Seat& seat,
                      const store::v1::OfferRecord& offer);

// Resource names of those who have taken a seat: nobody else serves, is
// evaluated, or is named to the other side. Sorted, each once.
std::vector<std::string> ServingResources(
    const store::v1::PairingRecord& record);

// Those in seats of the offer by what it brings leave them; their parts say so.
void Vacate(store::v1::PairingRecord& record,
            const store::v1::OfferRecord& offer);

// Whoever is in the seat leaves it, with what it gave to the points.
void Empty(store::v1::PairingRecord& record, int place);

// Nobody is asked any more: seats that nobody has taken are gaps.
void CloseSeats(store::v1::PairingRecord& record);

// Makes the status of the parts that have seats what the seats say.
void ShowSeats(store::v1::PairingRecord& record);

}  // namespace jiedui::matcher
