// How much one caller, and all of them, may hold at a time.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"

namespace jiedui::gateway {

// Counts things by key. Thread-safe.
class Counter {
 public:
  Counter(int limit, int limit_each) : limit_(limit), limit_each_(limit_each) {}

  // One thing of a key, for as long as this lives.
  class Ticket {
   public:
    Ticket(Counter* counter, std::string key)
        : counter_(counter), key_(std::move(key)) {}
    Ticket(Ticket&& other) noexcept
        : counter_(std::exchange(other.counter_, nullptr)),
          key_(std::move(other.key_)) {}
    Ticket& operator=(Ticket&& other) noexcept {
      std::swap(counter_, other.counter_);
      std::swap(key_, other.key_);
      return *this;
    }
    ~Ticket() {
      if (counter_ != nullptr) counter_->Give(key_);
    }

   private:
    Counter* counter_;
    std::string key_;
  };

  // Nothing when there are as many as may be, of this key or in all. The
  // counter must outlive the ticket.
  std::optional<Ticket> Take(const std::string& key);

  int count() const {
    absl::MutexLock lock(&mutex_);
    return count_;
  }

 private:
  void Give(const std::string& key);

  const int limit_;
  const int limit_each_;
  mutable absl::Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, int> each_ ABSL_GUARDED_BY(mutex_);
};

// Bytes that all callers share, one at most an eighth of them. Thread-safe.
class Budget {
 public:
  explicit Budget(size_t bytes) : left_(bytes), each_(bytes / 8) {}

  // What one request holds of it; given back at its end. Thread-compatible.
  class Share {
   public:
    Share(Budget* budget, std::string key)
        : budget_(*budget), key_(std::move(key)) {}
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    ~Share() { Release(); }

    // False: there is not so much left, for this caller or at all.
    bool Grow(size_t bytes);
    // Gives all back.
    void Release();

   private:
    Budget& budget_;
    const std::string key_;
    size_t held_ = 0;
  };

 private:
  absl::Mutex mutex_;
  size_t left_ ABSL_GUARDED_BY(mutex_);
  const size_t each_;
  absl::flat_hash_map<std::string, size_t> held_ ABSL_GUARDED_BY(mutex_);
};

// The key that the caps count by: the address, of IPv6 its first 64 bits, which
// one household or office has to itself. `address` as asio writes it; IPv4
// inside IPv6 counts as IPv4.
std::string AddressKey(const std::string& address);

}  // namespace jiedui::gateway
