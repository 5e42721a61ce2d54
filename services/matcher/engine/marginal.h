// What a round would lose without an expert, and where else he would be of use:
// read off the prices of the expert part.
#pragma once

#include <cstdint>
#include <span>
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

// The same for one demand, whose expert could be of use to `others` instead:
// those he may serve.
MarginalWorth MarginalOf(const ExpertFlow& experts,
                         const std::vector<Draft>& drafts, int32_t demand,
                         std::span<const int32_t> others);

}  // namespace jiedui::matcher::engine
