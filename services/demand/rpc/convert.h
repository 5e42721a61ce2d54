// Demands between the public API and the registry's records.
#pragma once

#include "jiedui/demand/store/v1/demand_store.pb.h"
#include "jiedui/demand/v1/demand.pb.h"

namespace jiedui::demand {

// REQUIRES: *api is empty.
void ToApi(const store::v1::DemandRecord& record, v1::Demand* api);

// Takes over what a client may say; the output-only fields of `record` stay.
void SetContent(const v1::Demand& api, store::v1::DemandRecord& record);

}  // namespace jiedui::demand
