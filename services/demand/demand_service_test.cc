// The demand registry through its public API, in-process.

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "common/rpc/host.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "jiedui/demand/v1/demand_service.grpc.pb.h"
#include "jiedui/event/v1/event.grpc.pb.h"
#include "services/demand/bind.h"

namespace jiedui::demand {
namespace {

using grpc::StatusCode;

// A registry alone: the matcher it follows is never there.
class DemandServiceTest : public testing::Test {
 protected:
  DemandServiceTest() {
    const std::string folder = testing::TempDir() + "/demand_service_test";
    std::filesystem::remove_all(folder);
    auto registry = OpenDemandRegistry(host_.environment(), folder);
    EXPECT_TRUE(registry.ok()) << registry.status();
    host_.Add(*std::move(registry));
    rpc::HostOptions options;
    options.server.port = 0;
    options.peers["matcher"] = "127.0.0.1:1";
    EXPECT_TRUE(host_.Start(options).ok());
    stub_ = v1::DemandService::NewStub(host_.channel());
  }

  static v1::Demand Example(std::string external_id) {
    v1::Demand demand;
    demand.set_external_id(std::move(external_id));
    demand.set_title("荔枝采后保鲜期太短");
    demand.set_description("采后三天褐变，外销损耗大");
    demand.set_library(type::v1::LIBRARY_PROBLEM);
    demand.set_action(type::v1::ACTION_RURAL_REVITALISATION);
    demand.mutable_requester()->set_name("柏桥村");
    demand.mutable_requester()->set_kind(type::v1::REQUESTER_KIND_VILLAGE);
    demand.mutable_contact()->set_phone("19900000000");
    demand.set_region("440981");
    demand.add_subjects("21040");
    return demand;
  }

  template <typename Request, typename Response>
  grpc::Status Call(grpc::Status (v1::DemandService::Stub::*method)(
                        grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    return (stub_.get()->*method)(&context, request, response);
  }

  v1::Demand Post(const std::string& external_id, bool submit = true) {
    v1::CreateDemandRequest request;
    *request.mutable_demand() = Example(external_id);
    request.set_submit(submit);
    v1::Demand demand;
    const grpc::Status status =
        Call(&v1::DemandService::Stub::CreateDemand, request, &demand);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return demand;
  }

  static std::string ReasonOf(const grpc::Status& status) {
    google::rpc::Status wire;
    wire.ParseFromString(status.error_details());
    google::rpc::ErrorInfo info;
    for (const auto& detail : wire.details()) {
      if (detail.UnpackTo(&info)) return info.reason();
    }
    return "";
  }

  rpc::Host host_{&base::Clock::System()};
  std::unique_ptr<v1::DemandService::Stub> stub_;
};

TEST_F(DemandServiceTest, APostedDemandIsReadBackAndVerified) {
  const v1::Demand posted = Post("a");
  EXPECT_EQ(posted.name(), "demands/D00000001");
  EXPECT_EQ(posted.state(), v1::Demand::STATE_SUBMITTED);
  EXPECT_EQ(posted.contact().phone(), "19900000000");
  v1::VerifyDemandRequest verify;
  verify.set_name(posted.name());
  verify.set_etag(posted.etag());
  v1::Demand verified;
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::VerifyDemand, verify, &verified).ok());
  EXPECT_EQ(verified.state(), v1::Demand::STATE_OPEN);
  v1::GetDemandRequest get;
  get.set_name(posted.name());
  v1::Demand read;
  ASSERT_TRUE(Call(&v1::DemandService::Stub::GetDemand, get, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), verified.SerializeAsString());
  const grpc::Status stale =
      Call(&v1::DemandService::Stub::VerifyDemand, verify, &verified);
  EXPECT_EQ(stale.error_code(), StatusCode::ABORTED);
  EXPECT_EQ(ReasonOf(stale), "ETAG_MISMATCH");
}

TEST_F(DemandServiceTest, ARepeatedRequestPostsOnce) {
  v1::CreateDemandRequest request;
  *request.mutable_demand() = Example("a");
  request.set_request_id("r1");
  v1::Demand first;
  v1::Demand second;
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::CreateDemand, request, &first).ok());
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::CreateDemand, request, &second).ok());
  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  request.mutable_demand()->set_title("另一件事");
  const grpc::Status reused =
      Call(&v1::DemandService::Stub::CreateDemand, request, &second);
  EXPECT_EQ(reused.error_code(), StatusCode::ALREADY_EXISTS);
  EXPECT_EQ(ReasonOf(reused), "REQUEST_ID_REUSED");
}

TEST_F(DemandServiceTest, OnlyCheckingPostsNothing) {
  v1::CreateDemandRequest request;
  *request.mutable_demand() = Example("a");
  request.set_validate_only(true);
  v1::Demand demand;
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::CreateDemand, request, &demand).ok());
  EXPECT_EQ(Post("a").name(), demand.name());
}

TEST_F(DemandServiceTest, ListsAreFilteredSearchedAndPaged) {
  for (int i = 0; i < 7; ++i) {
    Post(std::string(1, static_cast<char>('a' + i)), i % 2 == 0);
  }
  v1::ListDemandsRequest request;
  request.set_page_size(2);
  request.set_filter("state = SUBMITTED AND region : 4409");
  request.set_query("采后 保鲜");
  std::vector<std::string> ids;
  do {
    v1::ListDemandsResponse page;
    ASSERT_TRUE(
        Call(&v1::DemandService::Stub::ListDemands, request, &page).ok());
    EXPECT_LE(page.demands_size(), 2);
    for (const auto& demand : page.demands()) {
      ids.push_back(demand.external_id());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(ids, testing::ElementsAre("a", "c", "e", "g"));
}

TEST_F(DemandServiceTest, AnUpdateChangesWhatItsMaskNames) {
  const v1::Demand posted = Post("a");
  v1::UpdateDemandRequest request;
  request.mutable_demand()->set_name(posted.name());
  request.mutable_demand()->set_title("荔枝保鲜");
  request.mutable_update_mask()->add_paths("title");
  v1::Demand updated;
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::UpdateDemand, request, &updated).ok());
  EXPECT_EQ(updated.title(), "荔枝保鲜");
  EXPECT_EQ(updated.description(), posted.description());
  EXPECT_EQ(updated.contact().phone(), "19900000000");
  EXPECT_EQ(updated.state(), posted.state());
  request.mutable_update_mask()->add_paths("state");
  EXPECT_EQ(
      ReasonOf(Call(&v1::DemandService::Stub::UpdateDemand, request, &updated)),
      "BAD_UPDATE_MASK");
}

TEST_F(DemandServiceTest, DuplicatesAreShownMostSimilarFirst) {
  const v1::Demand posted = Post("a");
  v1::FindDuplicateDemandsRequest request;
  *request.mutable_demand() = Example("b");
  v1::FindDuplicateDemandsResponse response;
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::FindDuplicateDemands, request, &response)
          .ok());
  ASSERT_EQ(response.duplicates_size(), 1);
  EXPECT_EQ(response.duplicates(0).demand().name(), posted.name());
  EXPECT_EQ(response.duplicates(0).similarity(), 1'000'000);
}

TEST_F(DemandServiceTest, ChangesSinceARevisionShowEachDemandOnce) {
  const v1::Demand first = Post("a");
  v1::ListDemandChangesRequest request;
  v1::ListDemandChangesResponse changes;
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::ListDemandChanges, request, &changes)
          .ok());
  EXPECT_EQ(changes.demands_size(), 1);
  EXPECT_TRUE(changes.at_head());
  const v1::Demand second = Post("b");
  request.set_after_revision(changes.next_revision());
  ASSERT_TRUE(
      Call(&v1::DemandService::Stub::ListDemandChanges, request, &changes)
          .ok());
  ASSERT_EQ(changes.demands_size(), 1);
  EXPECT_EQ(changes.demands(0).name(), second.name());
  request.set_after_revision(1000);
  EXPECT_EQ(Call(&v1::DemandService::Stub::ListDemandChanges, request, &changes)
                .error_code(),
            StatusCode::OUT_OF_RANGE);
}

TEST_F(DemandServiceTest, AWatcherSeesWhatWasAndWhatComes) {
  const v1::Demand first = Post("a");
  grpc::ClientContext context;
  const auto reader = stub_->WatchDemandChanges(&context, {});
  v1::DemandChange change;
  ASSERT_TRUE(reader->Read(&change));
  EXPECT_EQ(change.demand().name(), first.name());
  const v1::Demand second = Post("b");
  ASSERT_TRUE(reader->Read(&change));
  EXPECT_EQ(change.demand().name(), second.name());
  context.TryCancel();
  while (reader->Read(&change)) {
  }
  EXPECT_EQ(reader->Finish().error_code(), StatusCode::CANCELLED);
}

TEST_F(DemandServiceTest, WhoActsStandsInTheJournalAsSaid) {
  const auto events =
      jiedui::event::v1::EventLogService::NewStub(host_.channel());
  for (const auto& [said, kept] :
       std::vector<std::pair<std::string, std::string>>{
           {"%E7%8E%8B%E8%8A%B3", "王芳"}, {"50%", "50%"}, {"%FF", "%FF"}}) {
    v1::CreateDemandRequest request;
    *request.mutable_demand() = Example(said);
    grpc::ClientContext context;
    context.AddMetadata("x-jiedui-actor", said);
    v1::Demand demand;
    ASSERT_TRUE(stub_->CreateDemand(&context, request, &demand).ok());
    jiedui::event::v1::ListEventsRequest list;
    list.set_source("demand");
    list.set_subject(demand.name());
    grpc::ClientContext list_context;
    jiedui::event::v1::ListEventsResponse page;
    ASSERT_TRUE(events->ListEvents(&list_context, list, &page).ok());
    ASSERT_EQ(page.events_size(), 1);
    EXPECT_EQ(page.events(0).actor(), kept);
  }
}

// A first message with a buffer hint used to wait for ever for its flush.
TEST_F(DemandServiceTest, ACommitOfSeveralEventsReachesAWatcherOverASocket) {
  Post("a", /*submit=*/true);  // two facts
  const auto stub = jiedui::event::v1::EventLogService::NewStub(
      rpc::ConnectTo("127.0.0.1:" + std::to_string(host_.port())));
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  jiedui::event::v1::WatchEventsRequest request;
  request.set_source("demand");
  const auto reader = stub->WatchEvents(&context, request);
  jiedui::event::v1::Event event;
  ASSERT_TRUE(reader->Read(&event));
  EXPECT_EQ(event.verb(), "create");
  EXPECT_FALSE(event.last());
  ASSERT_TRUE(reader->Read(&event));
  EXPECT_EQ(event.verb(), "submit");
  EXPECT_TRUE(event.last());
  context.TryCancel();
  while (reader->Read(&event)) {
  }
  reader->Finish();
}

TEST_F(DemandServiceTest, ErrorsAreTypedAndNameTheirFields) {
  v1::CreateDemandRequest request;
  *request.mutable_demand() = Example("a");
  request.mutable_demand()->clear_title();
  request.mutable_demand()->set_region("99");
  v1::Demand demand;
  const grpc::Status invalid =
      Call(&v1::DemandService::Stub::CreateDemand, request, &demand);
  EXPECT_EQ(invalid.error_code(), StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ReasonOf(invalid), "INVALID_FIELDS");
  v1::GetDemandRequest get;
  get.set_name("demands/D99999999");
  EXPECT_EQ(ReasonOf(Call(&v1::DemandService::Stub::GetDemand, get, &demand)),
            "NOT_FOUND");
  v1::CloseDemandRequest close;
  close.set_name(Post("b").name());
  EXPECT_EQ(
      ReasonOf(Call(&v1::DemandService::Stub::CloseDemand, close, &demand)),
      "WRONG_STATE");
}

}  // namespace
}  // namespace jiedui::demand
