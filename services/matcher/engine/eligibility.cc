#include "services/matcher/engine/eligibility.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

using codes::Line;
using codes::RegionLevel;
using codes::Tier;

// The level of region a resource serves: its tier's; for societies and
// universities one wider, since they stand one level off and sink one level
// (003, task 1).
RegionLevel ServedLevel(Tier tier, Line line) {
  int level = static_cast<int>(tier);
  if (line == Line::kSociety || line == Line::kUniversity) {
    level = std::max(level - 1, static_cast<int>(RegionLevel::kProvince));
  }
  return static_cast<RegionLevel>(level);
}

// The ancestor of the base at the served level; the base itself when it is
// wider than that.
bool Serves(const codes::Region& base, Tier tier, Line line,
            const codes::Region& place) {
  const codes::Region* served = base.AncestorAt(ServedLevel(tier, line));
  return place.IsWithin(served == nullptr ? base : *served);
}

template <typename Resource>
void AddTierConstraints(const Prepared& prepared, const DemandFacts& facts,
                        const Resource& resource, PlaceIndex base,
                        ConstraintSet& violated) {
  const Demand& demand = prepared.problem().demands[facts.index];
  if (resource.tier < demand.opened) violated.Add(Constraint::kTierClosed);
  const Tables& tables = prepared.tables();
  if (!Serves(tables.region(base), resource.tier, resource.line,
              tables.region(facts.place))) {
    violated.Add(Constraint::kOutOfRegion);
  }
}

void AddExclusion(const Prepared& prepared, const DemandFacts& demand,
                  const std::string& resource, ConstraintSet& violated) {
  const auto reason = prepared.ExclusionOf(demand.index, resource);
  if (!reason) return;
  switch (*reason) {
    case ExclusionReason::kCoordinator:
      return violated.Add(Constraint::kExcluded);
    case ExclusionReason::kDeclined:
      return violated.Add(Constraint::kDeclined);
    case ExclusionReason::kTimedOut:
      return violated.Add(Constraint::kTimedOut);
  }
}

bool SharesDiscipline(const Prepared& prepared, const DemandFacts& demand,
                      const Facts& candidate) {
  const Tables& tables = prepared.tables();
  for (const auto& asked : demand.subjects) {
    const int32_t discipline = tables.Discipline(asked.subject);
    for (const Facts::SkillFact& skill : candidate.skills) {
      if (skill.expires > demand.window.start &&
          tables.Discipline(skill.subject) == discipline) {
        return true;
      }
    }
  }
  return false;
}

bool Overlap(const Window& a, const Window& b) {
  return std::max(a.start, b.start) < std::min(a.end, b.end);
}

bool EverFree(const DemandFacts& demand, const Facts& candidate) {
  return std::any_of(
      candidate.availability.begin(), candidate.availability.end(),
      [&](const Window& window) { return Overlap(window, demand.window); });
}

bool ModesMeet(Mode wanted, Mode offered) {
  return wanted == Mode::kEither || offered == Mode::kEither ||
         wanted == offered;
}

}  // namespace

ConstraintSet VolunteerConstraints(const Prepared& prepared,
                                   const DemandFacts& facts,
                                   int32_t volunteer) {
  const Demand& demand = prepared.problem().demands[facts.index];
  const Volunteer& person = prepared.problem().volunteers[volunteer];
  const Facts& candidate = prepared.volunteers()[volunteer];
  ConstraintSet violated;
  AddTierConstraints(prepared, facts, person, candidate.place, violated);
  if (!EverFree(facts, candidate)) violated.Add(Constraint::kWindow);
  if (person.capacity == 0) violated.Add(Constraint::kCapacity);
  if (prepared.Conflict(facts.index, volunteer)) {
    violated.Add(Constraint::kConflictOfInterest);
  }
  AddExclusion(prepared, facts, person.id, violated);
  if (demand.dialect_required && facts.dialects != 0 &&
      (facts.dialects & candidate.dialects) == 0) {
    violated.Add(Constraint::kDialect);
  }
  if (facts.title_min == codes::Title::kAcademician &&
      candidate.title != codes::Title::kAcademician) {
    violated.Add(Constraint::kTitle);
  }
  if (!SharesDiscipline(prepared, facts, candidate)) {
    violated.Add(Constraint::kSubject);
  }
  if (!ModesMeet(demand.mode, person.mode)) violated.Add(Constraint::kMode);
  return violated;
}

ConstraintSet TeamConstraints(const Prepared& prepared,
                              const DemandFacts& demand, int32_t index) {
  const Team& team = prepared.problem().teams[index];
  const Facts& candidate = prepared.teams()[index];
  ConstraintSet violated;
  AddTierConstraints(prepared, demand, team, candidate.place, violated);
  if (team.capacity == 0) violated.Add(Constraint::kCapacity);
  AddExclusion(prepared, demand, team.id, violated);
  if (!SharesDiscipline(prepared, demand, candidate)) {
    violated.Add(Constraint::kSubject);
  }
  return violated;
}

ConstraintSet ProjectConstraints(const Prepared& prepared,
                                 const DemandFacts& demand, int32_t index) {
  const Project& project = prepared.problem().projects[index];
  ConstraintSet violated;
  if (project.exclusive && project.licences == 0) {
    violated.Add(Constraint::kCapacity);
  }
  AddExclusion(prepared, demand, project.id, violated);
  if (!SharesDiscipline(prepared, demand, prepared.projects()[index])) {
    violated.Add(Constraint::kSubject);
  }
  return violated;
}

}  // namespace jiedui::matcher::engine
