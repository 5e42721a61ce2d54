// Importing demands: what a county's sheet does to the registry.

#include "services/demand/rpc/demand_sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/store/memory_store.h"
#include "services/demand/app/kinds.h"

namespace jiedui::demand {
namespace {

constexpr char kHeader[] =
    "编号,标题,需求库,行动,提出单位,单位类型,地区,学科,联系电话,人才,"
    "人才人数\n";

std::string Line(std::string id, std::string title) {
  return absl::StrCat(
      id, ",", title,
      ",问题,乡村振兴,柏桥村,乡村,"
      "广东省/茂名市/高州市/根子镇,园艺学,19900000000,希望,2\n");
}

class DemandSheetTest : public testing::Test {
 protected:
  DemandSheetTest() : writer_("test", &store_, &machine_, &clock_) {
    EXPECT_TRUE(writer_.Open().ok());
    writer_.Start();
    sheet_ = MakeDemandSheet(&writer_, &machine_);
  }

  sheet::v1::ImportSummary Import(std::string content, bool verify = false,
                                  bool validate_only = false) {
    sheet::v1::ImportSheetRequest request;
    request.set_content(std::move(content));
    request.set_verify(verify);
    request.set_validate_only(validate_only);
    sheet::v1::ImportSummary summary;
    const absl::Status status = sheet_->Import(
        request, "tester", [&](const sheet::v1::ImportSheetResponse& response) {
          if (response.has_summary()) summary = response.summary();
          return true;
        });
    EXPECT_TRUE(status.ok()) << status;
    return summary;
  }

  event::v1::Demand Get(std::string_view external_id) {
    const auto record =
        Demands::Find(store_, Demands::FindExternal(store_, external_id));
    return record ? record->demand() : event::v1::Demand();
  }

  jiedui::store::MemoryStore store_;
  base::ManualClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  DemandMachine machine_;
  runtime::Writer writer_;
  std::unique_ptr<rpc::SheetImporter> sheet_;
};

TEST_F(DemandSheetTest, ARowBecomesADemand) {
  EXPECT_EQ(Import(kHeader + Line("a", "荔枝保鲜")).created(), 1);
  const event::v1::Demand demand = Get("a");
  EXPECT_EQ(demand.state(), "DRAFT");
  EXPECT_EQ(demand.region().substr(0, 6), "440981");
  EXPECT_EQ(demand.subjects(0), "21040");
  EXPECT_EQ(demand.parts().talents_count(), 2);
  EXPECT_EQ(demand.parts().team(), type::v1::WANT_DESIRED);
}

TEST_F(DemandSheetTest, AVouchedForRowIsOpenAtOnce) {
  Import(kHeader + Line("a", "荔枝保鲜"), /*verify=*/true);
  EXPECT_EQ(Get("a").state(), "OPEN");
  EXPECT_TRUE(Get("a").has_submit_time());
}

TEST_F(DemandSheetTest, VouchingLaterOpensWhatIsThereAlready) {
  const std::string sheet = kHeader + Line("a", "荔枝保鲜");
  Import(sheet);
  EXPECT_EQ(Import(sheet, /*verify=*/true).updated(), 1);
  EXPECT_EQ(Get("a").state(), "OPEN");
  EXPECT_EQ(Import(sheet, /*verify=*/true).unchanged(), 1);
}

TEST_F(DemandSheetTest, ImportingAgainChangesOnlyWhatDiffers) {
  const std::string sheet = kHeader + Line("a", "荔枝") + Line("b", "龙眼");
  Import(sheet, true);
  const uint64_t head = writer_.head();
  EXPECT_EQ(Import(sheet, true).unchanged(), 2);
  EXPECT_EQ(writer_.head(), head);
  const auto summary =
      Import(kHeader + Line("a", "荔枝") + Line("b", "龙眼丰产"), true);
  EXPECT_EQ(summary.unchanged(), 1);
  EXPECT_EQ(summary.updated(), 1);
  EXPECT_EQ(Get("b").title(), "龙眼丰产");
  EXPECT_EQ(Get("b").state(), "OPEN");
}

TEST_F(DemandSheetTest, OnlyCheckingTellsWhatWouldHappen) {
  Import(kHeader + Line("a", "荔枝"));
  const uint64_t head = writer_.head();
  const auto summary =
      Import(kHeader + Line("a", "荔枝") + Line("b", "龙眼"), false, true);
  EXPECT_EQ(summary.created(), 1);
  EXPECT_EQ(summary.unchanged(), 1);
  EXPECT_TRUE(summary.nothing_changed());
  EXPECT_EQ(writer_.head(), head);
}

TEST_F(DemandSheetTest, OneBadRowKeepsTheSheetOutAndIsNamed) {
  const auto summary =
      Import(kHeader + Line("a", "荔枝") + Line("b", "") + Line("a", "龙眼"));
  EXPECT_TRUE(summary.nothing_changed());
  EXPECT_EQ(writer_.head(), 0u);
  ASSERT_EQ(summary.errors_size(), 2);
  EXPECT_EQ(summary.errors(0).row(), 3);
  EXPECT_EQ(summary.errors(0).column(), "标题");
  EXPECT_EQ(summary.errors(1).row(), 4);
  EXPECT_EQ(summary.errors(1).column(), "编号");
  EXPECT_EQ(summary.errors(1).reason(), "ROW_REPEATED");
}

TEST_F(DemandSheetTest, ADemandUnderWayIsNotChangedByASheet) {
  Import(kHeader + Line("a", "荔枝"));
  runtime::Command command;
  command.decide = [](runtime::Transaction& txn) {
    auto record = Demands::Find(txn, "demands/D00000001").value();
    record.mutable_demand()->set_state("IN_SERVICE");
    Demands::Save(txn, record, {.verb = "serve"});
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer_.Run(std::move(command)).ok());
  EXPECT_EQ(Import(kHeader + Line("a", "荔枝")).unchanged(), 1);
  const auto summary = Import(kHeader + Line("a", "龙眼"));
  ASSERT_EQ(summary.errors_size(), 1);
  EXPECT_EQ(summary.errors(0).reason(), "WRONG_STATE");
}

TEST_F(DemandSheetTest, AProbableRepeatIsPointedOut) {
  Import(kHeader + Line("a", "荔枝采后保鲜期太短外销损耗大"));
  const auto summary =
      Import(kHeader + Line("z", "荔枝采后保鲜期太短外销损耗大"));
  EXPECT_EQ(summary.created(), 1);
  ASSERT_EQ(summary.duplicates_size(), 1);
  EXPECT_EQ(summary.duplicates(0).row(), 2);
  EXPECT_EQ(summary.duplicates(0).resource(), "demands/D00000001");
}

TEST_F(DemandSheetTest, TheTemplateIsItselfAGoodSheet) {
  for (const auto language :
       {base::Language::kChinese, base::Language::kEnglish}) {
    const auto summary = Import(sheet_->Template(language));
    EXPECT_EQ(summary.errors_size(), 0) << summary.DebugString();
    EXPECT_EQ(summary.total_rows(), 1);
  }
}

}  // namespace
}  // namespace jiedui::demand
