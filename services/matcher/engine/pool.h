// The kinds of resources demands compete for, behind one face, so that
// explaining and surveying are written once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

class Pool {
 public:
  // REQUIRES: part is kExpert, kTalents, kTeam or kProject.
  Pool(const Prepared& prepared, Part part)
      : prepared_(prepared), part_(part) {}

  Part part() const { return part_; }
  int32_t size() const;
  Facts facts(int32_t resource) const;
  std::string id(int32_t resource) const;
  // The position; kNobody when there is none of that id.
  int32_t Find(const std::string& id) const;
  ConstraintSet Constraints(const DemandFacts& demand, int32_t resource) const;

  // The best `most` of those who may serve, in order of preference.
  std::vector<int32_t> Best(const DemandFacts& demand, int32_t most) const;

  // The resource assessed for the part, with id and tier distance.
  Choice MakeChoice(const DemandFacts& demand, int32_t resource,
                    int32_t seats) const;

 private:
  const Prepared& prepared_;
  Part part_;
};

}  // namespace jiedui::matcher::engine
