// Makes the drafts' experts as good as the flow's again, after it has changed.
#pragma once

#include <cstdint>
#include <set>

#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/live_state.h"

namespace jiedui::matcher::engine {

// The drafts' experts need not be those of the flow: bundles choose among all
// that are as good on the levels above quality. By complementary slackness they
// still are when every demand's expert is tight at the flow's prices on those
// levels, nobody serves beyond his capacity, and whoever has a price serves to
// the full. Demands that break this take what the flow gives them, and so do
// those that stand in their way: each at most once, so that it ends; all others
// stay as they are. Demands that changed are added to `changed`; those left
// without an expert they want, and with no hold, give back all they have.
// Linear in the flow's rows.
void RepairExperts(const ExpertFlow& experts, LiveState& state,
                   std::set<int32_t>& changed);

}  // namespace jiedui::matcher::engine
