#include "common/runtime/timer_driver.h"

#include <algorithm>
#include <boost/asio/post.hpp>

namespace jiedui::runtime {
namespace {

constexpr absl::Duration kLongest = absl::Seconds(1);
constexpr absl::Duration kShortest = absl::Milliseconds(1);

}  // namespace

TimerDriver::TimerDriver(Loop* loop, Writer* writer, const base::Clock* clock)
    : writer_(writer), clock_(clock), timer_(loop->context()) {
  absl::MutexLock lock(&mutex_);
  waiting_ = true;
  boost::asio::post(loop->context(), [this] { Tick(); });
}

TimerDriver::~TimerDriver() {
  absl::MutexLock lock(&mutex_);
  stopped_ = true;
  timer_.cancel();
  auto idle = [this]()
                  ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !waiting_; };
  mutex_.Await(absl::Condition(&idle));
}

void TimerDriver::Tick() {
  {
    absl::MutexLock lock(&mutex_);
    if (stopped_) {
      waiting_ = false;
      return;
    }
  }
  const absl::Time next = writer_->FireDueTimers();
  const absl::Duration wait =
      std::clamp(next - clock_->Now(), kShortest, kLongest);
  absl::MutexLock lock(&mutex_);
  if (stopped_) {
    waiting_ = false;
    return;
  }
  timer_.expires_after(absl::ToChronoNanoseconds(wait));
  timer_.async_wait([this](const boost::system::error_code&) { Tick(); });
}

}  // namespace jiedui::runtime
