#include "services/matcher/engine/pools.h"

#include <numeric>

#include "services/matcher/engine/eligibility.h"
#include "services/matcher/engine/scorer.h"
#include "services/matcher/engine/stages.h"

namespace jiedui::matcher::engine {
namespace {

struct ConstraintReason {
  Constraint constraint;
  GapReason reason;
};

// In the order in which they are worth telling: what can be lifted by a
// decision first.
constexpr ConstraintReason kReasons[] = {
    {Constraint::kTierClosed, GapReason::kTierClosed},
    {Constraint::kDeclined, GapReason::kDeclined},
    {Constraint::kTimedOut, GapReason::kTimeout},
    {Constraint::kExcluded, GapReason::kExcluded},
    {Constraint::kConflictOfInterest, GapReason::kConflictOfInterest},
    {Constraint::kCapacity, GapReason::kCapacity},
    {Constraint::kWindow, GapReason::kWindow},
    {Constraint::kBelowFloor, GapReason::kBelowFloor},
};

// Constraints of the person or place, which no decision about the demand lifts.
constexpr Constraint kFixed[] = {Constraint::kOutOfRegion, Constraint::kDialect,
                                 Constraint::kTitle, Constraint::kMode};

std::vector<int32_t> All(size_t size) {
  std::vector<int32_t> all(size);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

}  // namespace

const Facts& Pool::facts(int32_t resource) const {
  switch (part_) {
    case Part::kTeam:
      return prepared_.teams()[resource];
    case Part::kProject:
      return prepared_.projects()[resource];
    default:
      return prepared_.volunteers()[resource];
  }
}

const std::string& Pool::id(int32_t resource) const {
  switch (part_) {
    case Part::kTeam:
      return prepared_.problem().teams[resource].id;
    case Part::kProject:
      return prepared_.problem().projects[resource].id;
    default:
      return prepared_.problem().volunteers[resource].id;
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

std::vector<int32_t> Pool::Near(const DemandFacts& demand) const {
  switch (part_) {
    case Part::kTeam:
      return All(prepared_.teams().size());
    case Part::kProject:
      return All(prepared_.projects().size());
    default:
      return prepared_.VolunteersNear(demand);
  }
}

Choice Pool::MakeChoice(const DemandFacts& demand, int32_t resource,
                        int32_t seats) const {
  Choice choice =
      Assess(prepared_.context(), part_, demand, facts(resource), seats);
  choice.resource = id(resource);
  choice.tier_distance = DistanceOfChoice(demand, resource, choice.score);
  return choice;
}

int32_t Pool::DistanceOfChoice(const DemandFacts& demand, int32_t resource,
                               int32_t score) const {
  switch (part_) {
    case Part::kProject:
      return 0;
    case Part::kTeam:
      return TeamDistance(prepared_, demand, resource, score);
    default:
      return PersonDistance(prepared_, demand, resource, score);
  }
}

Survey SurveyPart(const Prepared& prepared, const Pool& pool,
                  const DemandFacts& demand) {
  const int32_t admission =
      prepared.policy().admission[static_cast<int>(pool.part())];
  Survey survey;
  int32_t best_score = 0;
  for (int32_t resource : pool.Near(demand)) {
    ConstraintSet violated = pool.Constraints(demand, resource);
    if (violated.Has(Constraint::kSubject)) continue;
    ++survey.near;
    const bool hopeless =
        survey.barred != kNobody && violated.size() > survey.violated.size();
    if (hopeless) continue;
    const int32_t score =
        Score(prepared.context(), pool.part(), demand, pool.facts(resource));
    if (score < admission) violated.Add(Constraint::kBelowFloor);
    if (violated.empty()) {
      survey.feasible = true;
      continue;
    }
    const bool better =
        survey.barred == kNobody || violated.size() < survey.violated.size() ||
        (violated.size() == survey.violated.size() && score > best_score);
    if (!better) continue;
    survey.barred = resource;
    survey.violated = violated;
    best_score = score;
  }
  return survey;
}

GapReason ReasonOf(const Survey& survey, const DemandFacts& demand) {
  if (survey.feasible) return GapReason::kCapacity;
  if (demand.subjects.empty()) return GapReason::kDataMissing;
  for (Constraint fixed : kFixed) {
    if (survey.violated.Has(fixed)) return GapReason::kNoCandidate;
  }
  for (const auto& [constraint, reason] : kReasons) {
    if (survey.violated.Has(constraint)) return reason;
  }
  return GapReason::kNoCandidate;
}

}  // namespace jiedui::matcher::engine
