// Fires a writer's timers when they are due, from a loop.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "common/base/clock.h"
#include "common/runtime/loop.h"
#include "common/runtime/writer.h"

namespace jiedui::runtime {

// The timers' due times are wall-clock times; the driver looks again at least
// every second, so that a jump of the clock is noticed and a timer set since
// is not missed. Thread-safe.
class TimerDriver {
 public:
  // All must outlive it, and the loop must not be stopped before.
  TimerDriver(Loop* loop, Writer* writer, const base::Clock* clock);
  ~TimerDriver();  // waits for a firing under way

 private:
  void Tick();

  Writer* const writer_;
  const base::Clock* const clock_;
  absl::Mutex mutex_;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool waiting_ ABSL_GUARDED_BY(mutex_) = false;
  boost::asio::steady_timer timer_;
};

}  // namespace jiedui::runtime
