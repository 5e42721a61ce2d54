#include "common/runtime/writer.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "common/base/error.h"
#include "common/runtime/runtime_keys.h"
#include "common/runtime/test_machine.h"
#include "common/store/memory_store.h"
#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::runtime {
namespace {

using base::HasReason;
using base::Reason;

class WriterTest : public testing::Test {
 protected:
  WriterTest() { Restart(); }

  void Restart() {
    writer_ = nullptr;
    machine_ = TestMachine();
    Writer::Options options;
    options.max_queue = 4;
    options.on_fatal = [this](const absl::Status&) { ++fatal_; };
    writer_ =
        std::make_unique<Writer>("test", &store_, &machine_, &clock_, options);
    const absl::Status opened = writer_->Open();
    ASSERT_TRUE(opened.ok()) << opened;
    writer_->Start();
  }

  static Command Say(std::string subject, std::string note) {
    Command command;
    command.actor = "tester";
    command.decide = [subject, note](Transaction& txn) {
      txn.Record(TestMachine::Say(subject, note));
      return absl::OkStatus();
    };
    return command;
  }

  std::string Row(std::string_view subject) {
    return store_.Get(TestMachine::Row(subject)).value_or("");
  }

  store::MemoryStore store_;
  base::ManualClock clock_{absl::FromUnixSeconds(1000)};
  TestMachine machine_;
  int fatal_ = 0;
  std::unique_ptr<Writer> writer_;
};

TEST_F(WriterTest, AnAnsweredCommandIsStoredJournalledAndApplied) {
  ASSERT_TRUE(writer_->Run(Say("a", "x")).ok());
  EXPECT_EQ(Row("a"), "x");
  EXPECT_EQ(writer_->head(), 1u);
  EXPECT_EQ(machine_.committed, std::vector<uint64_t>{1});
  const auto record = journal::Journal::Read(store_, 1);
  ASSERT_TRUE(record.has_value());
  EXPECT_EQ(record->entries(0).actor(), "tester");
  EXPECT_EQ(record->entries(0).facts(0).note(), "x");
}

TEST_F(WriterTest, AFailingCommandLeavesNothingBehind) {
  Command command;
  command.decide = [](Transaction& txn) {
    txn.Record(TestMachine::Say("a", "x"));
    txn.SetTimer("t", txn.now());
    return absl::AbortedError("no");
  };
  EXPECT_EQ(writer_->Run(std::move(command)).code(),
            absl::StatusCode::kAborted);
  EXPECT_EQ(Row("a"), "");
  EXPECT_EQ(writer_->head(), 0u);
  EXPECT_EQ(writer_->FireDueTimers(), absl::InfiniteFuture());
}

TEST_F(WriterTest, ACommandFailsWithWhatMustFollowFromIt) {
  EXPECT_EQ(writer_->Run(Say("dead-end", "x")).code(),
            absl::StatusCode::kInternal);
  EXPECT_EQ(Row("dead-end"), "");
  EXPECT_EQ(writer_->head(), 0u);
}

// Holds the writer inside one command while others queue behind it.
TEST_F(WriterTest, WhatQueuesMeanwhileIsOneCommitAndSeesItsForerunners) {
  absl::Notification inside;
  absl::Notification go_on;
  absl::BlockingCounter answered(4);
  auto count = [&](absl::Status) { answered.DecrementCount(); };
  Command slow = Say("a", "1");
  slow.decide = [&](Transaction&) {
    inside.Notify();
    go_on.WaitForNotification();
    return absl::OkStatus();
  };
  slow.done = count;
  writer_->Submit(std::move(slow));
  inside.WaitForNotification();
  std::string seen;
  for (int i = 0; i < 3; ++i) {
    Command command;
    command.decide = [&seen, i](Transaction& txn) {
      seen += txn.Get(TestMachine::Row("a")).value_or("") + "|";
      txn.Record(TestMachine::Say("a", std::to_string(i)));
      return absl::OkStatus();
    };
    command.done = count;
    writer_->Submit(std::move(command));
  }
  go_on.Notify();
  answered.Wait();
  EXPECT_EQ(writer_->head(), 1u);
  EXPECT_EQ(seen, "|0|01|");
  EXPECT_EQ(Row("a"), "012");
}

TEST_F(WriterTest, AFullQueueRefusesWithoutWaiting) {
  absl::Notification inside;
  absl::Notification go_on;
  absl::BlockingCounter answered(5);
  Command slow;
  slow.decide = [&](Transaction&) {
    inside.Notify();
    go_on.WaitForNotification();
    return absl::OkStatus();
  };
  slow.done = [&](absl::Status) { answered.DecrementCount(); };
  writer_->Submit(std::move(slow));
  inside.WaitForNotification();
  for (int i = 0; i < 4; ++i) {
    Command command = Say("a", "x");
    command.done = [&](absl::Status) { answered.DecrementCount(); };
    writer_->Submit(std::move(command));
  }
  EXPECT_TRUE(HasReason(writer_->Run(Say("a", "y")), Reason::kOverloaded));
  go_on.Notify();
  answered.Wait();
  EXPECT_EQ(Row("a"), "xxxx");
}

TEST_F(WriterTest, ARepeatedRequestGetsTheKeptReplyAndNoSecondEffect) {
  auto run = [&](std::string digest, std::string* answer) {
    journal::v1::Number reply;
    Command command;
    command.actor = "tester";
    command.request_id = "r1";
    command.request_sha256 = std::move(digest);
    command.reply = &reply;
    command.decide = [&](Transaction& txn) {
      reply.set_last(txn.TakeNumber("things"));
      txn.Record(TestMachine::Say("a", "x"));
      return absl::OkStatus();
    };
    const absl::Status status = writer_->Run(std::move(command));
    *answer = std::to_string(reply.last());
    return status;
  };
  std::string answer;
  ASSERT_TRUE(run("digest", &answer).ok());
  EXPECT_EQ(answer, "1");
  Restart();
  ASSERT_TRUE(run("digest", &answer).ok());
  EXPECT_EQ(answer, "1");
  EXPECT_TRUE(HasReason(run("other", &answer), Reason::kRequestIdReused));
  EXPECT_EQ(Row("a"), "x");
}

// A request that found nothing to change was answered and forgotten: its late
// duplicate then changed what others had done in between.
TEST_F(WriterTest, ARepeatOfWhatChangedNothingChangesNothingLater) {
  auto set = [&](std::string id, std::string note) {
    journal::v1::Number reply;
    Command command;
    command.actor = "tester";
    command.request_id = std::move(id);
    command.reply = &reply;
    command.decide = [note](Transaction& txn) {
      if (txn.Get(TestMachine::Row("a")).value_or("") != note) {
        txn.Record(TestMachine::Say("a", note));
      }
      return absl::OkStatus();
    };
    return writer_->Run(std::move(command));
  };
  ASSERT_TRUE(set("r1", "x").ok());
  ASSERT_TRUE(set("r2", "x").ok());
  ASSERT_TRUE(writer_->Run(Say("a", "y")).ok());
  Restart();
  ASSERT_TRUE(set("r2", "x").ok());
  EXPECT_EQ(Row("a"), "xy");
}

TEST_F(WriterTest, ACommandPastItsDeadlineIsNotRun) {
  Command command = Say("a", "x");
  command.deadline = clock_.Now() - absl::Seconds(1);
  EXPECT_TRUE(
      HasReason(writer_->Run(std::move(command)), Reason::kDeadlineExceeded));
  EXPECT_EQ(Row("a"), "");
}

TEST_F(WriterTest, AFailedWriteIsFatalAndAnswersEverybody) {
  store_.FailNextWrite(absl::InternalError("disk"));
  EXPECT_FALSE(writer_->Run(Say("a", "x")).ok());
  EXPECT_EQ(fatal_, 1);
  EXPECT_FALSE(writer_->Run(Say("a", "y")).ok());
  EXPECT_EQ(Row("a"), "");
}

TEST_F(WriterTest, ACursorMovesInTheSameCommitAsItsEffect) {
  Command command;
  command.decide = [](Transaction& txn) {
    event::v1::Event event;
    event.set_subject("b");
    event.set_note("from elsewhere");
    txn.Consume(std::move(event));
    txn.MoveCursor("other", 7);
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer_->Run(std::move(command)).ok());
  Restart();
  EXPECT_EQ(CursorOf(store_, "other"), 7u);
  EXPECT_EQ(Row("b"), "from elsewhere");
}

TEST_F(WriterTest, TimersFireWhenDueInOrderAndOnce) {
  Command command;
  command.decide = [&](Transaction& txn) {
    txn.SetTimer("late", txn.now() + absl::Seconds(20));
    txn.SetTimer("early", txn.now() + absl::Seconds(10));
    txn.SetTimer("moved", txn.now() + absl::Seconds(5));
    txn.SetTimer("moved", txn.now() + absl::Seconds(30));
    txn.SetTimer("cleared", txn.now() + absl::Seconds(1));
    txn.ClearTimer("cleared");
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer_->Run(std::move(command)).ok());
  EXPECT_EQ(writer_->FireDueTimers(), clock_.Now() + absl::Seconds(10));
  EXPECT_EQ(Row("fired"), "");
  Restart();
  clock_.Advance(absl::Seconds(25));
  EXPECT_EQ(writer_->FireDueTimers(), clock_.Now() + absl::Seconds(5));
  EXPECT_EQ(Row("fired"), "earlylate");
  clock_.Advance(absl::Seconds(25));
  EXPECT_EQ(writer_->FireDueTimers(), absl::InfiniteFuture());
  EXPECT_EQ(Row("fired"), "earlylatemoved");
}

TEST_F(WriterTest, ATimerThatFailsDoesNotBlockTheOthers) {
  Command command;
  command.decide = [&](Transaction& txn) {
    txn.SetTimer("bad", txn.now());
    txn.SetTimer("good", txn.now());
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer_->Run(std::move(command)).ok());
  EXPECT_EQ(writer_->FireDueTimers(), absl::InfiniteFuture());
  EXPECT_EQ(Row("fired"), "good");
}

TEST_F(WriterTest, ATimerDueWhileTheQueueIsFullFiresLater) {
  Command set;
  set.decide = [](Transaction& txn) {
    txn.SetTimer("t", txn.now());
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer_->Run(std::move(set)).ok());
  absl::Notification inside;
  absl::Notification go_on;
  absl::BlockingCounter answered(5);
  for (int i = 0; i < 5; ++i) {  // one inside, four in the queue
    Command command;
    command.decide = [&, i](Transaction&) {
      if (i > 0) return absl::OkStatus();
      inside.Notify();
      go_on.WaitForNotification();
      return absl::OkStatus();
    };
    command.done = [&](absl::Status) { answered.DecrementCount(); };
    writer_->Submit(std::move(command));
    if (i == 0) inside.WaitForNotification();
  }
  EXPECT_EQ(writer_->FireDueTimers(), clock_.Now());
  go_on.Notify();
  answered.Wait();
  EXPECT_EQ(writer_->FireDueTimers(), absl::InfiniteFuture());
  EXPECT_EQ(Row("fired"), "t");
}

TEST_F(WriterTest, ReplayingTheJournalFromZeroGivesTheSameState) {
  ASSERT_TRUE(writer_->Run(Say("a", "x")).ok());
  Command command;
  command.decide = [](Transaction& txn) {
    txn.TakeNumber("things");
    txn.Record(TestMachine::Say("a", "y"));
    txn.SetTimer("t", txn.now());
    txn.SetTimer("u", txn.now());
    txn.ClearTimer("t");
    txn.MoveCursor("other", 3);
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer_->Run(std::move(command)).ok());
  store::MemoryStore replayed;
  store::Overlay state(&replayed);
  journal::Journal::Visit(store_, 0, [&](const journal::v1::Record& record) {
    for (const auto& entry : record.entries()) {
      ReplayEntry(entry, machine_, state);
    }
    return true;
  });
  // All rows but the journal itself and the schema.
  std::vector<std::string> live;
  std::vector<std::string> again;
  auto collect = [](std::vector<std::string>& rows) {
    return [&rows](std::string_view key, std::string_view value) {
      rows.push_back(std::string(key) + "=" + std::string(value));
      return true;
    };
  };
  store_.Scan("\x03", "\xff", collect(live));
  state.Scan("\x03", "\xff", collect(again));
  EXPECT_EQ(live, again);
  EXPECT_GT(live.size(), 3u);
}

TEST_F(WriterTest, AClockSetBackWhileItWasDownDoesNotTakeTimeBack) {
  ASSERT_TRUE(writer_->Run(Say("a", "x")).ok());
  clock_.Advance(-absl::Hours(48));
  Restart();
  ASSERT_TRUE(writer_->Run(Say("a", "y")).ok());
  EXPECT_EQ(journal::Journal::Read(store_, 2)->time().seconds(), 1000);
  clock_.Advance(absl::Seconds(5));  // and time goes on from there
  ASSERT_TRUE(writer_->Run(Say("a", "z")).ok());
  EXPECT_EQ(journal::Journal::Read(store_, 3)->time().seconds(), 1005);
}

TEST_F(WriterTest, AFolderOfANewerProgramIsRefused) {
  store::Batch batch;
  batch.Put(keys::Schema(), "4");
  ASSERT_TRUE(store_.Write(batch).ok());
  Writer writer("folder", &store_, &machine_, &clock_);
  EXPECT_TRUE(HasReason(writer.Open(), Reason::kSchemaNewer));
}

TEST_F(WriterTest, AStoppedWriterRefusesButHasFinishedItsQueue) {
  absl::BlockingCounter answered(2);
  for (int i = 0; i < 2; ++i) {
    Command command = Say("a", "x");
    command.done = [&](absl::Status status) {
      EXPECT_TRUE(status.ok());
      answered.DecrementCount();
    };
    writer_->Submit(std::move(command));
  }
  writer_->Stop();
  answered.Wait();
  EXPECT_EQ(Row("a"), "xx");
  EXPECT_TRUE(HasReason(writer_->Run(Say("a", "y")), Reason::kShuttingDown));
}

TEST_F(WriterTest, NotStartedItWorksWhenToldToAsItsThreadWould) {
  Writer writer("test", &store_, &machine_, &clock_);
  ASSERT_TRUE(writer.Open().ok());
  int answered = 0;
  for (const char* note : {"x", "y"}) {
    Command command = Say("a", note);
    command.done = [&](absl::Status status) { answered += status.ok(); };
    writer.Submit(std::move(command));
  }
  EXPECT_EQ(Row("a"), "");
  writer.RunQueued();
  EXPECT_EQ(Row("a"), "xy");
  EXPECT_EQ(answered, 2);
  EXPECT_EQ(writer.head(), 1u);
  ASSERT_TRUE(writer.Run(Say("a", "z")).ok());
  EXPECT_EQ(Row("a"), "xyz");
}

TEST_F(WriterTest, DueTimersCanBeFiredOneByOne) {
  Writer writer("test", &store_, &machine_, &clock_);
  ASSERT_TRUE(writer.Open().ok());
  Command command;
  command.decide = [&](Transaction& txn) {
    txn.SetTimer("second", txn.now() + absl::Seconds(1));
    txn.SetTimer("first", txn.now());
    txn.SetTimer("later", txn.now() + absl::Seconds(2));
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer.Run(std::move(command)).ok());
  clock_.Advance(absl::Seconds(1));
  EXPECT_TRUE(writer.FireNextTimer());
  EXPECT_EQ(Row("fired"), "first");
  EXPECT_EQ(writer.NextTimer(), clock_.Now());
  EXPECT_TRUE(writer.FireNextTimer());
  EXPECT_FALSE(writer.FireNextTimer());
  EXPECT_EQ(Row("fired"), "firstsecond");
  EXPECT_EQ(writer.NextTimer(), clock_.Now() + absl::Seconds(1));
}

// Each used to cost a look past all that had been fired before it, and a synced
// write of its own.
TEST_F(WriterTest, TimersDueTogetherShareCommits) {
  Writer writer("test", &store_, &machine_, &clock_);
  ASSERT_TRUE(writer.Open().ok());
  Command command;
  command.decide = [&](Transaction& txn) {
    for (int i = 0; i < 1000; ++i) {
      txn.SetTimer(absl::StrCat("t", i), txn.now());
    }
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer.Run(std::move(command)).ok());
  EXPECT_EQ(writer.FireDueTimers(), absl::InfiniteFuture());
  EXPECT_LT(writer.head(), 10u);
}

TEST_F(WriterTest, ManyThreadsLoseNothing) {
  std::vector<std::thread> threads;
  std::atomic<int> accepted{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        if (writer_->Run(Say("a", ".")).ok()) ++accepted;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Row("a").size(), static_cast<size_t>(accepted));
  EXPECT_EQ(accepted, 800);
}

}  // namespace
}  // namespace jiedui::runtime
