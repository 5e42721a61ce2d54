#include "services/matcher/engine/survey.h"

#include <algorithm>

#include "services/matcher/engine/scorer.h"

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

}  // namespace

Specialists::Specialists(const Prepared& prepared, Part part)
    : pool_(prepared, part),
      by_discipline_(static_cast<size_t>(DisciplineCount())) {
  for (int32_t row = 0; row < pool_.size(); ++row) {
    for (const SkillFact& skill : pool_.facts(row).skills) {
      auto& list = by_discipline_[DisciplineOf(skill.subject)];
      if (list.empty() || list.back() != row) list.push_back(row);
    }
  }
}

void Specialists::Put(int32_t row) {
  for (const SkillFact& skill : pool_.facts(row).skills) {
    auto& list = by_discipline_[DisciplineOf(skill.subject)];
    const auto at = std::lower_bound(list.begin(), list.end(), row);
    if (at == list.end() || *at != row) list.insert(at, row);
  }
}

std::vector<int32_t> Specialists::Near(const DemandFacts& demand) const {
  std::vector<int32_t> near;
  for (DisciplineIndex discipline : demand.disciplines) {
    const auto& list = by_discipline_[discipline];
    near.insert(near.end(), list.begin(), list.end());
  }
  if (demand.disciplines.size() > 1) {
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
  }
  return near;
}

Survey SurveyPart(const Prepared& prepared, Part part,
                  const Specialists& specialists, const DemandFacts& demand) {
  const int32_t admission =
      prepared.policy().admission[static_cast<size_t>(part)];
  const Scorer scorer(prepared.policy(), part, demand);
  const Pool pool(prepared, part);
  Survey survey;
  int32_t best_score = 0;
  for (int32_t resource : specialists.Near(demand)) {
    ConstraintSet violated = pool.Constraints(demand, resource);
    if (violated.Has(Constraint::kSubject)) continue;
    ++survey.near;
    const bool hopeless =
        survey.barred != kNobody && violated.size() > survey.violated.size();
    if (hopeless || (violated.empty() && survey.feasible)) continue;
    // Of those barred by as much as the best so far, only a better one counts.
    const bool level = survey.barred != kNobody && !violated.empty() &&
                       violated.size() == survey.violated.size();
    const int32_t least = level ? std::max(admission, best_score + 1) : 0;
    const Facts facts = pool.facts(resource);
    const int32_t least_without_text = least - scorer.most_text();
    const int32_t without_text = scorer.WithoutText(facts, least_without_text);
    if (without_text < least_without_text) continue;
    const int32_t score = without_text + scorer.TextOf(facts);
    if (score < least) continue;
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
