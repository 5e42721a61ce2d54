#include "services/matcher/engine/judge.h"

#include <algorithm>
#include <set>

#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/engine/bundles/judge_bundles.h"
#include "services/matcher/engine/judge_internal.h"

namespace jiedui::matcher::engine {
namespace judging {
namespace {

template <typename T>
Positions PositionsOf(const std::vector<T>& list) {
  Positions positions;
  for (size_t i = 0; i < list.size(); ++i) positions[list[i].id] = i;
  return positions;
}

absl::Status JudgeBundleList(const Case& c) {
  std::set<std::string> seen;
  int64_t total = 0;
  for (const Bundle& bundle : c.plan.bundles) {
    if (!c.demands.contains(bundle.demand)) {
      return Fault(bundle.demand, "bundle of an unknown demand");
    }
    if (!seen.insert(bundle.demand).second) {
      return Fault(bundle.demand, "two bundles for one demand");
    }
    total += bundle.total;
  }
  for (const Demand& demand : c.problem.demands) {
    if (!seen.contains(demand.id)) return Fault(demand.id, "no bundle");
  }
  if (total != c.plan.total) {
    return Fault("plan", "bundles do not add up to the total");
  }
  return absl::OkStatus();
}

// Every lock is among the chosen.
absl::Status JudgeLocks(const Case& c) {
  absl::flat_hash_map<std::string, const Bundle*> bundles;
  for (const Bundle& bundle : c.plan.bundles) bundles[bundle.demand] = &bundle;
  for (const Lock& lock : c.problem.locks) {
    const auto& chosen = bundles.at(lock.demand)->part(lock.part).chosen;
    const bool held =
        std::any_of(chosen.begin(), chosen.end(), [&](const Choice& choice) {
          if (!lock.resource.empty()) return choice.resource == lock.resource;
          return choice.entries.size() == 1 &&
                 choice.entries[0].feature == Feature::kRequester;
        });
    if (!held) return Fault(lock.demand, "lock not held: " + lock.resource);
  }
  return absl::OkStatus();
}

void Count(const std::vector<Choice>& chosen,
           absl::flat_hash_map<std::string, int64_t>& load) {
  for (const Choice& choice : chosen) ++load[choice.resource];
}

}  // namespace

absl::Status Fault(const std::string& culprit, const std::string& fault) {
  return base::MakeError(base::Reason::kPlanFault,
                         {{"culprit", culprit}, {"fault", fault}});
}

bool IsLocked(const Case& c, const std::string& demand, Part part,
              const std::string& resource) {
  return !c.locks.empty() && c.locks.contains({demand, part, resource});
}

int32_t PersonDistance(const Case& c, size_t demand_at, size_t volunteer_at,
                       int32_t score) {
  const Demand& demand = c.problem.demands[demand_at];
  const Volunteer& person = c.problem.volunteers[volunteer_at];
  const bool serves = score >= c.policy.floor;
  const bool invited = demand.action == codes::Action::kHongKongMacaoExperts
                           ? person.category == Category::kHongKongMacao
                           : person.category == Category::kAcademician ||
                                 person.title >= codes::Title::kSenior;
  if (demand.action == codes::Action::kHongKongMacaoExperts ||
      demand.action == codes::Action::kAcademiciansToPrefectures) {
    if (!invited) return kBelowFloorDistance;
    return serves ? 0 : kFitsBelowFloorDistance;
  }
  if (!serves) return kBelowFloorDistance;
  return std::max(
      0, static_cast<int>(demand.tier) - static_cast<int>(person.tier));
}

// The bundles' evidence holds, and is of this plan.
absl::Status JudgeEvidence(const Case& c) {
  const BundleEvidence& told = *c.plan.evidence;
  RETURN_IF_ERROR(bundles::JudgeProblem(told.problem));
  RETURN_IF_ERROR(bundles::JudgeSelection(told.problem, told.start,
                                          told.selection, told.value));
  RETURN_IF_ERROR(
      bundles::JudgeBound(told.problem, told.start, told.prices, told.bound));
  int64_t points = 0;
  for (const Bundle& bundle : c.plan.bundles) {
    for (Part part :
         {Part::kExpert, Part::kProject, Part::kTeam, Part::kTalents}) {
      for (const Choice& choice : bundle.part(part).chosen) {
        points += choice.points;
      }
    }
    for (const Entry& entry : bundle.synergies) points += entry.points;
  }
  if (points + told.rewards != told.value) {
    return Fault("evidence", "not of this plan");
  }
  const int64_t bound = c.plan.total + told.proven - told.value;
  if (told.proven < told.value || told.proven > told.bound ||
      bound != c.plan.total_bound) {
    return Fault("evidence", "wrong bound of the total");
  }
  return absl::OkStatus();
}

absl::Status JudgeCapacities(const Case& c) {
  absl::flat_hash_map<std::string, int64_t> persons, teams, projects;
  for (const Bundle& bundle : c.plan.bundles) {
    Count(bundle.part(Part::kExpert).chosen, persons);
    Count(bundle.part(Part::kTalents).chosen, persons);
    Count(bundle.part(Part::kTeam).chosen, teams);
    Count(bundle.part(Part::kProject).chosen, projects);
  }
  for (const Volunteer& volunteer : c.problem.volunteers) {
    if (persons[volunteer.id] > volunteer.capacity) {
      return Fault(volunteer.id, "volunteer over capacity");
    }
  }
  for (const Team& team : c.problem.teams) {
    if (teams[team.id] > team.capacity) {
      return Fault(team.id, "team over capacity");
    }
  }
  for (const Project& project : c.problem.projects) {
    if (project.exclusive && projects[project.id] > project.licences) {
      return Fault(project.id, "exclusive project over its licences");
    }
  }
  return absl::OkStatus();
}

}  // namespace judging

absl::Status Judge(const Problem& problem, const Policy& policy,
                   const Plan& plan, const PairScore& score) {
  if (plan.evidence == nullptr) {
    return judging::Fault("plan", "no evidence of its bundles");
  }
  using judging::Case;
  using judging::Eligibility;
  using judging::PositionsOf;
  Case c{problem,
         policy,
         plan,
         score,
         Eligibility(problem),
         PositionsOf(problem.demands),
         PositionsOf(problem.volunteers),
         PositionsOf(problem.teams),
         PositionsOf(problem.projects),
         PositionsOf(problem.enterprises),
         PositionsOf(problem.specialties),
         {}};
  for (const Lock& lock : problem.locks) {
    c.locks.emplace(lock.demand, lock.part, lock.resource);
  }
  RETURN_IF_ERROR(judging::JudgeBundleList(c));
  for (const Bundle& bundle : plan.bundles) {
    RETURN_IF_ERROR(judging::JudgeParts(c, bundle));
    RETURN_IF_ERROR(judging::JudgePoints(c, bundle));
  }
  RETURN_IF_ERROR(judging::JudgeLocks(c));
  RETURN_IF_ERROR(judging::JudgeCapacities(c));
  RETURN_IF_ERROR(judging::JudgeEvidence(c));
  return judging::JudgeCertificate(c);
}

}  // namespace jiedui::matcher::engine
