#include "services/matcher/app/outages.h"

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/journal/journal.h"
#include "common/runtime/collection.h"
#include "common/runtime/runtime_keys.h"
#include "google/protobuf/util/time_util.h"
#include "jiedui/matcher/store/v1/outage_store.pb.h"
#include "services/matcher/app/keys.h"

namespace jiedui::matcher {
namespace {

using google::protobuf::util::TimeUtil;
using store::v1::OutageRecord;

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

void ExpectSign(runtime::Transaction& txn) {
  const absl::Time due = txn.now() + kSignOfLifeEvery;
  txn.SetTimer(absl::StrCat(kAliveTimer.data(), "/", absl::ToUnixSeconds(due)),
               due);
}

// When the outage began that ends at `now`, and which the sign of life that is
// long overdue has not told of yet: other timers may be due before it.
std::optional<absl::Time> AwaySince(const jiedui::store::Reader& state,
                                    absl::Time now) {
  std::optional<absl::Time> since;
  if (now == absl::InfiniteFuture()) return since;
  jiedui::store::ScanPrefix(
      state, runtime::keys::TimerById(absl::StrCat(kAliveTimer.data(), "/")),
      [&](std::string_view, std::string_view due) {
        const absl::Time expected = runtime::keys::DecodeDue(due);
        if (now - expected >= kOutageFrom) since = expected - kSignOfLifeEvery;
        return false;
      });
  return since;
}

void RecordOutage(runtime::Transaction& txn, absl::Time from) {
  OutageRecord outage;
  *outage.mutable_from_time() = runtime::ToTimestamp(from);
  *outage.mutable_to_time() = runtime::ToTimestamp(txn.now());
  journal::v1::Fact fact;
  fact.set_subject("outages");
  fact.set_verb("return");
  fact.mutable_record()->PackFrom(outage, "");
  txn.Record(std::move(fact));
}

}  // namespace

void BeginSignsOfLife(runtime::Transaction& txn) {
  std::string awaited;
  const std::string prefix =
      runtime::keys::TimerById(absl::StrCat(kAliveTimer.data(), "/"));
  jiedui::store::ScanPrefix(txn, prefix,
                            [&](std::string_view key, std::string_view) {
                              awaited = std::string(key.substr(1));
                              return false;
                            });
  if (awaited.empty()) return ExpectSign(txn);
  const auto last = journal::Journal::Read(txn, journal::Journal::HeadOf(txn));
  if (!last || txn.now() - ToTime(last->time()) < kShortestAway) return;
  RecordOutage(txn, ToTime(last->time()));
  txn.ClearTimer(awaited);
  ExpectSign(txn);
}

absl::Status OnAlive(std::string_view due, runtime::Transaction& txn) {
  int64_t seconds = 0;
  if (absl::SimpleAtoi({due.data(), due.size()}, &seconds)) {
    const absl::Time expected = absl::FromUnixSeconds(seconds);
    if (txn.now() - expected >= kOutageFrom) {
      RecordOutage(txn, expected - kSignOfLifeEvery);
    }
  }
  ExpectSign(txn);
  return absl::OkStatus();
}

absl::Duration LostBetween(const jiedui::store::Reader& state, absl::Time from,
                           absl::Time to) {
  absl::Duration lost;
  if (const auto since = AwaySince(state, to)) {
    lost += to - std::max(*since, from);
  }
  // Rows are in the order of the outages' ends.
  state.Scan(
      keys::One(keys::kOutage, runtime::keys::EncodeDue(from)),
      jiedui::store::PrefixEnd(std::string(1, keys::kOutage)),
      [&](std::string_view, std::string_view bytes) {
        OutageRecord outage;
        outage.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
        const absl::Time begin = std::max(ToTime(outage.from_time()), from);
        const absl::Time end = std::min(ToTime(outage.to_time()), to);
        lost += std::max(end - begin, absl::ZeroDuration());
        return true;
      });
  return lost;
}

bool ApplyOutage(const journal::v1::Fact& fact, jiedui::store::Overlay& state) {
  OutageRecord outage;
  if (!fact.record().UnpackTo(&outage)) return false;
  state.Put(keys::One(keys::kOutage,
                      runtime::keys::EncodeDue(ToTime(outage.to_time()))),
            fact.record().value());
  return true;
}

}  // namespace jiedui::matcher
