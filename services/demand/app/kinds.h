// The one kind of resource that the demand registry keeps.
#pragma once

#include <string_view>

#include "common/runtime/collection.h"
#include "jiedui/demand/store/v1/demand_store.pb.h"
#include "services/demand/app/keys.h"

namespace jiedui::demand {

struct DemandKind {
  using Record = store::v1::DemandRecord;
  using Fact = event::v1::Demand;
  static constexpr std::string_view kCollection = "demands";
  static constexpr char kLetter = 'D';
  static constexpr char kRowKey = keys::kDemand;
  static constexpr char kExternalKey = keys::kDemandExternalId;
  static const Fact& fact(const Record& record) { return record.demand(); }
  static Fact& fact(Record& record) { return *record.mutable_demand(); }
};

using Demands = runtime::Collection<DemandKind>;

}  // namespace jiedui::demand
