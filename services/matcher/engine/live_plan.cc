// A live round as a plan, with the evidence that a judge wants.
#include <algorithm>
#include <utility>

#include "common/base/status_macros.h"
#include "services/matcher/engine/bundles/bundle_solver.h"
#include "services/matcher/engine/bundles/instance.h"
#include "services/matcher/engine/live.h"
#include "services/matcher/engine/marginal.h"

namespace jiedui::matcher::engine {
namespace {

// Prices for a bound, and no moves: the bundles are those there are.
bundles::Budget BoundOnly() {
  bundles::Budget budget;
  budget.price_rounds = 60;
  budget.relaxation_rounds = 0;
  budget.dives = 0;
  budget.moves = 0;
  budget.searched_demands = 0;
  budget.search_nodes = 0;
  return budget;
}

}  // namespace

Bundle Live::Explain(int32_t demand) {
  if (!explainer_) {
    explainer_.emplace(state_.prepared(), state_.drafts(), state_.remaining(),
                       marginals_, state_.usage());
  }
  marginals_.resize(drafts().size());
  const int32_t expert = state_.draft(demand).at(Part::kExpert);
  if (expert != kNobody) {
    const Corps& corps = prepared().corps();
    marginals_[static_cast<size_t>(demand)] =
        MarginalOf(*experts_, drafts(), demand,
                   index_.In(corps.serves(expert), corps.facts(expert)));
  }
  return explainer_->Explain(demand);
}

absl::StatusOr<std::shared_ptr<const BundleEvidence>> Live::MakeEvidence()
    const {
  std::vector<int32_t> demands;
  for (size_t i = 0; i < drafts().size(); ++i) {
    const auto demand = static_cast<int32_t>(i);
    if (!state_.IsWithdrawn(demand)) demands.push_back(demand);
  }
  BundleModel model = BuildPartialModel(prepared(), drafts(), *experts_,
                                        state_.open(), demands);
  ASSIGN_OR_RETURN(
      bundles::Solution solution,
      bundles::Solve(model.problem, model.start, BoundOnly(), nullptr));
  auto evidence = std::make_shared<BundleEvidence>();
  const bundles::Instance instance(model.problem, model.start);
  evidence->value = instance.Value(instance.FromSelection(model.start));
  evidence->rewards = RewardsOf(prepared(), model, model.start);
  evidence->problem = std::move(model.problem);
  evidence->selection = model.start;
  evidence->start = std::move(model.start);
  evidence->prices = std::move(solution.prices);
  evidence->bound = solution.bound;
  evidence->proven = solution.proven;
  return evidence;
}

absl::StatusOr<Plan> Live::MakePlan() {
  Plan plan;
  plan.expert = Certify();
  for (size_t i = 0; i < drafts().size(); ++i) {
    const auto demand = static_cast<int32_t>(i);
    if (!state_.IsWithdrawn(demand)) plan.bundles.push_back(Explain(demand));
  }
  std::sort(
      plan.bundles.begin(), plan.bundles.end(),
      [](const Bundle& a, const Bundle& b) { return a.demand < b.demand; });
  for (const Bundle& bundle : plan.bundles) plan.total += bundle.total;
  ASSIGN_OR_RETURN(plan.evidence, MakeEvidence());
  plan.total_bound = plan.total + plan.evidence->proven - plan.evidence->value;
  return plan;
}

}  // namespace jiedui::matcher::engine
