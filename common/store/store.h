// Keyed state: ordered keys and values, snapshots to read from, and batches
// that are written whole and synced. RocksDB (OpenRocksStore) or memory
// (MemoryStore) behind the one port.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace jiedui::store {

// Visits one row; returns false to stop.
using Visitor =
    absl::FunctionRef<bool(std::string_view key, std::string_view value)>;

// Thread-safe, as all reading is. A row that cannot be read because the files
// are damaged ends the process: no answer is better than a wrong one.
class Reader {
 public:
  virtual ~Reader() = default;

  // The value of `key`, or nothing.
  virtual std::optional<std::string> Get(std::string_view key) const = 0;

  // Rows with begin <= key < end, in the order of their keys' bytes; an empty
  // `end` is behind all keys. REQUIRES: begin <= end.
  virtual void Scan(std::string_view begin, std::string_view end,
                    Visitor visit) const = 0;
};

// Visits all rows whose key begins with `prefix`.
void ScanPrefix(const Reader& reader, std::string_view prefix, Visitor visit);

// The first key after all keys that begin with `prefix`; empty: there is none,
// they are the last.
std::string PrefixEnd(std::string_view prefix);

// Changes that are written together. A later one to the same key wins.
class Batch {
 public:
  struct Change {
    std::string key;
    std::optional<std::string> value;  // nothing: delete
  };

  void Put(std::string key, std::string value) {
    changes_.push_back({std::move(key), std::move(value)});
  }
  void Delete(std::string key) {
    changes_.push_back({std::move(key), std::nullopt});
  }
  const std::vector<Change>& changes() const { return changes_; }

 private:
  std::vector<Change> changes_;
};

class Store : public Reader {
 public:
  // The state as of now, untouched by later writes. Must not outlive the store.
  virtual std::unique_ptr<Reader> Snapshot() const = 0;

  // All of `batch` or nothing; durable (synced) on return. After an error the
  // store must not be written again: stop the process.
  virtual absl::Status Write(const Batch& batch) = 0;
};

// Opens (creating if needed) the RocksDB in folder `path`. Errors:
// kDataFolderInUse, kDataFolderUnusable, kDataDamaged.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const std::string& path);

}  // namespace jiedui::store
