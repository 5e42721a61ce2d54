#include "common/rpc/sheet_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/runtime/test_registry.h"
#include "common/sheet/cells.h"
#include "common/store/memory_store.h"

namespace jiedui::rpc {
namespace {

using base::HasReason;
using base::Reason;
using runtime::Projects;
using sheet::v1::ImportSheetRequest;
using sheet::v1::ImportSheetResponse;
using sheet::v1::ImportSummary;
using testing::ElementsAre;
using Row = volunteer::event::v1::Project;

const sheet::Schema<Row>& ProjectSheet() {
  static const auto* const schema = new auto(
      sheet::Schema<Row>()
          .Required("编号", "external_id", "P-1", sheet::Text{.max = 40},
                    [](Row& row, std::string id) { row.set_external_id(id); })
          .Required(
              "名称", "display_name", "荔枝保鲜", sheet::Text{.max = 20},
              [](Row& row, std::string text) { row.set_display_name(text); })
          .Optional("成熟度", "readiness", "5", sheet::Integer{},
                    [](Row& row, int64_t level) { row.set_readiness(level); }));
  return *schema;
}

base::Violations Validate(const Row& row) {
  base::Violations violations;
  if (row.readiness() > 9) {
    violations.Add(
        "project.readiness", Reason::kValueOutOfRange,
        {{"value", absl::StrCat(row.readiness())}, {"min", "1"}, {"max", "9"}});
  }
  return violations;
}

absl::StatusOr<RowOutcome> Upsert(runtime::Transaction& txn, const Row& row,
                                  bool verify) {
  if (row.display_name() == "孤儿") {
    return base::MakeError(
        Reason::kReferenceMissing,
        {{"field", "display_name"}, {"resource", "teams/T9"}});
  }
  const std::string name = Projects::FindExternal(txn, row.external_id());
  if (name.empty()) {
    runtime::CreateProject(txn, row.external_id(), row.display_name(),
                           verify ? "verify" : "create");
    return RowOutcome::kCreated;
  }
  Projects::Record record = *Projects::Find(txn, name);
  if (record.project().display_name() == row.display_name()) {
    return RowOutcome::kUnchanged;
  }
  record.mutable_project()->set_display_name(row.display_name());
  Projects::Save(txn, record, {.verb = "update"});
  return RowOutcome::kUpdated;
}

class SheetImportTest : public testing::Test {
 protected:
  SheetImportTest() {
    EXPECT_TRUE(writer_.Open().ok());
    writer_.Start();
  }

  static ImportSheetRequest Request(const std::string& rows) {
    ImportSheetRequest request;
    request.set_kind("projects");
    request.set_content("编号,名称,成熟度,备注\n" + rows);
    return request;
  }

  absl::StatusOr<ImportSummary> Import(const ImportSheetRequest& request) {
    progress_.clear();
    ImportSummary summary;
    const absl::Status status = importer_.Import(
        request, "zhang", [&](const ImportSheetResponse& response) {
          if (response.has_summary()) {
            summary = response.summary();
          } else {
            progress_.push_back(response.done_rows());
          }
          return static_cast<int>(progress_.size()) < reports_wanted_;
        });
    if (!status.ok()) return status;
    return summary;
  }

  static std::string Counts(const ImportSummary& summary) {
    return absl::StrCat(summary.created(), " ", summary.updated(), " ",
                        summary.unchanged(), " ", summary.failed());
  }

  static std::vector<std::string> Errors(const ImportSummary& summary) {
    std::vector<std::string> errors;
    for (const auto& error : summary.errors()) {
      errors.push_back(absl::StrCat(error.row(), " ", error.column(), " ",
                                    error.value(), " ", error.reason()));
    }
    return errors;
  }

  static std::string ManyRows(int count) {
    std::string rows;
    for (int i = 0; i < count; ++i) absl::StrAppend(&rows, "P-", i, ",x,,\n");
    return rows;
  }

  store::MemoryStore store_;
  base::ManualClock clock_{absl::FromUnixSeconds(1000)};
  runtime::TestRegistry machine_;
  runtime::Writer writer_{"test", &store_, &machine_, &clock_};
  SheetImport<Row> importer_{
      &writer_,
      {.kind = "projects",
       .schema = &ProjectSheet(),
       .validate = Validate,
       .upsert = Upsert,
       .find_duplicate = [](const Row& row)
           -> std::optional<std::pair<std::string, int64_t>> {
         if (row.display_name() != "旧事") return std::nullopt;
         return std::pair("projects/P00000007", 900'000);
       }}};
  std::vector<int> progress_;
  int reports_wanted_ = 1000;
};

TEST_F(SheetImportTest, GoodRowsBecomeRecords) {
  const auto summary = Import(Request("P-1,荔枝,5,\nP-2,对虾,,\n"));
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(Counts(*summary), "2 0 0 0");
  EXPECT_EQ(summary->total_rows(), 2);
  EXPECT_FALSE(summary->nothing_changed());
  EXPECT_THAT(summary->ignored_columns(), ElementsAre("备注"));
  EXPECT_EQ(summary->encoding(), "UTF-8");
  EXPECT_EQ(Projects::FindExternal(store_, "P-2"), "projects/P00000002");
  EXPECT_EQ(journal::Journal::Read(store_, 1)->entries(0).actor(), "zhang");
}

TEST_F(SheetImportTest, ADryRunTellsWhatWouldHappenAndChangesNothing) {
  ASSERT_TRUE(Import(Request("P-1,a,,\nP-2,b,,\n")).ok());
  ImportSheetRequest request = Request("P-1,a,,\nP-2,c,,\nP-3,d,,\n");
  request.set_validate_only(true);
  const auto summary = Import(request);
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(Counts(*summary), "1 1 1 0");
  EXPECT_TRUE(summary->nothing_changed());
  EXPECT_EQ(writer_.head(), 1u);
  EXPECT_EQ(Projects::FindExternal(store_, "P-3"), "");
}

TEST_F(SheetImportTest, ImportingTheSameAgainCommitsNothing) {
  ASSERT_TRUE(Import(Request("P-1,a,,\nP-2,b,,\n")).ok());
  const auto summary = Import(Request("P-1,a,,\nP-2,b,,\n"));
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(Counts(*summary), "0 0 2 0");
  EXPECT_EQ(writer_.head(), 1u);
}

constexpr char kDirty[] =
    "P-1,荔枝,5,\n"
    "P-2,,,\n"
    "P-3,对虾,much,\n"
    "P-4,陶瓷,12,\n"
    "P-1,模具,3,\n"
    "P-6,孤儿,,\n";

TEST_F(SheetImportTest, EveryBadRowIsNamedAndNothingIsImported) {
  const auto summary = Import(Request(kDirty));
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_THAT(
      Errors(*summary),
      ElementsAre("3 名称  FIELD_REQUIRED", "4 成熟度 much FIELD_MALFORMED",
                  "5 成熟度 12 VALUE_OUT_OF_RANGE", "6 编号 P-1 ROW_REPEATED",
                  "7 名称  REFERENCE_MISSING"));
  for (const auto& error : summary->errors()) {
    EXPECT_NE(error.message_zh(), error.message_en());
    EXPECT_THAT(error.message_zh(), testing::Not(testing::HasSubstr("{")));
  }
  EXPECT_EQ(summary->error_count(), 5);
  EXPECT_EQ(Counts(*summary), "1 0 0 5");
  EXPECT_TRUE(summary->nothing_changed());
  EXPECT_EQ(writer_.head(), 0u);
}

TEST_F(SheetImportTest, BadRowsCanBeSkipped) {
  ImportSheetRequest request = Request(kDirty);
  request.set_skip_bad_rows(true);
  const auto summary = Import(request);
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(Counts(*summary), "1 0 0 5");
  EXPECT_EQ(summary->error_count(), 5);
  EXPECT_FALSE(summary->nothing_changed());
  EXPECT_EQ(progress_, std::vector<int>{6});
  EXPECT_EQ(Projects::FindExternal(store_, "P-1"), "projects/P00000001");
}

TEST_F(SheetImportTest, LikelyDuplicatesAreShown) {
  const auto summary = Import(Request("P-1,新事,,\nP-2,旧事,,\n"));
  ASSERT_TRUE(summary.ok()) << summary.status();
  ASSERT_EQ(summary->duplicates_size(), 1);
  EXPECT_EQ(summary->duplicates(0).row(), 3);
  EXPECT_EQ(summary->duplicates(0).resource(), "projects/P00000007");
  EXPECT_EQ(summary->duplicates(0).similarity(), 900'000);
}

TEST_F(SheetImportTest, VouchedForRowsAreVerifiedInTheSameCommit) {
  ImportSheetRequest request = Request("P-1,a,,\n");
  request.set_verify(true);
  ASSERT_TRUE(Import(request).ok());
  EXPECT_EQ(journal::Journal::Read(store_, 1)->entries(0).facts(0).verb(),
            "verify");
}

TEST_F(SheetImportTest, ALargeSheetIsCommittedInPortionsWithProgress) {
  const auto summary = Import(Request(ManyRows(1200)));
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(Counts(*summary), "1200 0 0 0");
  EXPECT_THAT(progress_, ElementsAre(500, 1000, 1200));
  EXPECT_EQ(writer_.head(), 3u);
}

TEST_F(SheetImportTest, WhatWasReportedStaysWhenTheCallerGoesAway) {
  reports_wanted_ = 1;
  EXPECT_EQ(Import(Request(ManyRows(1200))).status().code(),
            absl::StatusCode::kCancelled);
  EXPECT_NE(Projects::FindExternal(store_, "P-499"), "");
  EXPECT_EQ(Projects::FindExternal(store_, "P-500"), "");
  reports_wanted_ = 1000;
  const auto summary = Import(Request(ManyRows(1200)));
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(Counts(*summary), "700 0 500 0");
}

TEST_F(SheetImportTest, AFileThatIsNoSheetIsAnErrorOfTheWhole) {
  ImportSheetRequest request;
  request.set_content("PK\x03\x04 a workbook");
  EXPECT_TRUE(HasReason(Import(request).status(), Reason::kSheetIsWorkbook));
  request.set_content("编号\nP-1\n");
  EXPECT_TRUE(HasReason(Import(request).status(), Reason::kInvalidFields));
}

TEST_F(SheetImportTest, TheTemplateCanBeImported) {
  ImportSheetRequest request;
  request.set_content(importer_.Template(base::Language::kEnglish));
  const auto summary = Import(request);
  ASSERT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(Counts(*summary), "1 0 0 0");
}

}  // namespace
}  // namespace jiedui::rpc
