#include "common/store/memory_store.h"

#include <utility>

namespace jiedui::store {
namespace {

absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

// Rows as they are now, whatever is written later.
class MemoryStore::PinnedRows : public Reader {
 public:
  explicit PinnedRows(std::shared_ptr<Rows> rows) : rows_(std::move(rows)) {
    rows_->readers.fetch_add(1, std::memory_order_relaxed);
  }
  PinnedRows(const PinnedRows&) = delete;
  PinnedRows& operator=(const PinnedRows&) = delete;
  ~PinnedRows() override {
    rows_->readers.fetch_sub(1, std::memory_order_release);
  }

  std::optional<std::string> Get(std::string_view key) const override {
    const auto it = rows_->map.find(View(key));
    if (it == rows_->map.end()) return std::nullopt;
    return it->second;
  }
  void Scan(std::string_view begin, std::string_view end,
            Visitor visit) const override {
    for (auto it = rows_->map.lower_bound(View(begin));
         it != rows_->map.end() && (end.empty() || it->first < end); ++it) {
      if (!visit(it->first, it->second)) return;
    }
  }

 private:
  const std::shared_ptr<Rows> rows_;
};

std::optional<std::string> MemoryStore::Get(std::string_view key) const {
  absl::MutexLock lock(&mutex_);
  const auto it = rows_->map.find(View(key));
  if (it == rows_->map.end()) return std::nullopt;
  return it->second;
}

// Without the lock, so that the visitor may read too.
void MemoryStore::Scan(std::string_view begin, std::string_view end,
                       Visitor visit) const {
  Snapshot()->Scan(begin, end, visit);
}

std::unique_ptr<Reader> MemoryStore::Snapshot() const {
  absl::MutexLock lock(&mutex_);
  return std::make_unique<PinnedRows>(rows_);
}

absl::Status MemoryStore::Write(const Batch& batch) {
  absl::MutexLock lock(&mutex_);
  const absl::Status status = std::exchange(next_write_, absl::OkStatus());
  if (!status.ok() && next_fate_ == Fate::kLost) return status;
  if (rows_->readers.load(std::memory_order_acquire) > 0) {
    auto copy = std::make_shared<Rows>();
    copy->map = rows_->map;
    rows_ = std::move(copy);
  }
  for (const Batch::Change& change : batch.changes()) {
    if (change.value) {
      rows_->map[change.key] = *change.value;
    } else {
      rows_->map.erase(change.key);
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
