// Answers to questions about rounds, as the public API shows them.
#pragma once

#include <string>
#include <string_view>

#include "jiedui/matcher/v1/counterfactual.pb.h"
#include "services/matcher/domain/proposal.h"
#include "services/matcher/engine/counterfactual.h"

namespace jiedui::matcher {

// With the changes counted, not listed.
v1::Comparison ToComparison(const engine::Comparison& comparison);

// `title` of the demand.
v1::DemandChange ToDemandChange(const engine::DemandChange& change,
                                const std::string& title, const CardOf& cards);

// An expert that a what-if added is called so; the requester itself, known by
// no name, 需求方.
v1::NamedResource ToNamed(const std::string& resource, const CardOf& cards);

}  // namespace jiedui::matcher
