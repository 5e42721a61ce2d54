#include "services/volunteer/rpc/volunteer_sheets.h"

#include <array>
#include <string>
#include <utility>

#include "services/volunteer/domain/validate.h"

namespace jiedui::volunteer {
namespace {

using rpc::RowOutcome;

// Fields of the API that a sheet's columns call otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3>
    kColumnOfField = {{{"display_name", "name"},
                       {"found_date", "founded"},
                       {"windows", "available_to"}}};

// "skills[1].proficiency" is read from the column "skills".
std::string ColumnOf(std::string_view field) {
  const std::string_view base = field.substr(0, field.find_first_of("[."));
  for (const auto& [name, column] : kColumnOfField) {
    if (name == base) return std::string(column);
  }
  return std::string(base);
}

template <typename Kind>
base::Violations ValidateRow(const SheetRow<Kind>& row) {
  const base::Violations found = Validate(row.record);
  base::Violations in_columns;
  for (const base::Violation& wrong : found.list()) {
    in_columns.Add(ColumnOf(wrong.field), wrong.reason, wrong.args);
  }
  return in_columns;
}

template <typename Kind>
absl::StatusOr<RowOutcome> Upsert(runtime::Transaction& txn,
                                  const SheetRow<Kind>& row, bool verify) {
  const absl::StatusOr<ImportOutcome> outcome = ImportRow(txn, row, verify);
  if (!outcome.ok()) return outcome.status();
  switch (*outcome) {
    case ImportOutcome::kCreated:
      return RowOutcome::kCreated;
    case ImportOutcome::kUpdated:
      return RowOutcome::kUpdated;
    case ImportOutcome::kUnchanged:
      break;
  }
  return RowOutcome::kUnchanged;
}

template <typename Kind>
std::unique_ptr<rpc::SheetImporter> Importer(
    runtime::Writer* writer, const sheet::Schema<SheetRow<Kind>>& schema) {
  rpc::SheetRules<SheetRow<Kind>> rules;
  rules.kind = std::string(Kind::kCollection);
  rules.schema = &schema;
  rules.validate = ValidateRow<Kind>;
  rules.upsert = Upsert<Kind>;
  return std::make_unique<rpc::SheetImport<SheetRow<Kind>>>(writer,
                                                            std::move(rules));
}

}  // namespace

std::vector<std::unique_ptr<rpc::SheetImporter>> SheetImporters(
    runtime::Writer* writer) {
  std::vector<std::unique_ptr<rpc::SheetImporter>> importers;
  importers.push_back(Importer<VolunteerKind>(writer, VolunteerSheet()));
  importers.push_back(Importer<TeamKind>(writer, TeamSheet()));
  importers.push_back(Importer<ProjectKind>(writer, ProjectSheet()));
  importers.push_back(Importer<EnterpriseKind>(writer, EnterpriseSheet()));
  importers.push_back(Importer<StationKind>(writer, StationSheet()));
  importers.push_back(Importer<SpecialtyKind>(writer, SpecialtySheet()));
  return importers;
}

}  // namespace jiedui::volunteer
