// The six parts together: given who may be expert without harm to the higher
// levels of the objective, chooses expert, project, team and talents of all
// demands jointly, so that the bundles earn most. Enterprise and industry are
// not competed for and are left to local.h.
#pragma once

#include <cstdint>
#include <span>
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

// Some demands' bundles, all others as they are. They start from what their
// drafts hold, which they may keep; `spare` is what all others and the locks
// leave. Demands whose draft has no expert, but wants one, get none.
// REQUIRES: the drafts hold what they may, and experts that are as good on all
// levels above quality as those of the flow.
BundleModel BuildPartialModel(const Prepared& prepared,
                              const std::vector<Draft>& drafts,
                              const ExpertFlow& experts, const Remaining& spare,
                              std::span<const int32_t> demands);

// The same for one demand that the flow knows nothing of, since its draft has
// an expert. Another expert may climb no more tiers than that one.
BundleModel BuildModelOfOne(const Prepared& prepared,
                            const std::vector<Draft>& drafts,
                            const ExpertFlow& experts, const Remaining& spare,
                            int32_t demand);

// Writes what the selection gives to the model's demand i into its draft.
void FillDraft(const BundleModel& model, const bundles::Selection& selection,
               size_t i, Draft& draft);

// Writes the model's selection into the drafts, and debits `remaining`.
void TakeSelection(const BundleModel& model,
                   const bundles::Selection& selection,
                   std::vector<Draft>& drafts, Remaining& remaining);

// What `selection` holds of kRequiredReward (menu.h).
int64_t RewardsOf(const Prepared& prepared, const BundleModel& model,
                  const bundles::Selection& selection);

}  // namespace jiedui::matcher::engine
