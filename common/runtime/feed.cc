#include "common/runtime/feed.h"

#include <limits>
#include <utility>

namespace jiedui::runtime {

uint64_t Feed::NotifyPast(uint64_t after, Wake wake) {
  {
    absl::MutexLock lock(&mutex_);
    if (head_ <= after && !closed_) {
      waiters_.emplace(++last_ticket_, Waiter{after, std::move(wake)});
      return last_ticket_;
    }
  }
  wake();
  return 0;
}

void Feed::Cancel(uint64_t ticket) {
  absl::MutexLock lock(&mutex_);
  waiters_.erase(ticket);
}

void Feed::Publish(uint64_t head) {
  absl::MutexLock lock(&mutex_);
  head_ = head;
  WakeAllBehind(head);
}

void Feed::Close() {
  absl::MutexLock lock(&mutex_);
  closed_ = true;
  WakeAllBehind(std::numeric_limits<uint64_t>::max());
}

bool Feed::closed() const {
  absl::MutexLock lock(&mutex_);
  return closed_;
}

// Waking under the lock is what lets Cancel promise silence.
void Feed::WakeAllBehind(uint64_t head) {
  for (auto it = waiters_.begin(); it != waiters_.end();) {
    if (it->second.after >= head) {
      ++it;
      continue;
    }
    it->second.wake();
    it = waiters_.erase(it);
  }
}

}  // namespace jiedui::runtime
