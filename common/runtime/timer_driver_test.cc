#include "common/runtime/timer_driver.h"

#include <gtest/gtest.h>

#include "absl/synchronization/notification.h"
#include "common/runtime/test_machine.h"
#include "common/store/memory_store.h"

namespace jiedui::runtime {
namespace {

TEST(TimerDriverTest, FiresATimerThatComesDueWhileItRuns) {
  store::MemoryStore store;
  base::ManualClock clock(absl::FromUnixSeconds(1000));
  TestMachine machine;
  Writer writer("test", &store, &machine, &clock);
  ASSERT_TRUE(writer.Open().ok());
  writer.Start();
  Loop loop(1);
  TimerDriver driver(&loop, &writer, &clock);
  Command command;
  command.decide = [](Transaction& txn) {
    txn.SetTimer("t", txn.now() + absl::Hours(1));
    return absl::OkStatus();
  };
  ASSERT_TRUE(writer.Run(std::move(command)).ok());
  absl::Notification fired;
  writer.feed().NotifyPast(writer.head(), [&] { fired.Notify(); });
  clock.Advance(absl::Hours(1));
  fired.WaitForNotification();
  EXPECT_EQ(store.Get(TestMachine::Row("fired")), "t");
}

}  // namespace
}  // namespace jiedui::runtime
