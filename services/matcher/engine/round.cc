#include "services/matcher/engine/round.h"

#include <memory>
#include <utility>
#include <vector>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/explain.h"
#include "services/matcher/engine/matching.h"
#include "services/matcher/engine/parallel.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {
namespace {

constexpr int kAllThreads = 0;

}  // namespace

absl::StatusOr<Plan> Solve(const Problem& problem, const Policy& policy,
                           const Progress& progress) {
  RETURN_IF_ERROR(Validate(policy));
  RETURN_IF_ERROR(Validate(problem));
  const Prepared prepared(problem, policy);
  // Three quarters of the work are the match's, one its explanation's.
  const auto demands = static_cast<int64_t>(problem.demands.size());
  const auto tell = [&](int64_t done) {
    return !progress || progress(done, 4 * demands);
  };
  ASSIGN_OR_RETURN(const Matching matching,
                   Match(prepared, kAllThreads,
                         [&](int64_t done, int64_t) { return tell(done); }));

  Plan plan;
  plan.expert = matching.expert;
  plan.evidence = matching.bundles;
  plan.bundles.resize(matching.drafts.size());
  const Explainer explainer(prepared, matching);
  const bool finished = ParallelFor(
      demands, kAllThreads,
      [&](int64_t done, int64_t) { return tell(3 * demands + done); },
      [&](int64_t i) {
        plan.bundles[static_cast<size_t>(i)] =
            explainer.Explain(static_cast<int32_t>(i));
      });
  if (!finished) return base::MakeError(base::Reason::kCancelled);
  for (const Bundle& bundle : plan.bundles) plan.total += bundle.total;
  // Of what is not competed for, each bundle has the best there is.
  plan.total_bound =
      plan.total + matching.bundles->proven - matching.bundles->value;
  return plan;
}

std::function<int32_t(size_t, size_t)> ExpertScores(const Problem& problem,
                                                    const Policy& policy) {
  struct Scores {
    Scores(const Problem& problem, const Policy& policy)
        : prepared(problem, policy) {
      for (const Demand& demand : problem.demands) {
        const auto at = static_cast<size_t>(prepared.DemandAt(demand.id));
        demands.emplace_back(prepared.policy(), Part::kExpert,
                             prepared.demands()[at]);
      }
      for (const Volunteer& volunteer : problem.volunteers) {
        volunteers.push_back(prepared.VolunteerAt(volunteer.id));
      }
    }

    Prepared prepared;
    std::vector<Scorer> demands;
    std::vector<int32_t> volunteers;
  };
  const auto scores = std::make_shared<const Scores>(problem, policy);
  return [scores](size_t demand, size_t volunteer) {
    return scores->demands[demand].Score(
        scores->prepared.corps().facts(scores->volunteers[volunteer]));
  };
}

}  // namespace jiedui::matcher::engine
