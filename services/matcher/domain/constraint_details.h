// What was seen of a condition that keeps a resource from a demand.
#pragma once

#include <string>

#include "services/matcher/engine/counterfactual.h"
#include "services/matcher/engine/policy.h"
#include "services/matcher/engine/problem.h"

namespace jiedui::matcher {

// 属省级，需求只开放到县级: a few words about one of `fit`'s violations.
// REQUIRES: demand and resource are in the problem; the part is one that
// FitOf takes.
std::string DetailOf(engine::Constraint constraint,
                     const engine::Problem& problem,
                     const engine::Policy& policy, const std::string& demand,
                     engine::Part part, const engine::Fit& fit);

}  // namespace jiedui::matcher
