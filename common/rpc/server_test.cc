#include "common/rpc/server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <iterator>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/rpc/status.h"
#include "common/rpc/test_service.h"

namespace jiedui::rpc {
namespace {

using base::HasReason;
using base::Reason;
using testing::HasSubstr;

// The reply's bytes to one request's bytes; a stream of one message each way
// looks the same on the wire.
std::string Call(std::shared_ptr<grpc::Channel> channel,
                 const std::string& method, const std::string& bytes) {
  grpc::GenericStub stub(std::move(channel));
  grpc::ClientContext context;
  const grpc::Slice slice(bytes);
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  absl::Notification done;
  stub.UnaryCall(&context, method, grpc::StubOptions(), &request, &response,
                 [&](const grpc::Status& status) {
                   EXPECT_TRUE(status.ok()) << status.error_message();
                   done.Notify();
                 });
  done.WaitForNotification();
  grpc::Slice whole;
  EXPECT_TRUE(response.DumpToSingleSlice(&whole).ok());
  return std::string(reinterpret_cast<const char*>(whole.begin()),
                     whole.size());
}

std::string HttpGet(int port, const std::string& path) {
  boost::asio::ip::tcp::iostream stream("127.0.0.1", std::to_string(port));
  stream << "GET " << path << " HTTP/1.0\r\n\r\n" << std::flush;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

grpc::Status GetHead(event::v1::EventLogService::Stub& stub) {
  grpc::ClientContext context;
  event::v1::GetHeadRequest request;
  request.set_source("volunteer");
  event::v1::Head head;
  return stub.GetHead(&context, request, &head);
}

TEST(ServerTest, AnswersHealthAndReflectionOverASocket) {
  store::MemoryStore store;
  TestServer server(&store, ServerOptions());
  const auto channel =
      ConnectTo(absl::StrCat("127.0.0.1:", server.server().port()));
  // HealthCheckResponse{status: SERVING}
  EXPECT_EQ(Call(channel, "/grpc.health.v1.Health/Check", ""), "\x08\x01");
  // ServerReflectionRequest{list_services: "*"}
  const std::string services = Call(
      channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
      "\x3a\x01*");
  EXPECT_THAT(services, HasSubstr("jiedui.event.v1.EventLogService"));
  EXPECT_THAT(services, HasSubstr("jiedui.volunteer.v1.VolunteerService"));
  EXPECT_THAT(services, HasSubstr("jiedui.sheet.v1.SheetService"));
}

TEST(ServerTest, APortInUseIsNamed) {
  store::MemoryStore store;
  ServerOptions options;
  options.metrics_port = 0;
  TestServer first(&store, options);
  ServerOptions same_port;
  same_port.port = first.server().port();
  ServerOptions same_metrics_port;
  same_metrics_port.metrics_port = first.server().metrics_port();
  for (const auto& [taken, port] :
       {std::pair(same_port, same_port.port),
        std::pair(same_metrics_port, same_metrics_port.metrics_port)}) {
    const absl::Status status =
        Server::Start(taken, {}, std::make_unique<Metrics>()).status();
    ASSERT_TRUE(HasReason(status, Reason::kPortInUse)) << status;
    EXPECT_THAT(std::string(status.message()),
                HasSubstr(absl::StrCat("127.0.0.1:", port)));
  }
}

TEST(ServerTest, TheMetricsPageCountsCallsByCodeAndCommits) {
  store::MemoryStore store;
  ServerOptions options = TestServer::InProcess();
  options.metrics_port = 0;
  TestServer server(&store, options);
  const auto stub = event::v1::EventLogService::NewStub(server.Channel());
  ASSERT_TRUE(GetHead(*stub).ok());
  ASSERT_TRUE(GetHead(*stub).ok());
  grpc::ClientContext context;
  event::v1::ListEventsResponse response;
  ASSERT_FALSE(stub->ListEvents(&context, {}, &response).ok());
  server.Create("x");
  const std::string page = HttpGet(server.server().metrics_port(), "/metrics");
  const std::string log = "method=\"/jiedui.event.v1.EventLogService/";
  EXPECT_THAT(page, HasSubstr(absl::StrCat("jiedui_rpc_total{code=\"0\",", log,
                                           "GetHead\"} 2")));
  EXPECT_THAT(page, HasSubstr(absl::StrCat("jiedui_rpc_total{code=\"5\",", log,
                                           "ListEvents\"} 1")));
  EXPECT_THAT(page, HasSubstr(absl::StrCat("jiedui_rpc_seconds_count{", log,
                                           "GetHead\"} 2")));
  EXPECT_THAT(page, HasSubstr("jiedui_commits_total{service=\"volunteer\"} 1"));
  EXPECT_THAT(page, HasSubstr("jiedui_journal_head{service=\"volunteer\"} 1"));
}

TEST(ServerTest, ACallUnderWayEndsWellDuringTheDrain) {
  store::MemoryStore store;
  TestServer server(&store, ServerOptions());
  absl::Notification inside;
  absl::Notification go_on;
  runtime::Command slow;
  slow.decide = [&](runtime::Transaction&) {
    inside.Notify();
    go_on.WaitForNotification();
    return absl::OkStatus();
  };
  slow.done = [](absl::Status) {};
  server.writer().Submit(std::move(slow));
  inside.WaitForNotification();

  const auto channel =
      ConnectTo(absl::StrCat("127.0.0.1:", server.server().port()));
  std::thread caller([&] {
    grpc::ClientContext context;
    volunteer::v1::CreateProjectRequest request;
    request.mutable_project()->set_display_name("x");
    volunteer::v1::Project project;
    const auto stub = volunteer::v1::VolunteerService::NewStub(channel);
    EXPECT_TRUE(stub->CreateProject(&context, request, &project).ok());
    EXPECT_EQ(project.name(), "projects/P00000001");
  });
  while (server.writer().counters().queued == 0) std::this_thread::yield();
  std::thread shutdown([&] { server.server().Shutdown(); });
  const auto events = event::v1::EventLogService::NewStub(channel);
  while (GetHead(*events).ok()) std::this_thread::yield();
  go_on.Notify();
  caller.join();
  shutdown.join();
}

// gRPC answers with another error when the details do not fit into its headers
// of 8 KiB.
TEST(ServerTest, AnErrorWithVeryManyViolationsStillArrives) {
  class Refusing : public event::v1::EventLogService::CallbackService {
    grpc::ServerUnaryReactor* GetHead(grpc::CallbackServerContext* context,
                                      const event::v1::GetHeadRequest*,
                                      event::v1::Head*) override {
      base::Violations violations;
      for (int i = 0; i < 100; ++i) {
        violations.Add(absl::StrCat("field", i), Reason::kFieldMalformed,
                       {{"value", std::string(2000, 'x')}, {"expected", "y"}});
      }
      grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
      reactor->Finish(ToGrpcStatus(violations.ToStatus()));
      return reactor;
    }
  } service;
  auto server =
      Server::Start(ServerOptions(), {&service}, std::make_unique<Metrics>());
  ASSERT_TRUE(server.ok()) << server.status();
  const auto stub = event::v1::EventLogService::NewStub(
      ConnectTo(absl::StrCat("127.0.0.1:", (*server)->port())));
  const grpc::Status status = GetHead(*stub);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT)
      << status.error_message();
  EXPECT_EQ(ReasonOf(status), "INVALID_FIELDS");
}

}  // namespace
}  // namespace jiedui::rpc
