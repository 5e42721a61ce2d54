#include "services/matcher/engine/draft.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

void PlaceLock(const Prepared& prepared, const Lock& lock, Draft& draft,
               Remaining& remaining) {
  draft.locked[static_cast<int>(lock.part)] = true;
  int32_t resource = kNobody;
  switch (lock.part) {
    case Part::kExpert:
      resource = prepared.VolunteerAt(lock.resource);
      --remaining.volunteers[resource];
      break;
    case Part::kTalents:
      resource = prepared.VolunteerAt(lock.resource);
      --remaining.volunteers[resource];
      draft.talents[draft.locked_talents++] = resource;
      return;
    case Part::kTeam:
      resource = prepared.TeamAt(lock.resource);
      --remaining.teams[resource];
      break;
    case Part::kProject:
      resource = prepared.ProjectAt(lock.resource);
      --remaining.projects[resource];
      break;
    case Part::kEnterprise:
      draft.requester_helped = lock.resource.empty();
      if (!draft.requester_helped) {
        resource = prepared.EnterpriseAt(lock.resource);
      }
      break;
    case Part::kIndustry:
      resource = prepared.SpecialtyAt(lock.resource);
      break;
  }
  draft.Set(lock.part, resource);
}

}  // namespace

bool Draft::HasPerson(int32_t volunteer) const {
  return at(Part::kExpert) == volunteer ||
         std::find(talents.begin(), talents.end(), volunteer) != talents.end();
}

Objective UnmetCost(const Demand& demand) {
  Objective cost;
  cost.mandatory_unmet = demand.mandatory;
  cost.unmet[static_cast<int>(demand.urgency)] = 1;
  return cost;
}

bool Wanted(const Demand& demand, const Draft& draft, Part part) {
  return demand.wants(part) != Want::kNone && !draft.IsLocked(part);
}

void PlaceLocks(const Prepared& prepared, std::vector<Draft>& drafts,
                Remaining& remaining) {
  for (const Lock& lock : prepared.problem().locks) {
    PlaceLock(prepared, lock, drafts[prepared.DemandAt(lock.demand)],
              remaining);
  }
}

Remaining WholeCapacity(const Prepared& prepared) {
  const Problem& problem = prepared.problem();
  Remaining remaining;
  for (const Volunteer& volunteer : problem.volunteers) {
    remaining.volunteers.push_back(volunteer.capacity);
  }
  for (const Team& team : problem.teams) {
    remaining.teams.push_back(team.capacity);
  }
  const auto demands = static_cast<int32_t>(problem.demands.size());
  for (const Project& project : problem.projects) {
    remaining.projects.push_back(project.exclusive ? project.licences
                                                   : demands);
  }
  return remaining;
}

}  // namespace jiedui::matcher::engine
