#include "common/journal/journal.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/sha256.h"

namespace jiedui::journal {
namespace {

uint64_t SeqOf(std::string_view key) {
  uint64_t seq = 0;
  for (unsigned char byte : key.substr(1)) seq = seq << 8 | byte;
  return seq;
}

bool AnyAfter(const store::Reader& store, uint64_t seq) {
  bool any = false;
  store.Scan(Journal::KeyOf(seq + 1), std::string(1, Journal::kKeyPrefix + 1),
             [&](std::string_view, std::string_view) {
               any = true;
               return false;
             });
  return any;
}

}  // namespace

std::string Journal::KeyOf(uint64_t seq) {
  std::string key(1, kKeyPrefix);
  for (int shift = 56; shift >= 0; shift -= 8) {
    key += static_cast<char>(seq >> shift);
  }
  return key;
}

absl::Status Journal::Open(std::string_view path, uint64_t tail) {
  auto damaged = [&](uint64_t seq, std::string_view what) {
    return base::MakeError(base::Reason::kDataDamaged,
                           {{"path", std::string(path)},
                            {"detail", absl::StrCat("journal record ", seq, " ",
                                                    std::string(what))}});
  };
  head_ = HeadOf(*store_);
  head_sha256_.clear();
  if (AnyAfter(*store_, head_)) return damaged(head_ + 1, "is missing");
  const uint64_t first = head_ > tail ? head_ - tail + 1 : 1;
  for (uint64_t seq = first; seq <= head_; ++seq) {
    const std::optional<std::string> bytes = store_->Get(KeyOf(seq));
    v1::Record record;
    if (!bytes || !record.ParseFromString(*bytes) || record.seq() != seq) {
      return damaged(seq, "cannot be read");
    }
    if (seq > first && record.previous_sha256() != head_sha256_) {
      return damaged(seq, "does not follow the one before it");
    }
    head_sha256_ = base::Sha256(*bytes);
  }
  return absl::OkStatus();
}

void Journal::Append(v1::Record& record, store::Batch& batch) {
  record.set_seq(++head_);
  record.set_previous_sha256(head_sha256_);
  std::string bytes = record.SerializeAsString();
  head_sha256_ = base::Sha256(bytes);
  batch.Put(KeyOf(head_), std::move(bytes));
}

// By binary search over existing keys, so that it is quick however long the
// journal is. A hole makes it land early; Open's check behind the head then
// finds records past it.
uint64_t Journal::HeadOf(const store::Reader& reader) {
  auto holds = [&](uint64_t seq) { return reader.Get(KeyOf(seq)).has_value(); };
  uint64_t low = 0;
  uint64_t high = 1;
  while (holds(high)) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const uint64_t middle = low + (high - low) / 2;
    (holds(middle) ? low : high) = middle;
  }
  return low;
}

std::optional<v1::Record> Journal::Read(const store::Reader& reader,
                                        uint64_t seq) {
  const std::optional<std::string> bytes = reader.Get(KeyOf(seq));
  v1::Record record;
  if (!bytes || !record.ParseFromString(*bytes)) return std::nullopt;
  return record;
}

void Journal::Visit(const store::Reader& reader, uint64_t after,
                    absl::FunctionRef<bool(const v1::Record&)> visit) {
  reader.Scan(KeyOf(after + 1), std::string(1, kKeyPrefix + 1),
              [&](std::string_view key, std::string_view bytes) {
                v1::Record record;
                return record.ParseFromArray(bytes.data(),
                                             static_cast<int>(bytes.size())) &&
                       record.seq() == SeqOf(key) && visit(record);
              });
}

}  // namespace jiedui::journal
