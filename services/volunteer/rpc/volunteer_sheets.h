// The sheets of the volunteer registry: volunteers, teams, projects,
// enterprises, stations and specialties.
#pragma once

#include <memory>
#include <vector>

#include "common/rpc/sheet_import.h"
#include "common/runtime/writer.h"
#include "services/volunteer/app/sheet_row.h"

namespace jiedui::volunteer {

// The columns of each. Built once; valid for the life of the program.
const sheet::Schema<SheetRow<VolunteerKind>>& VolunteerSheet();
const sheet::Schema<SheetRow<TeamKind>>& TeamSheet();
const sheet::Schema<SheetRow<ProjectKind>>& ProjectSheet();
const sheet::Schema<SheetRow<EnterpriseKind>>& EnterpriseSheet();
const sheet::Schema<SheetRow<StationKind>>& StationSheet();
const sheet::Schema<SheetRow<SpecialtyKind>>& SpecialtySheet();

// One importer a kind. `writer` must outlive them.
std::vector<std::unique_ptr<rpc::SheetImporter>> SheetImporters(
    runtime::Writer* writer);

}  // namespace jiedui::volunteer
