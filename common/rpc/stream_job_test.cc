#include "common/rpc/stream_job.h"

#include <gtest/gtest.h>

#include <functional>

#include "absl/synchronization/notification.h"
#include "common/rpc/caller.h"
#include "common/rpc/test_service.h"

namespace jiedui::rpc {
namespace {

using sheet::v1::ImportSheetResponse;

// Does what the test says.
class ScriptedImporter : public SheetImporter {
 public:
  using Report = absl::FunctionRef<bool(const ImportSheetResponse&)>;
  using Script = std::function<absl::Status(Report)>;

  std::string_view kind() const override { return "scripts"; }
  absl::Status Import(const sheet::v1::ImportSheetRequest&,
                      const std::string& actor, Report report) override {
    this->actor = actor;
    return script(report);
  }
  std::string Template(base::Language language) const override {
    return language == base::Language::kEnglish ? "id" : "编号";
  }

  Script script;
  std::string actor;
};

class StreamJobTest : public testing::Test {
 protected:
  std::unique_ptr<grpc::ClientReader<ImportSheetResponse>> Import(
      const std::string& kind = "scripts") {
    sheet::v1::ImportSheetRequest request;
    request.set_kind(kind);
    context_.AddMetadata(kActorMetadata, "zhang");
    return stub_->ImportSheet(&context_, request);
  }

  // Before the server, which calls it.
  ScriptedImporter importer_;
  store::MemoryStore store_;
  TestServer server_{&store_, TestServer::InProcess(), &importer_};
  const std::unique_ptr<sheet::v1::SheetService::Stub> stub_ =
      sheet::v1::SheetService::NewStub(server_.Channel());
  grpc::ClientContext context_;
};

ImportSheetResponse Progress(int done) {
  ImportSheetResponse response;
  response.set_done_rows(done);
  return response;
}

TEST_F(StreamJobTest, EveryMessageArrivesInOrderThenTheStatus) {
  constexpr int kMessages = 3000;
  importer_.script = [](ScriptedImporter::Report report) {
    for (int i = 0; i < kMessages; ++i) {
      if (!report(Progress(i))) return absl::InternalError("gone");
    }
    return absl::OkStatus();
  };
  const auto reader = Import();
  ImportSheetResponse response;
  for (int i = 0; i < kMessages; ++i) {
    ASSERT_TRUE(reader->Read(&response));
    ASSERT_EQ(response.done_rows(), i);
  }
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(importer_.actor, "zhang");
}

TEST_F(StreamJobTest, TheBodysErrorEndsTheCall) {
  importer_.script = [](ScriptedImporter::Report report) {
    report(Progress(1));
    return base::MakeError(base::Reason::kSheetEmpty);
  };
  const auto reader = Import();
  ImportSheetResponse response;
  EXPECT_TRUE(reader->Read(&response));
  EXPECT_FALSE(reader->Read(&response));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(status), "SHEET_EMPTY");
}

TEST_F(StreamJobTest, ABodyIsToldThatItsCallerHasGone) {
  absl::Notification told;
  importer_.script = [&](ScriptedImporter::Report report) {
    while (report(Progress(1))) {
    }
    told.Notify();
    return absl::OkStatus();
  };
  const auto reader = Import();
  ImportSheetResponse response;
  ASSERT_TRUE(reader->Read(&response));
  context_.TryCancel();
  told.WaitForNotification();
  reader->Finish();
}

TEST_F(StreamJobTest, AnUnknownKindIsNotFound) {
  const auto reader = Import("poems");
  ImportSheetResponse response;
  EXPECT_FALSE(reader->Read(&response));
  EXPECT_EQ(ReasonOf(reader->Finish()), "NOT_FOUND");
}

TEST_F(StreamJobTest, TemplatesComeInBothLanguages) {
  for (const bool english : {false, true}) {
    sheet::v1::GetSheetTemplateRequest request;
    request.set_kind("scripts");
    request.set_english(english);
    grpc::ClientContext context;
    sheet::v1::SheetTemplate response;
    ASSERT_TRUE(stub_->GetSheetTemplate(&context, request, &response).ok());
    EXPECT_EQ(response.file_name(), "scripts.csv");
    EXPECT_EQ(response.content(), english ? "id" : "编号");
  }
}

}  // namespace
}  // namespace jiedui::rpc
