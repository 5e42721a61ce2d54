// A server for tests of this folder: a registry of projects with its event log,
// over a store that outlives it.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/rpc/event_log.h"
#include "common/rpc/server.h"
#include "common/rpc/sheet_service.h"
#include "common/runtime/loop.h"
#include "common/runtime/test_registry.h"
#include "common/runtime/writer.h"
#include "common/store/memory_store.h"
#include "jiedui/volunteer/v1/volunteer_service.grpc.pb.h"

namespace jiedui::rpc {

// Answers CreateProject and ListProjects only.
class ProjectService : public volunteer::v1::VolunteerService::CallbackService {
 public:
  explicit ProjectService(runtime::Writer* writer) : writer_(writer) {}

  grpc::ServerUnaryReactor* CreateProject(
      grpc::CallbackServerContext* context,
      const volunteer::v1::CreateProjectRequest* request,
      volunteer::v1::Project* response) override;

  grpc::ServerUnaryReactor* ListProjects(
      grpc::CallbackServerContext* context,
      const volunteer::v1::ListProjectsRequest* request,
      volunteer::v1::ListProjectsResponse* response) override;

 private:
  runtime::Writer* const writer_;
};

// Runs from construction to destruction. `store` must outlive it.
class TestServer {
 public:
  // Without a port it is reached in-process only.
  static ServerOptions InProcess() {
    ServerOptions options;
    options.port = -1;
    return options;
  }
  explicit TestServer(store::MemoryStore* store,
                      const ServerOptions& options = InProcess(),
                      SheetImporter* importer = nullptr,
                      const base::Clock* clock = &base::Clock::System());

  runtime::Writer& writer() { return writer_; }
  Server& server() { return *server_; }
  std::shared_ptr<grpc::Channel> Channel() {
    return server_->InProcessChannel();
  }

  // Commits one new project; returns its name.
  std::string Create(const std::string& display_name,
                     const std::string& verb = "create");

 private:
  runtime::TestRegistry machine_;
  runtime::Writer writer_;
  runtime::Loop loop_{2};
  runtime::Loop jobs_{1};
  EventLogService events_{&loop_};
  ProjectService projects_{&writer_};
  SheetService sheets_{&jobs_};
  std::unique_ptr<Server> server_;
};

// The reason in a status' details; empty when there is none.
std::string ReasonOf(const grpc::Status& status);

}  // namespace jiedui::rpc
