#include "services/matcher/app/ledger.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "services/matcher/app/keys.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/to_engine.h"

namespace jiedui::matcher {
namespace {

using jiedui::store::Reader;
using runtime::Transaction;
using store::v1::BookingRecord;
using store::v1::Hold;
using volunteer::event::v1::Project;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

constexpr std::string_view kReleased = "RELEASED";

std::string RowKey(std::string_view resource, std::string_view holder) {
  return keys::Two(keys::kBooking, resource, holder);
}

// Nothing when it does not serve.
template <typename Resource>
std::optional<int32_t> CapacityIn(const std::optional<Resource>& resource) {
  if (!resource || !Serves(*resource)) return std::nullopt;
  if constexpr (std::is_same_v<Resource, Project>) {
    return resource->exclusive() ? 1 : std::numeric_limits<int32_t>::max();
  } else {
    return resource->capacity();
  }
}

uint64_t VersionOf(const Reader& state, std::string_view resource) {
  uint64_t version = 0;
  const auto text = state.Get(keys::One(keys::kLedger, resource));
  if (text && !absl::SimpleAtoi(*text, &version)) version = 0;
  return version;
}

std::optional<BookingRecord> Find(const Reader& state,
                                  std::string_view resource,
                                  std::string_view holder) {
  const auto bytes = state.Get(RowKey(resource, holder));
  BookingRecord record;
  if (!bytes || !record.ParseFromString(*bytes)) return std::nullopt;
  return record;
}

void Record(Transaction& txn, BookingRecord record, std::string_view verb,
            std::string_view to) {
  journal::v1::Fact fact;
  fact.set_from_state(record.state());
  record.set_state(std::string(to));
  fact.set_subject(absl::StrCat("bookings/", record.resource()));
  fact.set_version(record.version());
  fact.set_verb(std::string(verb));
  fact.set_to_state(record.state());
  fact.mutable_record()->PackFrom(record, "");
  txn.Record(std::move(fact));
}

// Moves the reservation on when it is the one that `hold` is of.
bool Change(Transaction& txn, std::string_view holder, const Hold& hold,
            std::string_view verb, std::string_view to) {
  std::optional<BookingRecord> record = Find(txn, hold.resource(), holder);
  if (!record || record->fence() != hold.fence()) return false;
  record->set_version(VersionOf(txn, hold.resource()) + 1);
  Record(txn, *std::move(record), verb, to);
  return true;
}

}  // namespace

absl::StatusOr<int32_t> CapacityOf(const Reader& state,
                                   std::string_view resource) {
  std::optional<int32_t> capacity;
  if (resource.starts_with(kVolunteers)) {
    capacity = CapacityIn(FindReplica<Volunteer>(state, resource));
  } else if (resource.starts_with(kTeams)) {
    capacity = CapacityIn(FindReplica<Team>(state, resource));
  } else {
    capacity = CapacityIn(FindReplica<Project>(state, resource));
  }
  if (capacity) return *capacity;
  return base::MakeError(
      base::Reason::kNotEligible,
      {{"resource", std::string(resource)}, {"constraints", "NOT_SERVING"}});
}

absl::StatusOr<Hold> Reserve(Transaction& txn, std::string_view resource,
                             std::string_view holder, std::string_view state) {
  ASSIGN_OR_RETURN(const int32_t capacity, CapacityOf(txn, resource));
  const bool again = Find(txn, resource, holder).has_value();
  const int32_t used = BookingsOf(txn, resource) - (again ? 1 : 0);
  if (used >= capacity) {
    return base::MakeError(base::Reason::kCapacityFull,
                           {{"resource", std::string(resource)},
                            {"used", absl::StrCat(used)},
                            {"capacity", absl::StrCat(capacity)}});
  }
  BookingRecord record;
  record.set_resource(std::string(resource));
  record.set_holder(std::string(holder));
  record.set_version(VersionOf(txn, resource) + 1);
  record.set_fence(record.version());
  Hold hold;
  hold.set_resource(record.resource());
  hold.set_fence(record.fence());
  Record(txn, std::move(record), "reserve", state);
  return hold;
}

bool Confirm(Transaction& txn, std::string_view holder, const Hold& hold) {
  return Change(txn, holder, hold, "confirm", kFirm);
}

bool Release(Transaction& txn, std::string_view holder, const Hold& hold) {
  return Change(txn, holder, hold, "release", kReleased);
}

int32_t BookingsOf(const Reader& state, std::string_view resource) {
  int32_t count = 0;
  jiedui::store::ScanPrefix(state, RowKey(resource, ""),
                            [&](std::string_view, std::string_view) {
                              ++count;
                              return true;
                            });
  return count;
}

void VisitBookings(const Reader& state,
                   absl::FunctionRef<void(std::string_view, int32_t)> visit) {
  std::string resource;
  int32_t count = 0;
  jiedui::store::ScanPrefix(state, std::string(1, keys::kBooking),
                            [&](std::string_view key, std::string_view) {
                              const std::string_view now =
                                  key.substr(1, key.find('\0') - 1);
                              if (now != resource) {
                                if (count > 0) visit(resource, count);
                                resource = std::string(now);
                                count = 0;
                              }
                              ++count;
                              return true;
                            });
  if (count > 0) visit(resource, count);
}

void VisitLedger(const Reader& state,
                 absl::FunctionRef<void(const BookingRecord&)> visit) {
  jiedui::store::ScanPrefix(state, std::string(1, keys::kBooking),
                            [&](std::string_view, std::string_view bytes) {
                              BookingRecord record;
                              record.ParseFromArray(
                                  bytes.data(), static_cast<int>(bytes.size()));
                              visit(record);
                              return true;
                            });
}

bool ApplyBooking(const journal::v1::Fact& fact,
                  jiedui::store::Overlay& state) {
  BookingRecord record;
  if (!fact.record().UnpackTo(&record)) return false;
  const std::string key = RowKey(record.resource(), record.holder());
  if (record.state() == kReleased) {
    state.Delete(key);
  } else {
    state.Put(key, fact.record().value());
  }
  state.Put(keys::One(keys::kLedger, record.resource()),
            absl::StrCat(record.version()));
  return true;
}

}  // namespace jiedui::matcher
