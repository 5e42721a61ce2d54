#include "common/rpc/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "common/rpc/test_service.h"

namespace jiedui::rpc {
namespace {

using event::v1::Event;

constexpr absl::Duration kNeverInATest = absl::Seconds(120);

class EventLogTest : public testing::Test {
 protected:
  void Start(const ServerOptions& options = TestServer::InProcess()) {
    stub_ = nullptr;
    server_ = std::make_unique<TestServer>(&store_, options);
    stub_ = event::v1::EventLogService::NewStub(
        options.port < 0
            ? server_->Channel()
            : ConnectTo(absl::StrCat("127.0.0.1:", server_->server().port())));
  }

  void Commit(int count) {
    for (int i = 0; i < count; ++i) server_->Create(absl::StrCat("x", i));
  }

  grpc::Status List(const event::v1::ListEventsRequest& request,
                    event::v1::ListEventsResponse* response) {
    grpc::ClientContext context;
    return stub_->ListEvents(&context, request, response);
  }

  static event::v1::ListEventsRequest Page(uint64_t after, int size) {
    event::v1::ListEventsRequest request;
    request.set_source("volunteer");
    request.set_after_seq(after);
    request.set_page_size(size);
    return request;
  }

  std::unique_ptr<grpc::ClientReader<Event>> Watch(
      grpc::ClientContext& context, uint64_t after,
      const std::string& source = "volunteer") {
    event::v1::WatchEventsRequest request;
    request.set_source(source);
    request.set_after_seq(after);
    return stub_->WatchEvents(&context, request);
  }

  store::MemoryStore store_;
  std::unique_ptr<TestServer> server_;
  std::unique_ptr<event::v1::EventLogService::Stub> stub_;
};

TEST_F(EventLogTest, TheHeadSaysHowFarItIsAndHowFarItHasFollowed) {
  Start();
  Commit(2);
  runtime::Command command;
  command.decide = [](runtime::Transaction& txn) {
    txn.MoveCursor("demand", 41);
    return absl::OkStatus();
  };
  ASSERT_TRUE(server_->writer().Run(std::move(command)).ok());
  grpc::ClientContext context;
  event::v1::GetHeadRequest request;
  request.set_source("volunteer");
  event::v1::Head head;
  ASSERT_TRUE(stub_->GetHead(&context, request, &head).ok());
  EXPECT_EQ(head.seq(), 3u);
  ASSERT_EQ(head.cursors_size(), 1);
  EXPECT_EQ(head.cursors(0).source(), "demand");
  EXPECT_EQ(head.cursors(0).seq(), 41u);
}

TEST_F(EventLogTest, AnUnknownSourceIsNotFound) {
  Start();
  event::v1::ListEventsRequest request;
  request.set_source("weather");
  event::v1::ListEventsResponse response;
  EXPECT_EQ(ReasonOf(List(request, &response)), "NOT_FOUND");
  grpc::ClientContext context;
  const auto reader = Watch(context, 0, "weather");
  Event event;
  EXPECT_FALSE(reader->Read(&event));
  const grpc::Status status = reader->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(ReasonOf(status), "NOT_FOUND");
}

TEST_F(EventLogTest, ACursorPastTheHeadIsOutOfRange) {
  Start();
  Commit(2);
  event::v1::ListEventsResponse response;
  const grpc::Status listed = List(Page(3, 0), &response);
  EXPECT_EQ(listed.error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_EQ(ReasonOf(listed), "CURSOR_AHEAD");
  grpc::ClientContext context;
  const auto reader = Watch(context, 3);
  Event event;
  EXPECT_FALSE(reader->Read(&event));
  const grpc::Status watched = reader->Finish();
  EXPECT_EQ(watched.error_code(), grpc::StatusCode::OUT_OF_RANGE);
  EXPECT_EQ(ReasonOf(watched), "CURSOR_AHEAD");
}

TEST_F(EventLogTest, PagesFollowOneAnotherToTheHead) {
  Start();
  Commit(7);
  std::vector<uint64_t> seqs;
  std::vector<int> sizes;
  event::v1::ListEventsResponse response;
  uint64_t after = 0;
  do {
    response.Clear();
    ASSERT_TRUE(List(Page(after, 3), &response).ok());
    sizes.push_back(response.events_size());
    for (const Event& event : response.events()) seqs.push_back(event.seq());
    after = response.next_after_seq();
  } while (!response.at_head());
  EXPECT_THAT(sizes, testing::ElementsAre(3, 3, 1));
  EXPECT_THAT(seqs, testing::ElementsAre(1, 2, 3, 4, 5, 6, 7));
  ASSERT_TRUE(List(Page(7, 3), &response).ok());
  EXPECT_EQ(response.next_after_seq(), 7u);
  EXPECT_TRUE(response.at_head());
}

TEST_F(EventLogTest, OnlyEventsOfTheSubjectAskedForAreListed) {
  Start();
  Commit(2);
  const std::string name = server_->Create("wanted");
  Commit(2);
  event::v1::ListEventsRequest request = Page(0, 0);
  request.set_subject(name);
  event::v1::ListEventsResponse response;
  ASSERT_TRUE(List(request, &response).ok());
  ASSERT_EQ(response.events_size(), 1);
  EXPECT_EQ(response.events(0).subject(), name);
  EXPECT_EQ(response.events(0).actor(), "tester");
  EXPECT_EQ(response.events(0).verb(), "create");
  EXPECT_EQ(response.events(0).version(), 1u);
  volunteer::event::v1::Project project;
  ASSERT_TRUE(response.events(0).payload().UnpackTo(&project));
  EXPECT_EQ(project.display_name(), "wanted");
  EXPECT_EQ(response.next_after_seq(), 5u);
}

TEST_F(EventLogTest, ACommitIsKeptTogetherAndAPrivateOneStillMovesCursors) {
  Start();
  runtime::Command command;
  command.decide = [](runtime::Transaction& txn) {
    runtime::CreateProject(txn, "", "a");
    runtime::CreateProject(txn, "", "hidden", "private");
    runtime::CreateProject(txn, "", "b");
    return absl::OkStatus();
  };
  ASSERT_TRUE(server_->writer().Run(std::move(command)).ok());
  server_->Create("hidden", "private");
  event::v1::ListEventsResponse response;
  ASSERT_TRUE(List(Page(0, 0), &response).ok());
  ASSERT_EQ(response.events_size(), 3);
  EXPECT_EQ(response.events(0).index(), 0u);
  EXPECT_FALSE(response.events(0).last());
  EXPECT_EQ(response.events(1).index(), 1u);
  EXPECT_TRUE(response.events(1).last());
  EXPECT_EQ(response.events(1).seq(), 1u);
  EXPECT_EQ(response.events(2).seq(), 2u);
  EXPECT_FALSE(response.events(2).has_payload());
  EXPECT_TRUE(response.events(2).last());
}

// A page must fit into a message: clients take 4 MiB unless told otherwise.
TEST_F(EventLogTest, APageOfLargeCommitsEndsEarly) {
  Start();
  const std::string large(600 << 10, 'x');
  for (int i = 0; i < 12; ++i) server_->Create(large);
  event::v1::ListEventsResponse response;
  uint64_t after = 0;
  int events = 0;
  while (!response.at_head()) {
    response.Clear();
    ASSERT_TRUE(List(Page(after, 1000), &response).ok());
    ASSERT_GT(response.next_after_seq(), after);
    EXPECT_LT(response.ByteSizeLong(), 4u << 20);
    after = response.next_after_seq();
    events += response.events_size();
  }
  EXPECT_EQ(events, 12);
}

TEST_F(EventLogTest, WatchersResumeWithoutAGapWhileCommitsGoOn) {
  Start();
  constexpr uint64_t kCommits = 400;
  std::thread committer([this] { Commit(kCommits); });
  uint64_t cursor = 0;
  for (int length = 1; cursor < kCommits; length = length % 50 + 7) {
    grpc::ClientContext context;
    const auto reader = Watch(context, cursor);
    Event event;
    for (int i = 0; i < length && cursor < kCommits; ++i) {
      ASSERT_TRUE(reader->Read(&event));
      ASSERT_EQ(event.seq(), cursor + 1);
      cursor = event.seq();
    }
    context.TryCancel();
    reader->Finish();
  }
  committer.join();
}

TEST_F(EventLogTest, ASlowReaderBlocksNobodyAndMissesNothing) {
  Start();
  grpc::ClientContext slow_context;
  const auto slow = Watch(slow_context, 0);
  grpc::ClientContext quick_context;
  const auto quick = Watch(quick_context, 0);
  // More than flow control lets through to a reader that does not read.
  constexpr uint64_t kCommits = 300;
  const std::string large(40 << 10, 'x');
  for (uint64_t i = 0; i < kCommits; ++i) server_->Create(large);
  for (const auto* reader : {&quick, &slow}) {
    Event event;
    for (uint64_t seq = 1; seq <= kCommits; ++seq) {
      ASSERT_TRUE((*reader)->Read(&event));
      ASSERT_EQ(event.seq(), seq);
    }
  }
  slow_context.TryCancel();
  quick_context.TryCancel();
}

TEST_F(EventLogTest, ACancelledWatcherEndsThereAndThen) {
  ServerOptions options;
  options.drain = kNeverInATest;
  Start(options);
  Commit(1);
  grpc::ClientContext context;
  const auto reader = Watch(context, 0);
  Event event;
  ASSERT_TRUE(reader->Read(&event));
  context.TryCancel();
  EXPECT_FALSE(reader->Read(&event));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  Commit(1);          // wakes nobody who is gone
  server_ = nullptr;  // would take the drain if the stream lived on
}

TEST_F(EventLogTest, ADamagedRecordIsAnErrorNotSilence) {
  Start();
  Commit(3);
  store::Batch batch;
  batch.Put(std::string("\x01\0\0\0\0\0\0\0\x02", 9), "garbage");
  ASSERT_TRUE(store_.Write(batch).ok());
  event::v1::ListEventsResponse response;
  EXPECT_EQ(ReasonOf(List(Page(0, 0), &response)), "DATA_DAMAGED");
  grpc::ClientContext context;
  const auto reader = Watch(context, 0);
  Event event;
  EXPECT_TRUE(reader->Read(&event));
  EXPECT_FALSE(reader->Read(&event));
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::DATA_LOSS);
}

TEST_F(EventLogTest, AClosedFeedEndsWatchersOnceTheyHaveEverything) {
  ServerOptions options;
  options.drain = kNeverInATest;
  Start(options);
  Commit(3);
  grpc::ClientContext waiting_context;
  const auto waiting = Watch(waiting_context, 2);
  Event event;
  ASSERT_TRUE(waiting->Read(&event));
  server_->writer().feed().Close();
  EXPECT_FALSE(waiting->Read(&event));
  EXPECT_EQ(ReasonOf(waiting->Finish()), "SHUTTING_DOWN");
  grpc::ClientContext late_context;
  const auto late = Watch(late_context, 0);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(late->Read(&event));
  EXPECT_FALSE(late->Read(&event));
  EXPECT_EQ(ReasonOf(late->Finish()), "SHUTTING_DOWN");
  server_ = nullptr;  // at once, whatever the drain
}

TEST_F(EventLogTest, ShutdownCutsWatchersOffAfterTheDrain) {
  ServerOptions options;
  options.drain = absl::Milliseconds(50);
  Start(options);
  Commit(1);
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::unique_ptr<grpc::ClientReader<Event>>> readers;
  Event event;
  for (int i = 0; i < 8; ++i) {
    contexts.push_back(std::make_unique<grpc::ClientContext>());
    readers.push_back(Watch(*contexts.back(), 0));
    ASSERT_TRUE(readers.back()->Read(&event));
  }
  server_->server().Shutdown();
  for (const auto& reader : readers) {
    EXPECT_FALSE(reader->Read(&event));
    EXPECT_FALSE(reader->Finish().ok());
  }
}

}  // namespace
}  // namespace jiedui::rpc
