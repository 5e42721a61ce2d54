#include "tools/cli/errors.h"

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"
#include "gtest/gtest.h"

namespace jiedui::cli {
namespace {

using ::testing::HasSubstr;

// What the servers of this system send.
absl::Status Received(grpc::StatusCode code, const std::string& reason,
                      const std::string& zh = "", const std::string& en = "",
                      const std::string& field = "") {
  google::rpc::Status details;
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  details.add_details()->PackFrom(info);
  google::rpc::LocalizedMessage message;
  message.set_locale("zh-CN");
  message.set_message(zh);
  details.add_details()->PackFrom(message);
  message.set_locale("en");
  message.set_message(en);
  details.add_details()->PackFrom(message);
  if (!field.empty()) {
    google::rpc::BadRequest request;
    auto* violation = request.add_field_violations();
    violation->set_field(field);
    violation->set_description("不能为空 / is required");
    details.add_details()->PackFrom(request);
  }
  return FromGrpc(grpc::Status(code, "x", details.SerializeAsString()),
                  "host:1", 30);
}

TEST(Explain, TakesTheMessageOfTheLanguage) {
  const absl::Status status =
      Received(grpc::StatusCode::NOT_FOUND, "NOT_FOUND", "找不到", "no such");
  EXPECT_EQ(Explain(status, Language::kChinese), "错误: 找不到\n");
  EXPECT_EQ(Explain(status, Language::kEnglish), "error: no such\n");
}

TEST(Explain, ListsEveryFieldViolationInTheLanguage) {
  const absl::Status status =
      Received(grpc::StatusCode::INVALID_ARGUMENT, "INVALID_FIELDS", "有误",
               "bad", "title");
  EXPECT_EQ(Explain(status, Language::kChinese),
            "错误: 有误\n  title: 不能为空\n");
  EXPECT_EQ(Explain(status, Language::kEnglish),
            "error: bad\n  title: is required\n");
}

TEST(Explain, AnUnreachableServerIsNamedWithWhatToDo) {
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::UNAVAILABLE, "connect failed"),
               "host:1", 30);
  EXPECT_THAT(Explain(status, Language::kEnglish), HasSubstr("host:1"));
  EXPECT_THAT(Explain(status, Language::kChinese), HasSubstr("jiedui serve"));
}

TEST(Explain, WordsOfThisProcessNeedNoDetails) {
  const absl::Status status =
      base::MakeError(base::Reason::kDataFolderInUse, {{"path", "/data"}});
  EXPECT_THAT(Explain(status, Language::kEnglish), HasSubstr("/data"));
  EXPECT_EQ(ReasonOf(status), "DATA_FOLDER_IN_USE");
}

TEST(Explain, WhatHasBeenToldIsNotToldAgain) {
  EXPECT_EQ(Explain(AlreadyTold(absl::NotFoundError("x")), Language::kChinese),
            "");
}

TEST(ExitCodes, FollowTheTableOfTheHelp) {
  using grpc::StatusCode;
  const std::pair<absl::Status, ExitCode> kCases[] = {
      {absl::OkStatus(), kExitOk},
      {UsageError("x"), kExitUsage},
      {InvalidInput("x"), kExitInvalid},
      {Received(StatusCode::NOT_FOUND, "NOT_FOUND"), kExitNotFound},
      {Received(StatusCode::INVALID_ARGUMENT, "INVALID_FIELDS"), kExitInvalid},
      {Received(StatusCode::FAILED_PRECONDITION, "WRONG_STATE"), kExitState},
      {Received(StatusCode::ABORTED, "ETAG_MISMATCH"), kExitConflict},
      {Received(StatusCode::ALREADY_EXISTS, "REQUEST_ID_REUSED"),
       kExitConflict},
      {Received(StatusCode::UNAVAILABLE, "SHUTTING_DOWN"), kExitUnavailable},
      {Received(StatusCode::DEADLINE_EXCEEDED, ""), kExitUnavailable},
      {Received(StatusCode::RESOURCE_EXHAUSTED, "OVERLOADED"),
       kExitUnavailable},
      {Received(StatusCode::RESOURCE_EXHAUSTED, "TOO_LARGE"), kExitInvalid},
      {Received(StatusCode::FAILED_PRECONDITION, "DATA_FOLDER_IN_USE"),
       kExitData},
      {Received(StatusCode::FAILED_PRECONDITION, "SCHEMA_NEWER"), kExitData},
      {Received(StatusCode::DATA_LOSS, "DATA_DAMAGED"), kExitData},
      {Received(StatusCode::INTERNAL, "INTERNAL"), kExitInternal},
      {Received(StatusCode::CANCELLED, "CANCELLED"), kExitInterrupted},
  };
  for (const auto& [status, code] : kCases) {
    EXPECT_EQ(ExitCodeOf(status), code) << status;
  }
}

}  // namespace
}  // namespace jiedui::cli
