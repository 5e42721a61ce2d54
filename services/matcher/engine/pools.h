// The three kinds of resources demands compete for, behind one face, so that
// choosing, explaining and surveying are written once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

class Pool {
 public:
  // REQUIRES: part is kExpert, kTalents, kTeam or kProject.
  Pool(const Prepared& prepared, Part part)
      : prepared_(prepared), part_(part) {}

  Part part() const { return part_; }
  const Facts& facts(int32_t resource) const;
  const std::string& id(int32_t resource) const;
  ConstraintSet Constraints(const DemandFacts& demand, int32_t resource) const;

  // All that may share a discipline with the demand, in order.
  std::vector<int32_t> Near(const DemandFacts& demand) const;

  // The resource assessed for the part, with id and tier distance.
  Choice MakeChoice(const DemandFacts& demand, int32_t resource,
                    int32_t seats) const;

 private:
  int32_t DistanceOfChoice(const DemandFacts& demand, int32_t resource,
                           int32_t score) const;

  const Prepared& prepared_;
  Part part_;
};

// What stands between a demand and a part of it.
struct Survey {
  int32_t near = 0;       // who share a discipline
  bool feasible = false;  // someone violates nothing, capacity in the round
                          // apart
  // The best of the others: fewest violations, then score, then order.
  int32_t barred = kNobody;
  ConstraintSet violated;
};

Survey SurveyPart(const Prepared& prepared, const Pool& pool,
                  const DemandFacts& demand);

// Why the part of the demand stays open.
GapReason ReasonOf(const Survey& survey, const DemandFacts& demand);

}  // namespace jiedui::matcher::engine
