#include "services/matcher/engine/eligibility.h"

#include <algorithm>

namespace jiedui::matcher::engine {
namespace {

void AddTierConstraints(const DemandFacts& demand, codes::Tier tier,
                        PlaceIndex serves, ConstraintSet& violated) {
  if (tier < demand.opened) violated.Add(Constraint::kTierClosed);
  if (!RegionOf(demand.place).IsWithin(RegionOf(serves))) {
    violated.Add(Constraint::kOutOfRegion);
  }
}

void AddExclusion(const Prepared& prepared, const DemandFacts& demand,
                  std::string_view resource, ConstraintSet& violated) {
  if (prepared.problem().exclusions.empty()) return;
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

// Whether requester and volunteer are of one unit, or the volunteer has
// declared the requester a conflict.
bool Conflict(const DemandFacts& demand, std::span<const NameId> avoided) {
  return std::any_of(avoided.begin(), avoided.end(), [&](NameId name) {
    return name == demand.requester[0] || name == demand.requester[1];
  });
}

}  // namespace

bool SharesDiscipline(const DemandFacts& demand, const Facts& candidate) {
  for (const SkillFact& skill : candidate.skills) {
    if (skill.expires <= demand.window.start) continue;
    const DisciplineIndex discipline = DisciplineOf(skill.subject);
    for (DisciplineIndex asked : demand.disciplines) {
      if (asked == discipline) return true;
    }
  }
  return false;
}

ConstraintSet OtherVolunteerConstraints(const Prepared& prepared,
                                        const DemandFacts& demand,
                                        int32_t volunteer, const Facts& facts) {
  const Corps& corps = prepared.corps();
  ConstraintSet violated;
  if (!EverFree(demand, facts)) violated.Add(Constraint::kWindow);
  if (corps.capacity(volunteer) == 0) violated.Add(Constraint::kCapacity);
  if (Conflict(demand, corps.avoided(volunteer))) {
    violated.Add(Constraint::kConflictOfInterest);
  }
  if (!prepared.problem().exclusions.empty()) {
    AddExclusion(prepared, demand, corps.id(volunteer), violated);
  }
  if (demand.dialect_required && demand.dialects != 0 &&
      (demand.dialects & facts.dialects) == 0) {
    violated.Add(Constraint::kDialect);
  }
  if (demand.title_min == codes::Title::kAcademician &&
      facts.title != codes::Title::kAcademician) {
    violated.Add(Constraint::kTitle);
  }
  if (!ModesMeet(demand.mode, corps.mode(volunteer))) {
    violated.Add(Constraint::kMode);
  }
  return violated;
}

ConstraintSet VolunteerConstraints(const Prepared& prepared,
                                   const DemandFacts& demand,
                                   int32_t volunteer) {
  const Facts facts = prepared.corps().facts(volunteer);
  ConstraintSet violated =
      OtherVolunteerConstraints(prepared, demand, volunteer, facts);
  AddTierConstraints(demand, facts.tier, prepared.corps().serves(volunteer),
                     violated);
  if (!SharesDiscipline(demand, facts)) violated.Add(Constraint::kSubject);
  return violated;
}

ConstraintSet OtherTeamConstraints(const Prepared& prepared,
                                   const DemandFacts& demand, int32_t index) {
  const Team& team = prepared.problem().teams[static_cast<size_t>(index)];
  ConstraintSet violated;
  if (team.capacity == 0) violated.Add(Constraint::kCapacity);
  AddExclusion(prepared, demand, team.id, violated);
  return violated;
}

ConstraintSet TeamConstraints(const Prepared& prepared,
                              const DemandFacts& demand, int32_t index) {
  const Facts facts = prepared.teams()[index];
  ConstraintSet violated = OtherTeamConstraints(prepared, demand, index);
  AddTierConstraints(demand, facts.tier, prepared.TeamServes(index), violated);
  if (!SharesDiscipline(demand, facts)) violated.Add(Constraint::kSubject);
  return violated;
}

ConstraintSet ProjectConstraints(const Prepared& prepared,
                                 const DemandFacts& demand, int32_t index) {
  const Project& project =
      prepared.problem().projects[static_cast<size_t>(index)];
  ConstraintSet violated;
  if (project.exclusive && project.licences == 0) {
    violated.Add(Constraint::kCapacity);
  }
  AddExclusion(prepared, demand, project.id, violated);
  if (!SharesDiscipline(demand, prepared.projects()[index])) {
    violated.Add(Constraint::kSubject);
  }
  return violated;
}

}  // namespace jiedui::matcher::engine
