// Turns drafts into bundles: every part with its points, its runners-up, the
// best of those barred, and for what stays open the reason.
#pragma once

#include <vector>

#include "services/matcher/engine/matching.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"
#include "services/matcher/engine/survey.h"
#include "services/matcher/engine/usage.h"

namespace jiedui::matcher::engine {

class Explainer {
 public:
  // Keeps references; all must outlive it.
  Explainer(const Prepared& prepared, const Matching& matching);
  // For drafts that change, with `usage` and `marginals` kept beside them.
  Explainer(const Prepared& prepared, const std::vector<Draft>& drafts,
            const Remaining& remaining,
            const std::vector<MarginalWorth>& marginals, const Usage& usage);
  Explainer(const Explainer&) = delete;
  Explainer& operator=(const Explainer&) = delete;

  // A volunteer who is new or has changed.
  void Put(int32_t volunteer) { people_.Put(volunteer); }

  // The bundle of one demand. Thread-safe.
  Bundle Explain(int32_t demand) const;

 private:
  PartResult ExplainRival(Part part, int32_t demand) const;
  void AddMarginal(int32_t demand, PartResult& expert) const;
  void AddOpening(int32_t demand, PartResult& expert) const;
  PartResult ExplainTalents(int32_t demand) const;
  PartResult ExplainEnterprise(int32_t demand) const;
  PartResult ExplainIndustry(int32_t demand) const;
  const Specialists& SpecialistsOf(Part part) const;
  PartResult BestOf(Part part, std::vector<Choice> choices,
                    const Demand& demand) const;
  void AddSynergies(const DemandFacts& facts, Bundle& bundle) const;

  // The best candidates that are not in use in the bundle.
  std::vector<RunnerUp> RunnersUp(Part part, const DemandFacts& facts,
                                  int32_t seats, const Choice* chosen) const;
  std::string TakenBy(Part part, int32_t resource, int32_t demand) const;
  bool InUse(Part part, int32_t resource, int32_t demand) const;

  const Prepared& prepared_;
  const std::vector<Draft>& drafts_;
  const Remaining& remaining_;
  const std::vector<MarginalWorth>& marginals_;
  Usage own_usage_;  // empty when it is kept elsewhere
  const Usage& usage_;
  Specialists people_;
  const Specialists teams_;
  const Specialists projects_;
};

}  // namespace jiedui::matcher::engine
