// Calls against a small server of this test's own.
#include "tools/cli/client.h"

#include <set>

#include "absl/synchronization/mutex.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "jiedui/demand/v1/demand_service.grpc.pb.h"
#include "jiedui/sheet/v1/sheet_service.grpc.pb.h"
#include "tools/cli/connection.h"
#include "tools/cli/errors.h"

namespace jiedui::cli {
namespace {

using demand::v1::Demand;

class FakeDemands : public demand::v1::DemandService::Service {
 public:
  grpc::Status GetDemand(grpc::ServerContext* context,
                         const demand::v1::GetDemandRequest* request,
                         Demand* demand) override {
    ++calls;
    const auto actor = context->client_metadata().find("x-jiedui-actor");
    if (actor != context->client_metadata().end()) {
      last_actor.assign(actor->second.data(), actor->second.size());
    }
    if (unavailable_times > 0) return Unavailable();
    demand->set_name(request->name());
    return grpc::Status::OK;
  }

  grpc::Status SubmitDemand(grpc::ServerContext*,
                            const demand::v1::SubmitDemandRequest* request,
                            Demand* demand) override {
    ++calls;
    request_ids.insert(request->request_id());
    if (unavailable_times > 0) return Unavailable();
    demand->set_state(Demand::STATE_SUBMITTED);
    return grpc::Status::OK;
  }

  grpc::Status WatchDemandChanges(
      grpc::ServerContext* context,
      const demand::v1::WatchDemandChangesRequest* request,
      grpc::ServerWriter<demand::v1::DemandChange>* writer) override {
    demand::v1::DemandChange change;
    for (uint64_t revision = request->after_revision() + 1; revision <= 3;
         ++revision) {
      change.set_revision(revision);
      if (!writer->Write(change)) return grpc::Status::CANCELLED;
    }
    return {grpc::StatusCode::OUT_OF_RANGE, "end"};
  }

  int calls = 0;
  int unavailable_times = 0;
  std::string last_actor;
  std::set<std::string> request_ids;

 private:
  grpc::Status Unavailable() {
    --unavailable_times;
    return {grpc::StatusCode::UNAVAILABLE, "busy"};
  }
};

class ClientTest : public ::testing::Test {
 protected:
  ClientTest() {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&demands_);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
    connection_ = Connection::ToServer(address_).value();
  }
  ~ClientTest() override { server_->Shutdown(); }

  Client MakeClient(CallOptions options = {}) {
    return Client(*connection_, options);
  }

  FakeDemands demands_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
  std::optional<Connection> connection_;
};

TEST_F(ClientTest, CallsCarryTheActorAndBringTheAnswer) {
  Client client = MakeClient({.actor = "chen"});
  demand::v1::GetDemandRequest request;
  request.set_name("demands/D1");
  Demand demand;
  ASSERT_TRUE(
      client.Call(Method("DemandService.GetDemand"), request, &demand).ok());
  EXPECT_EQ(demand.name(), "demands/D1");
  EXPECT_EQ(demands_.last_actor, "chen");
}

TEST_F(ClientTest, AChineseActorPassesThroughMetadata) {
  Client client = MakeClient({.actor = "陈 5%"});
  Demand demand;
  ASSERT_TRUE(client
                  .Call(Method("DemandService.GetDemand"),
                        demand::v1::GetDemandRequest(), &demand)
                  .ok());
  EXPECT_EQ(demands_.last_actor, "%E9%99%88 5%25");
}

TEST_F(ClientTest, AChangeIsRepeatedUnderOneRequestId) {
  demands_.unavailable_times = 2;
  Client client = MakeClient();
  Demand demand;
  ASSERT_TRUE(client
                  .Call(Method("DemandService.SubmitDemand"),
                        demand::v1::SubmitDemandRequest(), &demand)
                  .ok());
  EXPECT_EQ(demand.state(), Demand::STATE_SUBMITTED);
  EXPECT_EQ(demands_.calls, 3);
  ASSERT_EQ(demands_.request_ids.size(), 1u);
  EXPECT_EQ(demands_.request_ids.begin()->size(), 36u);
}

TEST_F(ClientTest, EveryChangeGetsARequestIdOfItsOwnUnlessOneIsGiven) {
  Client client = MakeClient();
  const demand::v1::SubmitDemandRequest request;
  Demand demand;
  const auto& method = Method("DemandService.SubmitDemand");
  ASSERT_TRUE(client.Call(method, request, &demand).ok());
  ASSERT_TRUE(client.Call(method, request, &demand).ok());
  EXPECT_EQ(demands_.request_ids.size(), 2u);
  ASSERT_TRUE(
      MakeClient({.request_id = "mine"}).Call(method, request, &demand).ok());
  EXPECT_TRUE(demands_.request_ids.contains("mine"));
}

TEST_F(ClientTest, ACallThatOnlyReadsIsNotRepeated) {
  demands_.unavailable_times = 1;
  Client client = MakeClient();
  Demand demand;
  const absl::Status status =
      client.Call(Method("DemandService.GetDemand"),
                  demand::v1::GetDemandRequest(), &demand);
  EXPECT_EQ(ExitCodeOf(status), kExitUnavailable);
  EXPECT_EQ(demands_.calls, 1);
}

TEST_F(ClientTest, AMethodTheServerLacksIsSaidSo) {
  Client client = MakeClient();
  Demand demand;
  const absl::Status status =
      client.Call(Method("DemandService.CloseDemand"),
                  demand::v1::CloseDemandRequest(), &demand);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
}

TEST_F(ClientTest, AStreamIsReadToItsEndAndItsErrorTold) {
  Client client = MakeClient();
  demand::v1::WatchDemandChangesRequest request;
  request.set_after_revision(1);
  demand::v1::DemandChange change;
  std::vector<uint64_t> revisions;
  const absl::Status status = client.Stream(
      Method("DemandService.WatchDemandChanges"), request, &change, [&] {
        revisions.push_back(change.revision());
        return absl::OkStatus();
      });
  EXPECT_EQ(revisions, (std::vector<uint64_t>{2, 3}));
  EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange);
}

TEST_F(ClientTest, TheReaderMayEndAStream) {
  Client client = MakeClient();
  demand::v1::DemandChange change;
  const absl::Status status =
      client.Stream(Method("DemandService.WatchDemandChanges"),
                    demand::v1::WatchDemandChangesRequest(), &change,
                    [&] { return absl::AlreadyExistsError("enough"); });
  EXPECT_EQ(status.message(), "enough");
}

std::string RouteOf(const Connection& connection, const std::string& method,
                    const google::protobuf::Message& request) {
  const auto route = connection.RouteOf(Method(method), request);
  return route.ok() ? route->address : ReasonOf(route.status());
}

TEST(Routes, SeparateServicesAreToldApart) {
  const Connection connection =
      Connection::ToServer("demand=h:1,volunteer=h:2").value();
  EXPECT_EQ(RouteOf(connection, "DemandService.GetDemand",
                    demand::v1::GetDemandRequest()),
            "h:1");
  sheet::v1::ImportSheetRequest request;
  request.set_kind("demands");
  EXPECT_EQ(RouteOf(connection, "SheetService.ImportSheet", request), "h:1");
  request.set_kind("teams");
  EXPECT_EQ(RouteOf(connection, "SheetService.ImportSheet", request), "h:2");
}

TEST(Routes, AServiceWithoutAnAddressIsUnreachable) {
  const Connection connection = Connection::ToServer("volunteer=h:2").value();
  EXPECT_EQ(RouteOf(connection, "DemandService.GetDemand",
                    demand::v1::GetDemandRequest()),
            "UNREACHABLE");
}

TEST(Routes, WhatIsNoAddressIsRefused) {
  for (const char* server :
       {"", "host", ":1", "host:", "a b:1", "other=h:1", "demand=h"}) {
    EXPECT_FALSE(Connection::ToServer(server).ok()) << server;
  }
}

}  // namespace
}  // namespace jiedui::cli
