// The parts nobody competes for: the enterprise helped and the industry driven.
// The best one near by is chosen, however often it is.
#pragma once

#include <cstdint>
#include <vector>

#include "services/matcher/engine/draft.h"
#include "services/matcher/engine/plan.h"
#include "services/matcher/engine/prepared.h"

namespace jiedui::matcher::engine {

// Enterprises and specialties that may be chosen for a demand, best first.
std::vector<Choice> EnterpriseChoices(const Prepared& prepared, int32_t demand);
std::vector<Choice> IndustryChoices(const Prepared& prepared, int32_t demand);

// The requester itself, when it is the enterprise helped (帮扶一个企业).
bool HelpsItself(const Demand& demand, const Draft& draft);

}  // namespace jiedui::matcher::engine
