#include "common/rpc/test_service.h"

#include <gtest/gtest.h>

#include "common/query/convert.h"
#include "common/rpc/list.h"
#include "common/rpc/unary.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace jiedui::rpc {

grpc::ServerUnaryReactor* ProjectService::CreateProject(
    grpc::CallbackServerContext* context,
    const volunteer::v1::CreateProjectRequest* request,
    volunteer::v1::Project* response) {
  return Commit(
      *writer_, context, request, response,
      [request, response](runtime::Transaction& txn) -> absl::Status {
        if (request->project().display_name().empty()) {
          base::Violations violations;
          violations.Add("project.display_name", base::Reason::kFieldRequired);
          return violations.ToStatus();
        }
        const std::string name =
            runtime::CreateProject(txn, request->project().external_id(),
                                   request->project().display_name());
        response->set_name(name);
        return absl::OkStatus();
      });
}

grpc::ServerUnaryReactor* ProjectService::ListProjects(
    grpc::CallbackServerContext* context,
    const volunteer::v1::ListProjectsRequest* request,
    volunteer::v1::ListProjectsResponse* response) {
  return Finish(context, ListPage<runtime::ProjectKind>(
                             writer_->store(), ListQueryOf(*request), nullptr,
                             [](const auto& record, auto* project) {
                               query::CopyByName(record.project(), *project);
                             },
                             response->mutable_projects(),
                             response->mutable_next_page_token()));
}

TestServer::TestServer(store::MemoryStore* store, const ServerOptions& options,
                       SheetImporter* importer, const base::Clock* clock)
    : writer_("test", store, &machine_, clock) {
  const absl::Status opened = writer_.Open();
  EXPECT_TRUE(opened.ok()) << opened;
  writer_.Start();
  events_.Add(&writer_);
  if (importer != nullptr) sheets_.Add(importer);
  auto metrics = std::make_unique<Metrics>();
  metrics->Watch(&writer_);
  auto server = Server::Start(options, {&events_, &projects_, &sheets_},
                              std::move(metrics));
  EXPECT_TRUE(server.ok()) << server.status();
  server_ = std::move(server).value();
}

std::string TestServer::Create(const std::string& display_name,
                               const std::string& verb) {
  std::string name;
  runtime::Command command;
  command.actor = "tester";
  command.decide = [&](runtime::Transaction& txn) {
    name = runtime::CreateProject(txn, "", display_name, verb);
    return absl::OkStatus();
  };
  const absl::Status status = writer_.Run(std::move(command));
  EXPECT_TRUE(status.ok()) << status;
  return name;
}

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status wire;
  google::rpc::ErrorInfo info;
  if (!wire.ParseFromString(status.error_details()) || wire.details().empty() ||
      !wire.details(0).UnpackTo(&info)) {
    return "";
  }
  return info.reason();
}

}  // namespace jiedui::rpc
