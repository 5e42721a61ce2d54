// The volunteer registry behind a real server, in this process, for tests.
#pragma once

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/base/clock.h"
#include "common/rpc/host.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "jiedui/sheet/v1/sheet_service.grpc.pb.h"
#include "jiedui/volunteer/v1/volunteer_service.grpc.pb.h"
#include "services/volunteer/bind.h"

namespace jiedui::volunteer {

class RegistryServerTest : public testing::Test {
 protected:
  using Stub = v1::VolunteerService::Stub;

  RegistryServerTest() {
    std::filesystem::remove_all(folder_);
    Start();
  }
  ~RegistryServerTest() override {
    host_ = nullptr;
    std::filesystem::remove_all(folder_);
  }

  void Start() {
    host_ = nullptr;
    host_ = std::make_unique<rpc::Host>(&clock_);
    auto registry = OpenVolunteerRegistry(host_->environment(), folder_);
    EXPECT_TRUE(registry.ok()) << registry.status();
    host_->Add(*std::move(registry));
    rpc::HostOptions options;
    options.server.port = -1;
    EXPECT_TRUE(host_->Start(options).ok());
    stub_ = v1::VolunteerService::NewStub(host_->channel());
    sheets_ = sheet::v1::SheetService::NewStub(host_->channel());
  }

  template <typename Request, typename Response>
  grpc::Status Call(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                 const Request&, Response*),
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    return (stub_.get()->*method)(&context, request, response);
  }

  struct Imported {
    grpc::Status status;
    int messages = 0;
    sheet::v1::ImportSummary summary;
  };

  Imported Import(const sheet::v1::ImportSheetRequest& request) {
    grpc::ClientContext context;
    const auto reader = sheets_->ImportSheet(&context, request);
    Imported imported;
    sheet::v1::ImportSheetResponse response;
    while (reader->Read(&response)) ++imported.messages;
    imported.status = reader->Finish();
    imported.summary = response.summary();
    return imported;
  }

  Imported Import(std::string kind, std::string content, bool verify = false) {
    sheet::v1::ImportSheetRequest request;
    request.set_kind(std::move(kind));
    request.set_content(std::move(content));
    request.set_verify(verify);
    return Import(request);
  }

  static google::rpc::Status Details(const grpc::Status& status) {
    google::rpc::Status wire;
    EXPECT_TRUE(wire.ParseFromString(status.error_details()));
    return wire;
  }

  static std::string ReasonOf(const grpc::Status& status) {
    const google::rpc::Status wire = Details(status);
    google::rpc::ErrorInfo info;
    for (const auto& detail : wire.details()) {
      if (detail.UnpackTo(&info)) return info.reason();
    }
    return "";
  }

  // The fields that a status complains of.
  static std::vector<std::string> FieldsOf(const grpc::Status& status) {
    const google::rpc::Status wire = Details(status);
    std::vector<std::string> fields;
    google::rpc::BadRequest bad;
    for (const auto& detail : wire.details()) {
      if (!detail.UnpackTo(&bad)) continue;
      for (const auto& one : bad.field_violations()) {
        fields.push_back(one.field());
      }
    }
    return fields;
  }

  const std::string folder_ =
      testing::TempDir() + "/volunteer_" +
      testing::UnitTest::GetInstance()->current_test_info()->name();
  // 2026-11-22 08:00 in China.
  base::ManualClock clock_{absl::FromUnixSeconds(1795305600)};
  std::unique_ptr<rpc::Host> host_;
  std::unique_ptr<Stub> stub_;
  std::unique_ptr<sheet::v1::SheetService::Stub> sheets_;
};

}  // namespace jiedui::volunteer
