// What one command writes, as the runtime writes it.
#pragma once

#include "common/store/store.h"
#include "jiedui/demand/v1/demand_service.pb.h"

namespace jiedui::bench {

// The batch that a demand registry commits when `request` comes alone.
store::Batch BatchOfOne(const demand::v1::CreateDemandRequest& request);

// Bytes of all its keys and values.
size_t BytesOf(const store::Batch& batch);

}  // namespace jiedui::bench
