// A round's choices, without their explanation: the expert part exactly, then
// all parts jointly. This is what runs at the scale of a nation; explanations
// are made of it demand by demand.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/bundles/bundle_solver.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/marginal.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/progress.h"

namespace jiedui::matcher::engine {

// Work on the bundles of so many demands: all that helps a county or a
// province, and for a nation what takes minutes. Counted, not timed.
bundles::Budget BundleBudget(size_t demands);

struct Matching {
  std::vector<Draft> drafts;  // by demand
  Remaining remaining;        // capacity nobody uses
  Certificate expert;
  std::vector<MarginalWorth> marginals;  // by demand
  std::shared_ptr<const BundleEvidence> bundles;
};

// Deterministic, whatever the number of threads (0: as many as there are
// processors). `progress` counts demands: those whose expert is looked for,
// those whose other parts are, and those whose bundle is settled. CANCELLED
// when it says so.
absl::StatusOr<Matching> Match(const Prepared& prepared, int threads,
                               const Progress& progress);

// What follows the expert part: counties share, and all parts are chosen
// jointly. `matching` holds the drafts and the capacity that `experts` was
// solved with, which then is no longer at its optimum (see fairness.h).
absl::Status MatchBundles(const Prepared& prepared, ExpertFlow& experts,
                          int threads, const Progress& progress,
                          Matching& matching);

}  // namespace jiedui::matcher::engine
