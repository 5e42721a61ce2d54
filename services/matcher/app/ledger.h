// The one ledger of capacity. No other code writes bookings. Every reservation
// has a fence, a number of the resource that only rises; confirming and
// releasing take effect only with the fence of the reservation that stands, so
// that whatever comes late changes nothing.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/runtime/transaction.h"
#include "jiedui/matcher/store/v1/dispatch_store.pb.h"

namespace jiedui::matcher {

inline constexpr std::string_view kHeld = "HELD";
inline constexpr std::string_view kFirm = "FIRM";

// Pairings that the resource can serve at a time. Errors: kNotEligible
// (NOT_SERVING) when it is not there or does not serve.
absl::StatusOr<int32_t> CapacityOf(const jiedui::store::Reader& state,
                                   std::string_view resource);

// Reserves one of the resource's capacity for `holder`, HELD or FIRM. A
// reservation that the holder has already is replaced: its fence is void.
// Errors: kCapacityFull, those of CapacityOf.
absl::StatusOr<store::v1::Hold> Reserve(runtime::Transaction& txn,
                                        std::string_view resource,
                                        std::string_view holder,
                                        std::string_view state);

// HELD → FIRM. Returns whether the reservation stood; nothing happens when it
// did not.
bool Confirm(runtime::Transaction& txn, std::string_view holder,
             const store::v1::Hold& hold);

// Ends the reservation; as Confirm.
bool Release(runtime::Transaction& txn, std::string_view holder,
             const store::v1::Hold& hold);

// Bookings of the resource that stand. Costs as much as there are.
int32_t BookingsOf(const jiedui::store::Reader& state,
                   std::string_view resource);
// Each resource that is booked, with how often, by name.
void VisitBookings(const jiedui::store::Reader& state,
                   absl::FunctionRef<void(std::string_view, int32_t)> visit);
// Every entry that stands, by resource and holder.
void VisitLedger(
    const jiedui::store::Reader& state,
    absl::FunctionRef<void(const store::v1::BookingRecord&)> visit);

// Whether the fact was one of the ledger.
bool ApplyBooking(const journal::v1::Fact& fact, jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
