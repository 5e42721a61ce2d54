// What a service reached, against the metric of its demand.
#pragma once

#include <string>

#include "common/base/error.h"
#include "jiedui/matcher/event/v1/record_event.pb.h"
#include "jiedui/type/v1/values.pb.h"

namespace jiedui::matcher {

// A figure that somebody states must be a number, and finite.
void CheckFigure(std::string field, double value, base::Violations& out);

// Sets metric, direction and share. The share is how much of the way from
// baseline to target was gone, whichever of the two is higher; where they are
// the same, all of it or nothing. Leaves the report alone when the demand
// states no metric.
void MeasureAgainst(const type::v1::Metric& metric, double reached,
                    event::v1::CompletionReport& report);

}  // namespace jiedui::matcher
