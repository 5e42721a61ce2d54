// The six parts together: given who may be expert without harm to the higher
// levels of the objective, chooses expert, project, team and talents of all
// demands jointly, so that the bundles earn most. Enterprise and industry are
// not competed for and are left to local.h.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/engine/bundles/bundle_problem.h"
#include "services/matcher/engine/bundles/bundle_solver.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// A round's bundles as plain numbers, and what these stand for.
struct BundleModel {
  bundles::Problem problem;
  bundles::Selection start;
  std::vector<int32_t> demand;     // by the model's demand: Prepared's
  std::vector<int32_t> volunteer;  // by the model's person: Prepared's
};

// Demands whose expert is wanted and found by nobody are left out, unless locks
// keep their pairing; with a fairness band of 0 they may take the place of
// others that are no more important. Experts are those of `experts` whose
// change leaves all levels above quality as they are. Teams, projects and
// talents are the best few of each demand, and those of its experts. CANCELLED
// when `progress` says so.
absl::StatusOr<BundleModel> BuildBundleModel(const Prepared& prepared,
                                             const std::vector<Draft>& drafts,
                                             const ExpertFlow& experts,
                                             const Remaining& remaining,
                                             int threads,
                                             const Progress& progress);

// Writes the model's selection into the drafts, and debits `remaining`.
void TakeSelection(const BundleModel& model,
                   const bundles::Selection& selection,
                   std::vector<Draft>& drafts, Remaining& remaining);

// What `selection` holds of kRequiredReward (menu.h).
int64_t RewardsOf(const Prepared& prepared, const BundleModel& model,
                  const bundles::Selection& selection);

}  // namespace jiedui::matcher::engine
