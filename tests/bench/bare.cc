#include "tests/bench/bare.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/bench/fail.h"

namespace jiedui::bench {
namespace {

// Never the same twice in one folder: it begins with the time.
class Numbers {
 public:
  // In place of the last eight bytes of keys that are longer: what they tell
  // apart there too.
  void Write(std::string& key) {
    if (key.size() <= 8) return;
    const uint64_t number = next_.fetch_add(1, std::memory_order_relaxed);
    for (int i = 0; i < 8; ++i) {
      key[key.size() - 1 - i] = static_cast<char>(number >> (8 * i));
    }
  }

 private:
  std::atomic<uint64_t> next_{
      static_cast<uint64_t>(Clock::now().time_since_epoch().count())};
};

std::unique_ptr<rocksdb::DB> OpenBare(const std::string& path) {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, path, &db);
  if (!status.ok()) Fail(status.ToString());
  return std::unique_ptr<rocksdb::DB>(db);
}

void WriteOnce(rocksdb::DB& db, const store::Batch& example, Numbers& numbers) {
  rocksdb::WriteBatch batch;
  std::string key;
  for (const store::Batch::Change& change : example.changes()) {
    key = change.key;
    numbers.Write(key);
    if (change.value) {
      batch.Put(key, *change.value);
    } else {
      batch.Delete(key);
    }
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  const rocksdb::Status status = db.Write(options, &batch);
  if (!status.ok()) Fail(status.ToString());
}

}  // namespace

double SyncedWritesPerSecond(const std::string& path,
                             const store::Batch& example, int threads,
                             double seconds) {
  const std::unique_ptr<rocksdb::DB> db = OpenBare(path);
  Numbers numbers;
  std::atomic<uint64_t> writes{0};
  const Clock::time_point start = Clock::now();
  std::vector<std::thread> writers;
  for (int i = 0; i < threads; ++i) {
    writers.emplace_back([&] {
      while (SecondsSince(start) < seconds) {
        WriteOnce(*db, example, numbers);
        writes.fetch_add(1, std::memory_order_relaxed);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  return writes / SecondsSince(start);
}

Latencies SyncedAppends(const std::string& path, size_t bytes, double seconds) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (file < 0) Fail("cannot write " + path);
  const std::string record(bytes, 'x');
  Latencies latencies;
  const Clock::time_point start = Clock::now();
  while (SecondsSince(start) < seconds) {
    const Clock::time_point begin = Clock::now();
    if (write(file, record.data(), record.size()) !=
            static_cast<ssize_t>(record.size()) ||
        fdatasync(file) != 0) {
      Fail("cannot write " + path);
    }
    latencies.Add(Clock::now() - begin);
  }
  close(file);
  return latencies;
}

}  // namespace jiedui::bench
