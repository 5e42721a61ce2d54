// What stands between a demand and a part of it: all who share a discipline,
// the best of those barred, and why.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/pool.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

struct Survey {
  int32_t near = 0;       // who share a discipline
  bool feasible = false;  // someone violates nothing, capacity in the round
                          // apart
  // The best of the others: fewest violations, then score, then order.
  int32_t barred = kNobody;
  ConstraintSet violated;
};

// Who knows something of each discipline, wherever they serve, expired skills
// too. 4 bytes a person and discipline.
class Specialists {
 public:
  Specialists(const Prepared& prepared, Part part);

  // A row that is new, or knows something else now.
  void Put(int32_t row);

  const Pool& pool() const { return pool_; }
  // Those who share a discipline with the demand, in order, each once.
  std::vector<int32_t> Near(const DemandFacts& demand) const;

 private:
  Pool pool_;
  std::vector<std::vector<int32_t>> by_discipline_;
};

// Linear in those who share a discipline.
Survey SurveyPart(const Prepared& prepared, Part part,
                  const Specialists& specialists, const DemandFacts& demand);

// Why the part of the demand stays open.
GapReason ReasonOf(const Survey& survey, const DemandFacts& demand);

}  // namespace jiedui::matcher::engine
