#include "services/matcher/engine/round.h"

#include <memory>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/explain.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/scorer.h"
#include "services/matcher/engine/stages.h"

namespace jiedui::matcher::engine {
namespace {

std::vector<Draft> EmptyDrafts(const Prepared& prepared) {
  std::vector<Draft> drafts(prepared.demands().size());
  for (size_t i = 0; i < drafts.size(); ++i) {
    const Demand& demand = prepared.problem().demands[i];
    if (demand.wants(Part::kTalents) != Want::kNone) {
      drafts[i].talents.assign(demand.talents_count, kNobody);
    }
  }
  return drafts;
}

Certificate Certify(const Prepared& prepared, const Stage& experts) {
  Certificate certificate;
  certificate.value = experts.result.value;
  certificate.bound = experts.result.bound;
  certificate.demands = experts.flow.demands();
  certificate.pairs = experts.flow.edge_count();
  for (size_t i = 0; i < experts.result.price.size(); ++i) {
    if (experts.result.price[i] != Objective()) {
      certificate.prices.emplace_back(prepared.problem().volunteers[i].id,
                                      experts.result.price[i]);
    }
  }
  return certificate;
}

}  // namespace

absl::StatusOr<Plan> Solve(const Problem& problem, const Policy& policy,
                           const Progress& progress) {
  RETURN_IF_ERROR(Validate(policy));
  RETURN_IF_ERROR(Validate(problem));
  const Prepared prepared(problem, policy);
  std::vector<Draft> drafts = EmptyDrafts(prepared);
  Remaining remaining = WholeCapacity(prepared);
  PlaceLocks(prepared, drafts, remaining);

  const auto demands = static_cast<int64_t>(drafts.size());
  // Experts, projects, teams, each seat of the talents, and the explanation.
  Steps steps(progress, demands * (4 + TalentsSeats(drafts)));
  ASSIGN_OR_RETURN(Stage experts,
                   AssignExperts(prepared, steps, drafts, remaining));
  ASSIGN_OR_RETURN(Stage projects,
                   AssignProjects(prepared, steps, drafts, remaining));
  ASSIGN_OR_RETURN(Stage teams,
                   AssignTeams(prepared, steps, drafts, remaining));
  ASSIGN_OR_RETURN(std::vector<Stage> talents,
                   AssignTalents(prepared, steps, drafts, remaining));
  const Stages stages{std::move(experts), std::move(projects), std::move(teams),
                      std::move(talents)};

  Plan plan;
  plan.expert = Certify(prepared, stages.experts);
  const Explainer explainer(prepared, drafts, stages, remaining);
  for (int64_t i = 0; i < demands; ++i) {
    if (!steps.Next()) {
      return base::MakeError(base::Reason::kCancelled);
    }
    plan.bundles.push_back(explainer.Explain(static_cast<int32_t>(i)));
    plan.total += plan.bundles.back().total;
  }
  return plan;
}

std::function<int32_t(size_t, size_t)> ExpertScores(const Problem& problem,
                                                    const Policy& policy) {
  auto prepared = std::make_shared<const Prepared>(problem, policy);
  std::vector<int32_t> demands;
  for (const Demand& demand : problem.demands) {
    demands.push_back(prepared->DemandAt(demand.id));
  }
  std::vector<int32_t> volunteers;
  for (const Volunteer& volunteer : problem.volunteers) {
    volunteers.push_back(prepared->VolunteerAt(volunteer.id));
  }
  return [prepared, demands = std::move(demands),
          volunteers = std::move(volunteers)](size_t demand, size_t volunteer) {
    return Score(prepared->context(), Part::kExpert,
                 prepared->demands()[demands[demand]],
                 prepared->volunteers()[volunteers[volunteer]]);
  };
}

}  // namespace jiedui::matcher::engine
