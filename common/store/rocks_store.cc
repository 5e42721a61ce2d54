#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "common/base/error.h"
#include "common/store/store.h"

namespace jiedui::store {
namespace {

using base::MakeError;
using base::Reason;

rocksdb::Slice ToSlice(std::string_view text) {
  return {text.data(), text.size()};
}
std::string_view ToView(const rocksdb::Slice& slice) {
  return {slice.data(), slice.size()};
}

[[noreturn]] void DieOfDamage(const rocksdb::Status& status) {
  std::fprintf(stderr,
               "jiedui: a stored row cannot be read, stopping: %s\n"
               "jiedui: 数据文件损坏，已停止：请从备份恢复\n",
               status.ToString().c_str());
  std::abort();
}

std::optional<std::string> GetRow(rocksdb::DB* db,
                                  const rocksdb::ReadOptions& options,
                                  std::string_view key) {
  std::string value;
  const rocksdb::Status status = db->Get(options, ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) DieOfDamage(status);
  return value;
}

void ScanRows(rocksdb::DB* db, rocksdb::ReadOptions options,
              std::string_view begin, std::string_view end, Visitor visit) {
  const rocksdb::Slice upper = ToSlice(end);
  if (!end.empty()) options.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(options));
  for (it->Seek(ToSlice(begin)); it->Valid(); it->Next()) {
    if (!visit(ToView(it->key()), ToView(it->value()))) return;
  }
  if (!it->status().ok()) DieOfDamage(it->status());
}

class RocksSnapshot : public Reader {
 public:
  explicit RocksSnapshot(rocksdb::DB* db) : db_(db) {
    options_.snapshot = db_->GetSnapshot();
  }
  ~RocksSnapshot() override { db_->ReleaseSnapshot(options_.snapshot); }

  std::optional<std::string> Get(std::string_view key) const override {
    return GetRow(db_, options_, key);
  }
  void Scan(std::string_view begin, std::string_view end,
            Visitor visit) const override {
    ScanRows(db_, options_, begin, end, visit);
  }

 private:
  rocksdb::DB* db_;
  rocksdb::ReadOptions options_;
};

class RocksStore : public Store {
 public:
  explicit RocksStore(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

  std::optional<std::string> Get(std::string_view key) const override {
    return GetRow(db_.get(), {}, key);
  }
  void Scan(std::string_view begin, std::string_view end,
            Visitor visit) const override {
    ScanRows(db_.get(), {}, begin, end, visit);
  }
  std::unique_ptr<Reader> Snapshot() const override {
    return std::make_unique<RocksSnapshot>(db_.get());
  }
  absl::Status Write(const Batch& batch) override {
    rocksdb::WriteBatch rocks_batch;
    for (const Batch::Change& change : batch.changes()) {
      if (change.value) {
        rocks_batch.Put(change.key, *change.value);
      } else {
        rocks_batch.Delete(change.key);
      }
    }
    rocksdb::WriteOptions options;
    options.sync = true;
    const rocksdb::Status status = db_->Write(options, &rocks_batch);
    if (status.ok()) return absl::OkStatus();
    return MakeError(Reason::kInternal, {{"detail", status.ToString()}});
  }

 private:
  std::unique_ptr<rocksdb::DB> db_;
};

rocksdb::Options OpenOptions() {
  rocksdb::Options options;
  options.create_if_missing = true;
  // The default, point-in-time recovery, silently drops acknowledged writes
  // behind one damaged byte in the middle of the log; this one refuses.
  options.wal_recovery_mode =
      rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.max_total_wal_size = 256u << 20;
  options.keep_log_file_num = 4;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(64u << 20);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error || access(path.c_str(), W_OK | X_OK) != 0) {
    return MakeError(
        Reason::kDataFolderUnusable,
        {{"path", path},
         {"detail", error ? error.message() : "permission denied"}});
  }
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(OpenOptions(), path, &db);
  if (status.ok()) {
    return std::make_unique<RocksStore>(std::unique_ptr<rocksdb::DB>(db));
  }
  const std::string detail = status.ToString();
  if (status.IsCorruption()) {
    return MakeError(Reason::kDataDamaged,
                     {{"path", path}, {"detail", detail}});
  }
  // RocksDB tells a held LOCK only by its text.
  if (status.IsIOError() &&
      (detail.find("lock hold") != std::string::npos ||
       detail.find("While lock file") != std::string::npos)) {
    return MakeError(Reason::kDataFolderInUse, {{"path", path}});
  }
  return MakeError(Reason::kDataFolderUnusable,
                   {{"path", path}, {"detail", detail}});
}

}  // namespace jiedui::store
