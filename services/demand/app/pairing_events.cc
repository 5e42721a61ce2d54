#include "services/demand/app/pairing_events.h"

#include <optional>
#include <string_view>
#include <utility>

#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "services/demand/app/commands.h"
#include "services/demand/app/kinds.h"

namespace jiedui::demand {
namespace {

// A pairing's new state → what it means for its demand.
constexpr std::pair<std::string_view, Verb> kMeaning[] = {
    {"PROPOSED", Verb::kPropose},   {"OFFERED", Verb::kDispatch},
    {"ACTIVE", Verb::kServe},       {"COMPLETED", Verb::kDeliver},
    {"EVALUATED", Verb::kEvaluate}, {"REJECTED", Verb::kRelease},
    {"DECLINED", Verb::kRelease},   {"CANCELLED", Verb::kRelease},
    {"SUPERSEDED", Verb::kRelease}};

std::optional<Verb> Meaning(const jiedui::event::v1::Event& event) {
  if (event.from_state() == event.to_state()) return std::nullopt;
  for (const auto& [state, verb] : kMeaning) {
    if (state == event.to_state()) return verb;
  }
  return std::nullopt;
}

}  // namespace

absl::Status OnPairingEvent(const jiedui::event::v1::Event& event,
                            runtime::Transaction& txn) {
  matcher::event::v1::Pairing pairing;
  if (!event.payload().Is<matcher::event::v1::Pairing>() ||
      !event.payload().UnpackTo(&pairing)) {
    return absl::OkStatus();
  }
  const std::optional<Verb> verb = Meaning(event);
  if (!verb) return absl::OkStatus();
  std::optional<store::v1::DemandRecord> record =
      Demands::Find(txn, pairing.demand());
  if (!record || !Allowed(*verb, record->demand().state())) {
    return absl::OkStatus();
  }
  // All but a proposal concern only the pairing that serves the demand.
  if (*verb != Verb::kPropose && record->demand().pairing() != pairing.name()) {
    return absl::OkStatus();
  }
  StepByPairing(txn, *std::move(record), *verb, pairing.name());
  return absl::OkStatus();
}

}  // namespace jiedui::demand
