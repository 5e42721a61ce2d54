// Turns features into points. The only place where points are made.
#pragma once

#include <cstdint>

#include "services/matcher/engine/facts.h"
#include "services/matcher/engine/plan.h"

namespace jiedui::matcher::engine {

// The part's own score: Σ ⌊weight · f / 1000⌋, 0 … kFullMarks.
int32_t Score(const Context& context, Part part, const DemandFacts& demand,
              const Facts& candidate);

// The same with every entry, and points inside a bundle; `seats` divides them
// (talents). `resource` is left empty.
Choice Assess(const Context& context, Part part, const DemandFacts& demand,
              const Facts& candidate, int32_t seats = 1);

// The enterprise part when the requester is the enterprise helped.
Choice AssessRequester(const Context& context);

// A synergy of `weight` ‰ of the bundle.
Entry AssessSynergy(const Context& context, Feature feature, int32_t weight,
                    const DemandFacts& demand, const Facts& candidate);

}  // namespace jiedui::matcher::engine
