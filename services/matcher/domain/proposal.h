// The engine's answer as records: bundles become proposed pairings with their
// explanation in words, the certificate becomes a round.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher {

// A resource as people read it.
struct Card {
  std::string display_name;
  std::string summary;
};

// The card of a resource by its name.
using CardOf = std::function<Card(std::string_view resource)>;

// Version of what turns a problem into a plan; raised whenever a change of the
// code may change a plan.
inline constexpr std::string_view kEngineVersion = "2";

// SHA-256, hexadecimal, of everything a round depends on.
std::string RoundIdentity(const engine::Problem& problem,
                          const engine::Policy& policy, absl::CivilDay as_of);

// rounds/<the first 16 digits>.
std::string RoundName(std::string_view identity);
// pairings/<demand>-<the first 8 digits>.
std::string PairingName(std::string_view demand, std::string_view identity);

// The parts of the demand that a coordinator has locked.
using LockedParts = std::set<engine::Part>;

// A demand gets a pairing when the part it stands and falls with is filled, or
// when there are locks, which must not vanish.
bool IsProposal(const engine::Bundle& bundle, const LockedParts& locked);

// A proposal without times.
event::v1::Pairing MakeProposal(const engine::Bundle& bundle,
                                const demand::event::v1::Demand& demand,
                                std::string_view identity,
                                const LockedParts& locked, const CardOf& cards);

// Why the demand got none. REQUIRES: !IsProposal(bundle).
event::v1::UnpairedDemand MakeUnpaired(const engine::Bundle& bundle,
                                       const demand::event::v1::Demand& demand,
                                       const CardOf& cards);

// The same for a demand whose window is over.
event::v1::UnpairedDemand WindowOver(const demand::event::v1::Demand& demand);

type::v1::Part ToPart(const engine::PartResult& result,
                      const demand::event::v1::Demand& demand,
                      const CardOf& cards);
type::v1::FeaturePoints ToSynergy(const engine::Entry& entry);

type::v1::PartKind ToKind(engine::Part part);

// A level of the objective under its stable name; fewer is better but for
// "quality".
struct NamedLevel {
  std::string name;
  int64_t value;
};
// Most important first; always the same names.
std::vector<NamedLevel> LevelsOf(const engine::Objective& objective);

event::v1::Certificate ToCertificate(const engine::Certificate& certificate);

// SHA-256 of the proposals and of the demands without one. Words are left out:
// a resource that got another name since is still the same choice.
std::string PlanSha256(
    const google::protobuf::RepeatedPtrField<event::v1::Pairing>& pairings,
    const google::protobuf::RepeatedPtrField<event::v1::UnpairedDemand>&
        unpaired);

}  // namespace jiedui::matcher
