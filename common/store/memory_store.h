// A store in memory, for tests and simulation.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/synchronization/mutex.h"
#include "common/store/store.h"

namespace jiedui::store {

// Thread-safe. A snapshot is taken at once; the first write after it, while it
// lives, copies all rows.
class MemoryStore : public Store {
 public:
  std::optional<std::string> Get(std::string_view key) const override;
  void Scan(std::string_view begin, std::string_view end,
            Visitor visit) const override;
  std::unique_ptr<Reader> Snapshot() const override;
  absl::Status Write(const Batch& batch) override;

  // What a write that fails has done: nothing, or everything, as when the power
  // goes after the sync and before anybody hears of it.
  enum class Fate { kLost, kKept };

  // The next Write fails with `status`.
  void FailNextWrite(absl::Status status, Fate fate = Fate::kLost);

 private:
  struct Rows {
    absl::btree_map<std::string, std::string> map;
    std::atomic<int> readers = 0;  // none: may be changed
  };
  class PinnedRows;

  mutable absl::Mutex mutex_;
  std::shared_ptr<Rows> rows_ ABSL_GUARDED_BY(mutex_) =
      std::make_shared<Rows>();
  absl::Status next_write_ ABSL_GUARDED_BY(mutex_);
  Fate next_fate_ ABSL_GUARDED_BY(mutex_) = Fate::kLost;
};

}  // namespace jiedui::store
