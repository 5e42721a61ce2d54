#include "common/rpc/follower.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "common/journal/journal.h"
#include "common/rpc/test_service.h"

namespace jiedui::rpc {
namespace {

using base::HasReason;
using base::Reason;
using event::v1::Event;

absl::Time Within(absl::Duration wait) {
  return base::Clock::System().Now() + wait;
}
absl::Time SoonEnough() { return Within(absl::Seconds(60)); }

absl::Status Consume(const Event& event, runtime::Transaction& txn) {
  txn.Consume(event);
  return absl::OkStatus();
}

class FollowerTest : public testing::Test {
 protected:
  FollowerTest() {
    EXPECT_TRUE(writer_.Open().ok());
    writer_.Start();
  }

  std::string Consumed(const std::string& name) const {
    return store_.Get(runtime::TestRegistry::ConsumedRow(name)).value_or("");
  }

  store::MemoryStore source_store_;
  store::MemoryStore store_;
  runtime::TestRegistry machine_{"matcher"};
  runtime::Writer writer_{"here", &store_, &machine_, &base::Clock::System()};
};

TEST_F(FollowerTest, TakesEveryEventInOnce) {
  TestServer source(&source_store_);
  std::vector<std::string> names;
  for (int i = 0; i < 20; ++i) names.push_back(source.Create("before"));
  Follower follower(source.Channel(), "volunteer", &writer_, Consume);
  for (int i = 0; i < 20; ++i) names.push_back(source.Create("meanwhile"));
  names.push_back(source.Create("hidden", "private"));
  ASSERT_TRUE(follower.CatchUp(SoonEnough()).ok());
  for (const std::string& name : names) {
    EXPECT_EQ(Consumed(name), name == names.back() ? "" : "create ");
  }
  // The last commit had nothing for others, so it was not worth a commit here.
  EXPECT_EQ(runtime::CursorOf(store_, "volunteer"), 40u);
}

// Each commit of a cursor used to be an empty event for the other side, which
// moved its cursor in turn, for ever.
TEST_F(FollowerTest, TwoThatFollowEachOtherComeToRest) {
  TestServer one(&source_store_);
  TestServer other(&store_);
  Follower to_one(other.Channel(), "volunteer", &one.writer(), Consume);
  Follower to_other(one.Channel(), "volunteer", &other.writer(), Consume);
  one.Create("x");
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(to_other.CatchUp(SoonEnough()).ok());
    ASSERT_TRUE(to_one.CatchUp(SoonEnough()).ok());
  }
  EXPECT_EQ(one.writer().head(), 1u);
  EXPECT_EQ(other.writer().head(), 1u);
}

TEST_F(FollowerTest, TheCursorMovesInTheCommitOfTheEffect) {
  TestServer source(&source_store_);
  for (int i = 0; i < 5; ++i) source.Create("x");
  Follower follower(source.Channel(), "volunteer", &writer_, Consume);
  ASSERT_TRUE(follower.CatchUp(SoonEnough()).ok());
  uint64_t entries = 0;
  journal::Journal::Visit(store_, 0, [&](const journal::v1::Record& record) {
    for (const auto& entry : record.entries()) {
      ++entries;
      EXPECT_EQ(entry.consumed_size(), 1);
      EXPECT_EQ(entry.cursors_size(), 1);
      EXPECT_EQ(entry.cursors(0).seq(), entry.consumed(0).seq());
    }
    return true;
  });
  EXPECT_EQ(entries, 5u);
}

TEST_F(FollowerTest, AFailingCommitLeavesNothingAndIsTriedAgain) {
  TestServer source(&source_store_);
  const std::string first = source.Create("x");
  const std::string second = source.Create("y");
  std::atomic<int> failures{0};
  auto fails_at_first = [&](const Event& event, runtime::Transaction& txn) {
    txn.Consume(event);
    return event.seq() == 2 && failures++ == 0 ? absl::AbortedError("not yet")
                                               : absl::OkStatus();
  };
  Follower follower(source.Channel(), "volunteer", &writer_, fails_at_first);
  ASSERT_TRUE(follower.CatchUp(SoonEnough()).ok());
  EXPECT_EQ(failures, 2);
  EXPECT_EQ(Consumed(first), "create ");
  EXPECT_EQ(Consumed(second), "create ");
}

TEST_F(FollowerTest, GoesOnWhereItWasAfterTheSourceHasRestarted) {
  ServerOptions options;
  options.drain = absl::Milliseconds(20);
  auto source = std::make_unique<TestServer>(&source_store_, options);
  options.port = source->server().port();
  Follower follower(ConnectTo(absl::StrCat("127.0.0.1:", options.port)),
                    "volunteer", &writer_, Consume);
  std::vector<std::string> names = {source->Create("before")};
  ASSERT_TRUE(follower.CatchUp(SoonEnough()).ok());
  source = nullptr;
  source = std::make_unique<TestServer>(&source_store_, options);
  names.push_back(source->Create("after"));
  ASSERT_TRUE(follower.CatchUp(SoonEnough()).ok());
  for (const std::string& name : names) EXPECT_EQ(Consumed(name), "create ");
}

TEST_F(FollowerTest, StopEndsACatchUpWhoseSourceDoesNotAnswer) {
  for (int i = 0; i < 50; ++i) {
    Follower follower(ConnectTo("127.0.0.1:1"), "volunteer", &writer_, Consume);
    absl::Notification begun;
    std::thread asking([&] {
      begun.Notify();
      EXPECT_TRUE(HasReason(follower.CatchUp(absl::InfiniteFuture()),
                            Reason::kUnreachable));
    });
    begun.WaitForNotification();
    follower.Stop();
    asking.join();
  }
}

TEST_F(FollowerTest, GoesOnWhereItWasAfterItsOwnRestart) {
  TestServer source(&source_store_);
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) {
    names.push_back(source.Create("x"));
    Follower follower(source.Channel(), "volunteer", &writer_, Consume);
    ASSERT_TRUE(follower.CatchUp(SoonEnough()).ok());
  }
  for (const std::string& name : names) EXPECT_EQ(Consumed(name), "create ");
}

// Sends commits 1 to 3 whatever the cursor, then ends the stream.
class ForgetfulLog : public event::v1::EventLogService::Service {
 public:
  grpc::Status GetHead(grpc::ServerContext*, const event::v1::GetHeadRequest*,
                       event::v1::Head* head) override {
    head->set_seq(3);
    return grpc::Status::OK;
  }
  grpc::Status WatchEvents(grpc::ServerContext*,
                           const event::v1::WatchEventsRequest*,
                           grpc::ServerWriter<Event>* writer) override {
    for (uint64_t seq = 1; seq <= 3; ++seq) {
      Event event;
      event.set_seq(seq);
      event.set_last(true);
      event.set_subject(absl::StrCat("s", seq));
      event.set_verb("create");
      event.mutable_payload();
      writer->Write(event);
    }
    if (++watched_ == 3) seen_often_.Notify();
    return grpc::Status::OK;
  }
  void WaitUntilSeenOften() { seen_often_.WaitForNotification(); }

 private:
  std::atomic<int> watched_{0};
  absl::Notification seen_often_;
};

TEST_F(FollowerTest, WhatIsDeliveredAgainChangesNothing) {
  ForgetfulLog log;
  grpc::ServerBuilder builder;
  builder.RegisterService(&log);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  {
    Follower follower(server->InProcessChannel({}), "volunteer", &writer_,
                      Consume);
    log.WaitUntilSeenOften();
    ASSERT_TRUE(follower.CatchUp(SoonEnough()).ok());
  }
  for (int seq = 1; seq <= 3; ++seq) {
    EXPECT_EQ(Consumed(absl::StrCat("s", seq)), "create ");
  }
  EXPECT_EQ(runtime::CursorOf(store_, "volunteer"), 3u);
}

TEST_F(FollowerTest, CatchUpSaysWhenTheSourceDoesNotAnswer) {
  // A port that nobody listens on: it was free a moment ago.
  store::MemoryStore store;
  ServerOptions options;
  int port = 0;
  {
    TestServer gone(&store, options);
    port = gone.server().port();
  }
  Follower follower(ConnectTo(absl::StrCat("127.0.0.1:", port)), "volunteer",
                    &writer_, Consume);
  const absl::Status status = follower.CatchUp(Within(absl::Milliseconds(100)));
  EXPECT_TRUE(HasReason(status, Reason::kUnreachable)) << status;
}

TEST_F(FollowerTest, CatchUpEndsAtItsDeadlineWhenTakingInTakesLonger) {
  TestServer source(&source_store_);
  source.Create("x");
  absl::Notification go_on;
  auto waits = [&](const Event& event, runtime::Transaction& txn) {
    go_on.WaitForNotification();
    return Consume(event, txn);
  };
  Follower follower(source.Channel(), "volunteer", &writer_, waits);
  EXPECT_TRUE(HasReason(follower.CatchUp(Within(absl::Milliseconds(100))),
                        Reason::kUnreachable));
  go_on.Notify();
  EXPECT_TRUE(follower.CatchUp(SoonEnough()).ok());
}

TEST_F(FollowerTest, StoppingEndsACatchUp) {
  TestServer source(&source_store_);
  source.Create("x");
  absl::Notification go_on;
  auto waits = [&](const Event& event, runtime::Transaction& txn) {
    go_on.WaitForNotification();
    return Consume(event, txn);
  };
  Follower follower(source.Channel(), "volunteer", &writer_, waits);
  std::thread stopper([&] { follower.Stop(); });
  // Would wait for ever: nothing is taken in before `go_on`.
  EXPECT_TRUE(HasReason(follower.CatchUp(absl::InfiniteFuture()),
                        Reason::kUnreachable));
  go_on.Notify();
  stopper.join();  // waits for the commit under way
}

}  // namespace
}  // namespace jiedui::rpc
