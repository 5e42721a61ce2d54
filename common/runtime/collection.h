// A kind of resource that a service keeps: its rows, its index of the sheets'
// own numbers, its versions and etags. One template for all kinds, so that
// each behaves alike. A kind is described by a struct such as
//
//   struct TeamKind {
//     using Record = store::v1::TeamRecord;   // has version()
//     using Fact = event::v1::Team;           // has name(), external_id()
//     static constexpr std::string_view kCollection = "teams";
//     static constexpr char kLetter = 'T';
//     static constexpr char kRowKey = '\x24';       // from the service's keys
//     static constexpr char kExternalKey = '\x25';  // 0: has no external id
//     static const Fact& fact(const Record& record) { return record.team(); }
//     static Fact& fact(Record& record) { return *record.mutable_team(); }
//   };
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/runtime/record_id.h"
#include "common/runtime/transaction.h"
#include "common/store/overlay.h"
#include "common/store/store.h"
#include "google/protobuf/util/time_util.h"
#include "jiedui/journal/v1/journal.pb.h"

namespace jiedui::runtime {

inline google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  return google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
      absl::ToUnixMicros(time));
}

// What is said about a change besides the new record.
struct Change {
  std::string verb;
  std::string from_state;
  std::string to_state;
  std::string reason_code;
  std::string note;
};

template <typename Kind>
class Collection {
 public:
  using Record = typename Kind::Record;

  static std::string RowKey(std::string_view name) {
    return absl::StrCat(std::string(1, Kind::kRowKey), std::string(name));
  }

  static std::optional<Record> Find(const store::Reader& state,
                                    std::string_view name) {
    const std::optional<std::string> bytes = state.Get(RowKey(name));
    Record record;
    if (!bytes || !record.ParseFromString(*bytes)) return std::nullopt;
    return record;
  }

  // Errors: kNotFound.
  static absl::StatusOr<Record> Require(const store::Reader& state,
                                        std::string_view name) {
    std::optional<Record> record = Find(state, name);
    if (!record) {
      return base::MakeError(base::Reason::kNotFound,
                             {{"resource", std::string(name)}});
    }
    return *std::move(record);
  }

  // For a change: a given etag must be the current one. Errors: kNotFound,
  // kEtagMismatch.
  static absl::StatusOr<Record> RequireCurrent(const store::Reader& state,
                                               std::string_view name,
                                               std::string_view etag) {
    absl::StatusOr<Record> record = Require(state, name);
    if (record.ok() && !etag.empty() && etag != Etag(*record)) {
      return base::MakeError(base::Reason::kEtagMismatch,
                             {{"resource", std::string(name)},
                              {"current", Etag(*record)},
                              {"given", std::string(etag)}});
    }
    return record;
  }

  static std::string Etag(const Record& record) {
    return absl::StrCat(record.version());
  }

  // The name of the resource with that external id; empty: there is none.
  static std::string FindExternal(const store::Reader& state,
                                  std::string_view external_id) {
    if (external_id.empty()) return "";
    return state.Get(ExternalKey(external_id)).value_or("");
  }

  // Visits records by name, from the first after `after`, until `visit`
  // returns false.
  static void Visit(const store::Reader& state, std::string_view after,
                    absl::FunctionRef<bool(const Record&)> visit) {
    const std::string begin =
        after.empty() ? std::string(1, Kind::kRowKey)
                      : absl::StrCat(RowKey(after), std::string(1, '\0'));
    state.Scan(begin, std::string(1, Kind::kRowKey + 1),
               [&](std::string_view, std::string_view bytes) {
                 Record record;
                 record.ParseFromArray(bytes.data(),
                                       static_cast<int>(bytes.size()));
                 return visit(record);
               });
  }

  // Gives a new record its name and time of creation.
  static void Number(Transaction& txn, Record& record) {
    auto& fact = Kind::fact(record);
    fact.set_name(NumberedName(Kind::kCollection, Kind::kLetter,
                               txn.TakeNumber(Kind::kCollection)));
    *fact.mutable_create_time() = ToTimestamp(txn.now());
  }

  // Makes `record` the present one: its version rises, its update time is now.
  static void Save(Transaction& txn, Record& record, Change change) {
    auto& fact = Kind::fact(record);
    record.set_version(record.version() + 1);
    if constexpr (requires { fact.mutable_update_time(); }) {
      *fact.mutable_update_time() = ToTimestamp(txn.now());
    }
    journal::v1::Fact entry;
    entry.set_subject(fact.name());
    entry.set_version(record.version());
    entry.set_verb(std::move(change.verb));
    entry.set_from_state(std::move(change.from_state));
    entry.set_to_state(std::move(change.to_state));
    entry.set_reason_code(std::move(change.reason_code));
    entry.set_note(std::move(change.note));
    entry.mutable_record()->PackFrom(record, "");
    txn.Record(std::move(entry));
  }

  // Whether `fact` is about a resource of this kind.
  static bool Owns(const journal::v1::Fact& fact) {
    return fact.record().Is<Record>();
  }

  // Stores the record that `fact` carries. REQUIRES: Owns(fact).
  static void Apply(const journal::v1::Fact& fact, store::Overlay& state) {
    if constexpr (Kind::kExternalKey != 0) {
      Record record;
      fact.record().UnpackTo(&record);
      const std::string& now = Kind::fact(record).external_id();
      const std::optional<Record> before =
          fact.version() > 1 ? Find(state, fact.subject()) : std::nullopt;
      const std::string old = before ? Kind::fact(*before).external_id() : "";
      if (old != now) {
        if (!old.empty()) state.Delete(ExternalKey(old));
        if (!now.empty()) state.Put(ExternalKey(now), fact.subject());
      }
    }
    state.Put(RowKey(fact.subject()), fact.record().value());
  }

 private:
  static std::string ExternalKey(std::string_view external_id) {
    return absl::StrCat(std::string(1, Kind::kExternalKey),
                        std::string(external_id));
  }
};

}  // namespace jiedui::runtime
