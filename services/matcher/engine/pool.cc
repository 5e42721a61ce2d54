#include "services/matcher/engine/pool.h"

#include <algorithm>

#include "services/matcher/engine/candidates.h"
#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/scorer.h"

namespace jiedui::matcher::engine {

int32_t Pool::size() const {
  switch (part_) {
    case Part::kTeam:
      return prepared_.teams().size();
    case Part::kProject:
      return prepared_.projects().size();
    default:
      return prepared_.corps().size();
  }
}

Facts Pool::facts(int32_t resource) const {
  switch (part_) {
    case Part::kTeam:
      return prepared_.teams()[resource];
    case Part::kProject:
      return prepared_.projects()[resource];
    default:
      return prepared_.corps().facts(resource);
  }
}

std::string Pool::id(int32_t resource) const {
  const auto at = static_cast<size_t>(resource);
  switch (part_) {
    case Part::kTeam:
      return prepared_.problem().teams[at].id;
    case Part::kProject:
      return prepared_.problem().projects[at].id;
    default:
      return std::string(prepared_.corps().id(resource));
  }
}

int32_t Pool::Find(const std::string& id) const {
  switch (part_) {
    case Part::kTeam:
      return prepared_.FindTeam(id);
    case Part::kProject:
      return prepared_.FindProject(id);
    default:
      return prepared_.corps().Find(id);
  }
}

ConstraintSet Pool::Constraints(const DemandFacts& demand,
                                int32_t resource) const {
  switch (part_) {
    case Part::kTeam:
      return TeamConstraints(prepared_, demand, resource);
    case Part::kProject:
      return ProjectConstraints(prepared_, demand, resource);
    default:
      return VolunteerConstraints(prepared_, demand, resource);
  }
}

std::vector<int32_t> Pool::Best(const DemandFacts& demand, int32_t most) const {
  CandidateList list;
  switch (part_) {
    case Part::kTeam:
      list = FindTeams(prepared_, demand, most);
      break;
    case Part::kProject:
      list = FindProjects(prepared_, demand, most);
      break;
    case Part::kTalents:
      list = FindTalents(prepared_, demand, most);
      break;
    default:
      list = FindExperts(prepared_, demand, most);
  }
  std::vector<int32_t> best;
  for (const Candidate& candidate : list.best) {
    best.push_back(candidate.resource);
  }
  return best;
}

Choice Pool::MakeChoice(const DemandFacts& demand, int32_t resource,
                        int32_t seats) const {
  const Facts candidate = facts(resource);
  Choice choice = Assess(prepared_.policy(), part_, demand, candidate, seats);
  choice.resource = id(resource);
  if (part_ == Part::kExpert) {
    choice.tier_distance =
        PersonDistance(prepared_.policy(), demand, candidate, choice.score);
  } else if (part_ != Part::kProject) {
    choice.tier_distance = TierDistance(demand.tier, candidate.tier);
  }
  return choice;
}

}  // namespace jiedui::matcher::engine
