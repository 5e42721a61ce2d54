// What a round stands on: the problem as a snapshot has it, and what must not
// have changed when its answer is committed.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/time/civil_time.h"
#include "common/store/store.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher {

// Names of demands.
using Scope = std::set<std::string>;

struct DemandBasis {
  // SHA-256 of the demand without what its life changes.
  std::string matter;
  // The draft that stood then.
  std::optional<store::v1::LivePairing> draft;
  // Version of its dispatch; 0: it had none.
  uint64_t dispatch = 0;
};

struct RoundBasis {
  absl::CivilDay as_of;
  engine::Problem problem;
  // By name: every demand that takes part, also those whose window is over.
  absl::btree_map<std::string, DemandBasis> demands;
  std::vector<std::string> window_over;  // not in the problem
};

// Demands take part that wait for a pairing: OPEN, or PROPOSED with a draft
// nobody has reviewed, or such whose pairing ended here without service though
// their registry has not heard of it yet.
bool TakesPart(const jiedui::store::Reader& state,
               const demand::event::v1::Demand& demand);

// See DemandBasis::matter.
std::string MatterOf(const demand::event::v1::Demand& demand);

// With a scope, of a partial round: only its demands are in the problem, and
// whatever drafts of other demands hold counts as used. Null: all demands.
RoundBasis ReadBasis(const jiedui::store::Reader& state, absl::CivilDay as_of,
                     const Scope* scope = nullptr);

}  // namespace jiedui::matcher
