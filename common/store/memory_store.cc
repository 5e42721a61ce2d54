#include "common/store/memory_store.h"

#include <utility>

namespace jiedui::store {
namespace {

std::string Key(std::string_view key) { return std::string(key); }

}  // namespace

std::optional<std::string> MemoryStore::Get(std::string_view key) const {
  absl::MutexLock lock(&mutex_);
  const auto it = rows_.find(Key(key));
  if (it == rows_.end()) return std::nullopt;
  return it->second;
}

void MemoryStore::Scan(std::string_view begin, std::string_view end,
                       Visitor visit) const {
  Rows range;  // visited without the lock, so that the visitor may read too
  {
    absl::MutexLock lock(&mutex_);
    range = Rows(rows_.lower_bound(Key(begin)),
                 end.empty() ? rows_.end() : rows_.lower_bound(Key(end)));
  }
  for (const auto& [key, value] : range) {
    if (!visit(key, value)) return;
  }
}

std::unique_ptr<Reader> MemoryStore::Snapshot() const {
  auto copy = std::make_unique<MemoryStore>();
  absl::MutexLock lock(&mutex_);
  absl::MutexLock copy_lock(&copy->mutex_);
  copy->rows_ = rows_;
  return copy;
}

absl::Status MemoryStore::Write(const Batch& batch) {
  absl::MutexLock lock(&mutex_);
  const absl::Status status = std::exchange(next_write_, absl::OkStatus());
  if (!status.ok() && next_fate_ == Fate::kLost) return status;
  for (const Batch::Change& change : batch.changes()) {
    if (change.value) {
      rows_[change.key] = *change.value;
    } else {
      rows_.erase(change.key);
    }
  }
  return status;
}

void MemoryStore::FailNextWrite(absl::Status status, Fate fate) {
  absl::MutexLock lock(&mutex_);
  next_fate_ = fate;
  next_write_ = std::move(status);
}

}  // namespace jiedui::store
