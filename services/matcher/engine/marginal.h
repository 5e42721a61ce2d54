// What a round would lose without an expert, and where else he would be of use:
// read off the prices of the expert part.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/experts.h"

namespace jiedui::matcher::engine {

// By positions in Prepared; see plan.h, Marginal.
struct MarginalWorth {
  Objective loss;
  int32_t next = kNobody;
  int32_t instead = kNobody;
};

// By demand; of those without an expert found by the round, nothing. One pass
// over the edges.
std::vector<MarginalWorth> MarginalsOf(const ExpertFlow& experts,
                                       const std::vector<Draft>& drafts);

}  // namespace jiedui::matcher::engine
