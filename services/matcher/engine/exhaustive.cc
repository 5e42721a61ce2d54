#include "services/matcher/engine/exhaustive.h"

#include <algorithm>
#include <tuple>

#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {

CandidateList FindExhaustively(const Prepared& prepared, Part part,
                               const DemandFacts& demand) {
  const Pool pool(prepared, part);
  const Policy& policy = prepared.policy();
  const bool person = part == Part::kExpert || part == Part::kTalents;
  CandidateList list;
  for (int32_t resource = 0; resource < pool.size(); ++resource) {
    if (!pool.Constraints(demand, resource).empty()) continue;
    const Facts facts = pool.facts(resource);
    const int32_t score = Assess(policy, part, demand, facts).score;
    if (score < policy.admission[static_cast<size_t>(part)]) continue;
    const int32_t distance =
        person ? PersonDistance(policy, demand, facts, score) : 0;
    list.best.push_back({resource, distance, score});
  }
  std::sort(list.best.begin(), list.best.end(),
            [](const Candidate& a, const Candidate& b) {
              return std::tie(a.distance, b.score, a.resource) <
                     std::tie(b.distance, a.score, b.resource);
            });
  return list;
}

CandidateList FindByIndex(const Prepared& prepared, Part part,
                          const DemandFacts& demand, int32_t most) {
  switch (part) {
    case Part::kTalents:
      return FindTalents(prepared, demand, most);
    case Part::kTeam:
      return FindTeams(prepared, demand, most);
    case Part::kProject:
      return FindProjects(prepared, demand, most);
    default:
      return FindExperts(prepared, demand, most);
  }
}

}  // namespace jiedui::matcher::engine
