#include "common/runtime/consumer.h"

#include <gtest/gtest.h>

#include <optional>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/journal/journal.h"
#include "common/runtime/events.h"
#include "common/runtime/test_registry.h"
#include "common/store/memory_store.h"

namespace jiedui::runtime {
namespace {

using event::v1::Event;

absl::Status Consume(const Event& event, Transaction& txn) {
  txn.Consume(event);
  return absl::OkStatus();
}

class ConsumerTest : public testing::Test {
 protected:
  ConsumerTest() {
    EXPECT_TRUE(source_writer_.Open().ok());
    Restart();
  }

  void Restart(Consumer::React react = Consume) {
    writer_.emplace("here", &store_, &machine_, &clock_);
    EXPECT_TRUE(writer_->Open().ok());
    consumer_.emplace("volunteer", &*writer_, std::move(react));
  }

  std::string Create(std::string verb = "create") {
    std::string name;
    Command command;
    command.decide = [&](Transaction& txn) {
      name = CreateProject(txn, "", "x", verb);
      return absl::OkStatus();
    };
    EXPECT_TRUE(source_writer_.Run(std::move(command)).ok());
    return name;
  }

  absl::Status Deliver(uint64_t seq) {
    const auto record = journal::Journal::Read(source_store_, seq);
    return consumer_->TakeIn(EventsOf(source_, *record));
  }

  std::string Consumed(const std::string& name) const {
    return store_.Get(TestRegistry::ConsumedRow(name)).value_or("");
  }

  base::ManualClock clock_{absl::FromUnixSeconds(1000)};
  store::MemoryStore source_store_;
  TestRegistry source_{"volunteer"};
  Writer source_writer_{"there", &source_store_, &source_, &clock_};
  store::MemoryStore store_;
  TestRegistry machine_{"matcher"};
  std::optional<Writer> writer_;
  std::optional<Consumer> consumer_;
};

TEST_F(ConsumerTest, DeliveredTwiceOrAfterARestartAnEventHasOneEffect) {
  const std::string first = Create();
  const std::string second = Create();
  ASSERT_TRUE(Deliver(1).ok());
  ASSERT_TRUE(Deliver(1).ok());
  Restart();
  EXPECT_EQ(consumer_->position(), 1u);
  ASSERT_TRUE(Deliver(1).ok());
  ASSERT_TRUE(Deliver(2).ok());
  ASSERT_TRUE(Deliver(1).ok());
  EXPECT_EQ(Consumed(first), "create ");
  EXPECT_EQ(Consumed(second), "create ");
  EXPECT_EQ(writer_->head(), 2u);
}

TEST_F(ConsumerTest, ACommitDeliveredBeforeItsForerunnerIsRefused) {
  Create();
  const std::string second = Create();
  EXPECT_TRUE(base::HasReason(Deliver(2), base::Reason::kInternal));
  EXPECT_EQ(Consumed(second), "");
  EXPECT_EQ(consumer_->position(), 0u);
}

TEST_F(ConsumerTest, WhatConcernsNobodyElseMovesOnlyThePosition) {
  Create("private");
  const std::string told = Create();
  ASSERT_TRUE(Deliver(1).ok());
  EXPECT_EQ(consumer_->position(), 1u);
  EXPECT_EQ(writer_->head(), 0u);
  ASSERT_TRUE(Deliver(2).ok());
  EXPECT_EQ(Consumed(told), "create ");
  EXPECT_EQ(CursorOf(store_, "volunteer"), 2u);
}

TEST_F(ConsumerTest, AFailedCommitLeavesEverythingAsItWas) {
  const std::string name = Create();
  Restart([](const Event& event, Transaction& txn) {
    txn.Consume(event);
    return absl::AbortedError("not yet");
  });
  EXPECT_FALSE(Deliver(1).ok());
  EXPECT_EQ(Consumed(name), "");
  EXPECT_EQ(consumer_->position(), 0u);
}

// The write is durable, but who made it has gone before it heard so.
TEST_F(ConsumerTest, ACrashAfterTheCommitDoesNotRepeatTheEffect) {
  const std::string name = Create();
  WriterOptions options;
  options.on_fatal = [](const absl::Status&) {};
  consumer_.reset();
  writer_.emplace("here", &store_, &machine_, &clock_, options);
  ASSERT_TRUE(writer_->Open().ok());
  consumer_.emplace("volunteer", &*writer_, Consume);
  store_.FailNextWrite(absl::InternalError("power"),
                       store::MemoryStore::Fate::kKept);
  EXPECT_FALSE(Deliver(1).ok());
  Restart();
  EXPECT_EQ(consumer_->position(), 1u);
  ASSERT_TRUE(Deliver(1).ok());
  EXPECT_EQ(Consumed(name), "create ");
}

}  // namespace
}  // namespace jiedui::runtime
