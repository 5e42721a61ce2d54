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
      if (remaining.projects[resource] != kUnlimitedLicences) {
        --remaining.projects[resource];
      }
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

Remaining WholeCapacity(const Prepared& prepared) {
  const Problem& problem = prepared.problem();
  const Corps& corps = prepared.corps();
  Remaining remaining;
  remaining.volunteers.reserve(static_cast<size_t>(corps.size()));
  for (int32_t i = 0; i < corps.size(); ++i) {
    remaining.volunteers.push_back(corps.capacity(i));
  }
  for (const Team& team : problem.teams) {
    remaining.teams.push_back(team.capacity);
  }
  for (const Project& project : problem.projects) {
    remaining.projects.push_back(project.exclusive ? project.licences
                                                   : kUnlimitedLicences);
  }
  return remaining;
}

}  // namespace

bool Draft::HasLocks() const {
  return locked_talents > 0 ||
         std::find(locked.begin(), locked.end(), true) != locked.end();
}

bool Draft::HasPerson(int32_t volunteer) const {
  return at(Part::kExpert) == volunteer ||
         std::find(talents.begin(), talents.end(), volunteer) != talents.end();
}

bool Draft::HasLockedPerson(int32_t volunteer) const {
  if (IsLocked(Part::kExpert) && at(Part::kExpert) == volunteer) return true;
  const auto end = talents.begin() + locked_talents;
  return std::find(talents.begin(), end, volunteer) != end;
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

std::vector<Draft> StartDrafts(const Prepared& prepared, Remaining& remaining) {
  remaining = WholeCapacity(prepared);
  const Problem& problem = prepared.problem();
  std::vector<Draft> drafts(problem.demands.size());
  for (size_t i = 0; i < drafts.size(); ++i) {
    const Demand& demand = problem.demands[i];
    if (demand.wants(Part::kTalents) != Want::kNone) {
      drafts[i].talents.assign(static_cast<size_t>(demand.talents_count),
                               kNobody);
    }
  }
  for (const Lock& lock : problem.locks) {
    PlaceLock(prepared, lock,
              drafts[static_cast<size_t>(prepared.DemandAt(lock.demand))],
              remaining);
  }
  return drafts;
}

DemandFacts FactsWithExpert(const Prepared& prepared, int32_t demand,
                            const Draft& draft) {
  DemandFacts facts = prepared.demands()[static_cast<size_t>(demand)];
  facts.expert = draft.at(Part::kExpert);
  return facts;
}

}  // namespace jiedui::matcher::engine
