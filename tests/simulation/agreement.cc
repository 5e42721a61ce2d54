#include "tests/simulation/agreement.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/demand/app/kinds.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/life.h"

namespace jiedui::simulation {
namespace {

// A demand's state, and those of the pairing that holds it then.
constexpr std::pair<std::string_view, std::string_view> kHeld[] = {
    {"PROPOSED", "PROPOSED|OVERRIDDEN|APPROVED"},
    {"DISPATCHED", "OFFERED|ACCEPTED"},
    {"IN_SERVICE", "ACTIVE"},
};

bool Agree(const demand::event::v1::Demand& demand,
           const std::optional<matcher::store::v1::LivePairing>& live) {
  for (const auto& [state, states] : kHeld) {
    if (demand.state() != state) continue;
    return live && live->pairing() == demand.pairing() &&
           Among(live->state(), states);
  }
  return !live;
}

// Whether the search for an open demand goes by what it says now.
bool SearchedAs(const store::Reader& state,
                const demand::event::v1::Demand& demand) {
  if (demand.state() != "OPEN") return true;
  const auto record = matcher::DispatchOf(state, demand.name());
  if (!record) return false;
  const matcher::event::v1::Dispatch& dispatch = record->dispatch();
  return !matcher::Step(matcher::kRevise, "", dispatch.state()).ok() ||
         (dispatch.urgency() == demand.urgency() &&
          dispatch.region() == demand.region() &&
          dispatch.demand_title() == demand.title());
}

}  // namespace

void CheckAgreement(World& world) {
  const store::Reader& state = world.matcher().store();
  demand::Demands::Visit(
      world.demand().store(), "",
      [&](const demand::store::v1::DemandRecord& record) {
        const auto& demand = record.demand();
        const auto replica = matcher::FindReplica<demand::event::v1::Demand>(
            state, demand.name());
        if (!replica ||
            replica->SerializeAsString() != demand.SerializeAsString()) {
          world.verdict().Fail(
              "agreement",
              absl::StrCat("the matcher knows another ", demand.name()));
        }
        const auto live = matcher::LivePairingOf(state, demand.name());
        if (!Agree(demand, live)) {
          world.verdict().Fail(
              "agreement",
              absl::StrCat(demand.name(), " is ", demand.state(), " by '",
                           demand.pairing(), "', the matcher holds it by '",
                           live ? live->pairing() : "", "', ",
                           live ? live->state() : "nobody"));
        }
        if (!SearchedAs(state, demand)) {
          world.verdict().Fail("agreement",
                               absl::StrCat(demand.name(),
                                            " is searched for as "
                                            "it was before its change"));
        }
        return true;
      });
}

}  // namespace jiedui::simulation
