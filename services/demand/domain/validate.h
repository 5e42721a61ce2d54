// What a demand must look like by itself.
#pragma once

#include "common/base/error.h"
#include "jiedui/demand/store/v1/demand_store.pb.h"

namespace jiedui::demand {

// Fills in what the API leaves open: a region of 6 or 9 digits is completed to
// 12, and unspecified choices take their defaults (urgency normal, either mode,
// all tiers opened, expert required, other parts desired).
void Complete(store::v1::DemandRecord& record);

// Everything that is wrong, with fields named as in jiedui.demand.v1.Demand.
// REQUIRES: Complete was called.
base::Violations Validate(const store::v1::DemandRecord& record);

}  // namespace jiedui::demand
