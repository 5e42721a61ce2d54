#include "services/matcher/engine/counterfactual.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "services/matcher/engine/pool.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {
namespace {

template <typename T>
const T* FindById(const std::vector<T>& list, const std::string& id) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const T& one) { return one.id == id; });
  return found == list.end() ? nullptr : &*found;
}

bool IsOn(const Lock& lock, const std::string& demand, Part part) {
  return lock.demand == demand && lock.part == part;
}

// The problem of one demand and one resource; a team comes with its leader.
class Pair {
 public:
  Pair(const Problem& whole, const std::string& demand, Part part,
       const std::string& resource)
      : whole_(whole), part_(part) {
    pair_.demands.push_back(*FindById(whole.demands, demand));
    const int32_t locked = LockedElsewhere(demand, resource);
    switch (part) {
      case Part::kTeam:
        AddTeam(*FindById(whole.teams, resource), locked);
        break;
      case Part::kProject:
        AddProject(*FindById(whole.projects, resource), locked);
        break;
      default:
        AddVolunteer(*FindById(whole.volunteers, resource), locked);
    }
    for (const Exclusion& exclusion : whole.exclusions) {
      if (exclusion.demand == demand && exclusion.resource == resource) {
        pair_.exclusions.push_back(exclusion);
      }
    }
  }

  Problem Take() && { return std::move(pair_); }

 private:
  int32_t LockedElsewhere(const std::string& demand,
                          const std::string& resource) const {
    return static_cast<int32_t>(std::count_if(
        whole_.locks.begin(), whole_.locks.end(), [&](const Lock& lock) {
          return lock.resource == resource && !IsOn(lock, demand, part_);
        }));
  }
  void AddVolunteer(Volunteer volunteer, int32_t locked) {
    volunteer.capacity = std::max(0, volunteer.capacity - locked);
    pair_.volunteers.push_back(std::move(volunteer));
  }
  void AddTeam(Team team, int32_t locked) {
    team.capacity = std::max(0, team.capacity - locked);
    team.members.clear();
    if (!team.leader.empty()) {
      AddVolunteer(*FindById(whole_.volunteers, team.leader), 0);
    }
    pair_.teams.push_back(std::move(team));
  }
  void AddProject(Project project, int32_t locked) {
    project.licences = std::max(0, project.licences - locked);
    project.owner.clear();
    pair_.projects.push_back(std::move(project));
  }

  const Problem& whole_;
  const Part part_;
  Problem pair_;
};

Fit FitOfSeat(const Prepared& prepared, Part part, const DemandFacts& facts,
              int32_t seats) {
  const Pool pool(prepared, part);
  Fit fit{pool.MakeChoice(facts, 0, seats), pool.Constraints(facts, 0)};
  if (fit.choice.score < prepared.policy().admission[static_cast<int>(part)]) {
    fit.violated.Add(Constraint::kBelowFloor);
  }
  return fit;
}

bool Wanted(const PartResult& part) {
  return part.status != PartStatus::kNotRequired;
}

bool Served(const Bundle& bundle) { return !AnchorOf(bundle).chosen.empty(); }

std::vector<std::string> Names(const PartResult& part) {
  std::vector<std::string> names;
  for (const Choice& choice : part.chosen) names.push_back(choice.resource);
  return names;
}

void AddExpert(const Demand& demand, const PartResult& expert,
               Objective& levels) {
  if (!Wanted(expert)) return;
  if (expert.chosen.empty()) {
    levels.mandatory_unmet += demand.mandatory;
    ++levels.unmet[static_cast<int>(demand.urgency)];
    return;
  }
  levels.tier_distance += expert.chosen[0].tier_distance;
  levels.loss -= expert.chosen[0].score;
}

using Demands = absl::flat_hash_map<std::string, const Demand*>;

Demands DemandsById(const Problem& problem) {
  Demands demands;
  for (const Demand& demand : problem.demands) demands[demand.id] = &demand;
  return demands;
}

Reach ReachOf(const Problem& problem, const Plan& plan) {
  const Demands demands = DemandsById(problem);
  Reach reach;
  reach.points = plan.total;
  reach.demands = static_cast<int32_t>(plan.bundles.size());
  for (const Bundle& bundle : plan.bundles) {
    reach.served += Served(bundle);
    for (const PartResult& part : bundle.parts) {
      reach.gaps += part.status == PartStatus::kGap;
    }
    AddExpert(*demands.at(bundle.demand), bundle.part(Part::kExpert),
              reach.levels);
  }
  return reach;
}

ChangeKind KindOf(const Bundle& before, const Bundle& after,
                  const std::vector<PartChange>& parts) {
  if (!Served(before) && Served(after)) return ChangeKind::kNewlyServed;
  if (Served(before) && !Served(after)) return ChangeKind::kNoLongerServed;
  const Part anchor = AnchorOf(before).part;
  const bool moved = std::any_of(
      parts.begin(), parts.end(),
      [&](const PartChange& change) { return change.part == anchor; });
  return moved ? ChangeKind::kOtherExpert : ChangeKind::kOtherParts;
}

// Nothing but the names of who serves is compared: scores of the same people
// do not differ between the problems.
std::vector<PartChange> PartChanges(const Bundle& before, const Bundle& after) {
  std::vector<PartChange> changes;
  for (Part part : kAllParts) {
    PartChange change{part, Names(before.part(part)), Names(after.part(part))};
    std::vector<std::string> was = change.before;
    std::vector<std::string> is = change.after;
    std::sort(was.begin(), was.end());
    std::sort(is.begin(), is.end());
    if (was != is) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace

Fit FitOf(const Problem& problem, const Policy& policy,
          const std::string& demand, Part part, const std::string& resource) {
  const Prepared prepared(Pair(problem, demand, part, resource).Take(), policy);
  if (part != Part::kTalents) {
    DemandFacts facts = prepared.demands()[0];
    const bool led = part == Part::kTeam && prepared.corps().size() > 0;
    if (led) facts.expert = 0;
    return FitOfSeat(prepared, part, facts, 1);
  }
  const int32_t seats = prepared.problem().demands[0].talents_count;
  Fit best;
  for (int32_t seat = 0; seat < seats; ++seat) {
    Fit fit = FitOfSeat(prepared, part, prepared.Seat(0, seat), seats);
    const bool better = seat == 0 ||
                        fit.violated.size() < best.violated.size() ||
                        (fit.violated.size() == best.violated.size() &&
                         fit.choice.score > best.choice.score);
    if (better) best = std::move(fit);
  }
  return best;
}

Problem WithLock(Problem problem, const std::string& demand, Part part,
                 const std::string& resource) {
  Sort(problem);
  const int32_t seats = part == Part::kTalents
                            ? FindById(problem.demands, demand)->talents_count
                            : 1;
  int32_t locked = 0;
  size_t last = 0;
  for (size_t i = 0; i < problem.locks.size(); ++i) {
    if (!IsOn(problem.locks[i], demand, part)) continue;
    if (problem.locks[i].resource == resource) return problem;
    ++locked;
    last = i;
  }
  if (locked >= seats) {
    problem.locks.erase(problem.locks.begin() + static_cast<ptrdiff_t>(last));
  }
  problem.locks.push_back({demand, part, resource});
  return problem;
}

const PartResult& AnchorOf(const Bundle& bundle) {
  for (Part part : {Part::kExpert, Part::kTeam}) {
    if (Wanted(bundle.part(part))) return bundle.part(part);
  }
  for (const PartResult& part : bundle.parts) {
    if (Wanted(part)) return part;
  }
  return bundle.part(Part::kExpert);
}

Comparison Compare(const Problem& before, const Plan& plan_before,
                   const Problem& after, const Plan& plan_after) {
  Comparison comparison{
      ReachOf(before, plan_before), ReachOf(after, plan_after), {}};
  absl::flat_hash_map<std::string, const Bundle*> then;
  for (const Bundle& bundle : plan_after.bundles) then[bundle.demand] = &bundle;
  for (const Bundle& bundle : plan_before.bundles) {
    DemandChange change;
    change.demand = bundle.demand;
    change.points_before = bundle.total;
    const auto found = then.find(bundle.demand);
    if (found == then.end()) {
      change.kind = ChangeKind::kLeft;
      comparison.changes.push_back(std::move(change));
      continue;
    }
    change.parts = PartChanges(bundle, *found->second);
    if (change.parts.empty()) continue;
    change.kind = KindOf(bundle, *found->second, change.parts);
    change.points_after = found->second->total;
    comparison.changes.push_back(std::move(change));
  }
  return comparison;
}

}  // namespace jiedui::matcher::engine
