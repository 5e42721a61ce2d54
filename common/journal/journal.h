// A service's journal: numbered records, each carrying the SHA-256 of the one
// before, kept in the same store as the state so that one write holds both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/store/store.h"
#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::journal {

// Appending is the writer's alone; reading is thread-safe.
class Journal {
 public:
  // All journal keys begin with this byte; no other key does.
  static constexpr char kKeyPrefix = '\x01';

  // `store` must outlive it.
  explicit Journal(const store::Reader* store) : store_(store) {}

  // Finds the end and checks the chain of the last `tail` records. Errors:
  // kDataDamaged, naming `path`, when a number is missing or a hash is wrong.
  absl::Status Open(std::string_view path, uint64_t tail = 64);

  // Position of the last record that Append has numbered; 0: none.
  uint64_t head() const { return head_; }

  // Numbers and chains `record` and adds it to `batch`. It is part of the
  // journal once the batch is written; a batch that fails must stop the writer.
  void Append(v1::Record& record, store::Batch& batch);

  // Position of the last record that `reader` holds, found by O(log n) reads;
  // 0: none.
  static uint64_t HeadOf(const store::Reader& reader);

  // The key of the row that holds the record at `seq`.
  static std::string KeyOf(uint64_t seq);

  // The record at `seq`, or nothing.
  static std::optional<v1::Record> Read(const store::Reader& reader,
                                        uint64_t seq);

  // Visits the records after position `after` until `visit` returns false.
  static void Visit(const store::Reader& reader, uint64_t after,
                    absl::FunctionRef<bool(const v1::Record&)> visit);

 private:
  const store::Reader* store_;
  uint64_t head_ = 0;
  std::string head_sha256_;
};

}  // namespace jiedui::journal
