#include "services/matcher/engine/matching.h"

#include <algorithm>
#include <utility>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/bundles/bundle_solver.h"
#include "services/matcher/engine/bundling.h"
#include "services/matcher/engine/experts.h"
#include "services/matcher/engine/fairness.h"

namespace jiedui::matcher::engine {
namespace {

// One third of the work of many.
Progress Third(const Progress& progress, int64_t third, int64_t demands) {
  return [&progress, third, demands](int64_t done, int64_t total) {
    if (!progress) return true;
    const int64_t so_far = total == 0 ? 0 : done * demands / total;
    return progress(third * demands + std::min(so_far, demands), 3 * demands);
  };
}

}  // namespace

bundles::Budget BundleBudget(size_t demands) {
  constexpr int64_t kPriceRounds = 6'000'000;
  constexpr int64_t kMoves = 2'000'000;
  // Beyond a province, prices and moves alone.
  constexpr size_t kMostRelaxed = 30'000;
  const auto count = std::max<int64_t>(1, static_cast<int64_t>(demands));
  bundles::Budget budget;
  budget.price_rounds =
      static_cast<int32_t>(std::clamp<int64_t>(kPriceRounds / count, 16, 600));
  budget.moves = std::clamp<int64_t>(kMoves / count, 4, budget.moves);
  budget.search_nodes = 200'000;
  if (demands > kMostRelaxed) {
    budget.relaxation_rounds = 0;
    budget.dives = 0;
  }
  return budget;
}

absl::StatusOr<Matching> Match(const Prepared& prepared, int threads,
                               const Progress& progress) {
  Matching matching;
  matching.drafts = StartDrafts(prepared, matching.remaining);
  const auto demands = static_cast<int64_t>(matching.drafts.size());
  ASSIGN_OR_RETURN(
      ExpertFlow experts,
      ExpertFlow::Solve(prepared, matching.drafts, matching.remaining, threads,
                        Third(progress, 0, demands)));
  RETURN_IF_ERROR(MatchBundles(prepared, experts, threads, progress, matching));
  return matching;
}

absl::Status MatchBundles(const Prepared& prepared, ExpertFlow& experts,
                          int threads, const Progress& progress,
                          Matching& matching) {
  const auto demands = static_cast<int64_t>(matching.drafts.size());
  matching.expert = experts.Certify();
  RETURN_IF_ERROR(
      ShareBetweenCounties(prepared, experts, [&](int64_t, int64_t) {
        return !progress || progress(demands, 3 * demands);
      }));

  ASSIGN_OR_RETURN(
      BundleModel model,
      BuildBundleModel(prepared, matching.drafts, experts, matching.remaining,
                       threads, Third(progress, 1, demands)));
  ASSIGN_OR_RETURN(bundles::Solution solution,
                   bundles::Solve(model.problem, model.start,
                                  BundleBudget(model.demand.size()),
                                  Third(progress, 2, demands)));
  TakeSelection(model, solution.selection, matching.drafts, matching.remaining);
  matching.marginals = MarginalsOf(experts, matching.drafts);
  auto evidence = std::make_shared<BundleEvidence>();
  evidence->rewards = RewardsOf(prepared, model, solution.selection);
  evidence->problem = std::move(model.problem);
  evidence->start = std::move(model.start);
  evidence->selection = std::move(solution.selection);
  evidence->prices = std::move(solution.prices);
  evidence->value = solution.value;
  evidence->bound = solution.bound;
  evidence->proven = solution.proven;
  matching.bundles = std::move(evidence);
  return absl::OkStatus();
}

}  // namespace jiedui::matcher::engine
