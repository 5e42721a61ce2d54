// The sheet of demands (需求表): its columns and how a row is taken in.
#pragma once

#include <memory>

#include "common/rpc/sheet_service.h"
#include "common/runtime/writer.h"
#include "services/demand/app/demand_machine.h"

namespace jiedui::demand {

// Kind "demands". Both must outlive it.
std::unique_ptr<rpc::SheetImporter> MakeDemandSheet(
    runtime::Writer* writer, const DemandMachine* machine);

}  // namespace jiedui::demand
