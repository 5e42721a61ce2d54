// Dispatches: the search behind every demand, from its opening until somebody
// has accepted. What is found out here is told by facts of pairings and offers;
// what happens by itself are the tiers' deadlines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/store/overlay.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// dispatches/<demand id>.
std::string DispatchName(std::string_view demand);

std::optional<store::v1::DispatchRecord> DispatchOf(const Reader& state,
                                                    std::string_view demand);
// 0: there is none.
uint64_t DispatchVersion(const Reader& state, std::string_view demand);

// The tier that handles the demand by now; unspecified: it has no dispatch.
type::v1::Tier HandlingTier(const Reader& state, std::string_view demand);

// Opens a dispatch for a demand that has been opened, with its whole time for
// the tier that has it, and closes it with the demand. An urgent one is
// searched for at once, by a partial round; others wait for the next round.
// When the demand's urgency or region is changed meanwhile, the tier's deadline
// is as if that had been so since it received the demand.
absl::Status HearOfDemand(Transaction& txn,
                          const demand::event::v1::Demand& demand);

// What follows from a fact about a pairing or an offer; for any other, nothing.
absl::Status FollowSearch(const journal::v1::Fact& fact, Transaction& txn);

// Why a tier gives a demand away.
struct HopReason {
  std::string_view code;  // of kHop
  std::string detail;
  // With NO_CANDIDATE: what was lacking.
  type::v1::Part lacked;
};

// One tier up the regional line, and sideways to the societies beside that
// tier; above the province: a GAP. A dispatch that is met, closed or a gap
// already stays as it is, and so does one of the province while somebody is
// proposed or asked.
absl::Status Hop(Transaction& txn, store::v1::DispatchRecord& record,
                 const HopReason& why);

// Of a GAP: a partial round looks for somebody once more. One that waits for a
// round already stays as it is.
absl::Status SeekAgain(Transaction& txn, const std::string& name);

// tier/<name>/<tier_fence>: the tier's time is over. Of one that is not the
// present one, nothing.
inline constexpr std::string_view kTierTimer = "tier";
absl::Status OnTierTimer(std::string_view rest, Transaction& txn);

// Demands that wait for a partial round, by name.
std::vector<std::string> DirtyDemands(const Reader& state);

void IndexDispatch(const std::optional<store::v1::DispatchRecord>& before,
                   const store::v1::DispatchRecord& after,
                   jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
