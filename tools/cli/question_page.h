// Answers to questions about rounds as pages: replays, why not, value, what if.
#pragma once

#include <string>
#include <vector>

#include "jiedui/matcher/v1/counterfactual.pb.h"
#include "tools/cli/messages.h"

namespace jiedui::cli {

using Changes = std::vector<matcher::v1::DemandChange>;

std::string RenderReplay(const matcher::v1::ReplayResult& result,
                         Language language);

std::string RenderWhyNot(const matcher::v1::WhyNotResult& result,
                         const Changes& changes, Language language);

std::string RenderValue(const matcher::v1::ValueResult& result,
                        const Changes& changes, Language language);

// A table of the levels and sums, how many demands change and how, and a line a
// demand for those that matter most.
std::string RenderComparison(const matcher::v1::Comparison& comparison,
                             const Changes& changes, Language language);

}  // namespace jiedui::cli
