#include "services/matcher/app/digest.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/calendar/calendar.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/recipients.h"

namespace jiedui::matcher {
namespace {

using jiedui::store::Overlay;
using store::v1::DigestRecord;
using store::v1::PairingRecord;

constexpr absl::Duration kTimeOfDigest = absl::Hours(9);
constexpr size_t kMostListed = 10;

// What waits in one region.
struct Waiting {
  std::map<std::string, int, std::less<>> counts;  // by matter
  std::vector<std::string> first;
  int total = 0;
};

DigestRecord PresentDigest(const Reader& state) {
  DigestRecord record;
  if (const auto bytes = state.Get(std::string(1, keys::kDigest))) {
    record.ParseFromString(*bytes);
  }
  return record;
}

void SaveDigest(Transaction& txn, DigestRecord& record, const char* verb) {
  record.set_version(record.version() + 1);
  journal::v1::Fact fact;
  fact.set_subject("digest");
  fact.set_version(record.version());
  fact.set_verb(verb);
  fact.mutable_record()->PackFrom(record, "");
  txn.Record(std::move(fact));
}

absl::Time NextDigest(absl::Time now) {
  absl::CivilDay day = base::ChinaDay(now);
  const auto time_on = [](absl::CivilDay on) {
    return base::StartOfChinaDay(on) + kTimeOfDigest;
  };
  while (!calendar::IsWorkingDay(day) || time_on(day) <= now) ++day;
  return time_on(day);
}

// The region of a matter's row, and its matter and subject.
void Take(std::string_view row, Waiting& waiting) {
  const size_t end = row.find('\0');
  ++waiting.counts[std::string(row.substr(0, end))];
  ++waiting.total;
  if (waiting.first.size() < kMostListed) {
    waiting.first.emplace_back(row.substr(end + 1));
  }
}

// By region.
std::map<std::string, Waiting> AllWaiting(const Reader& state) {
  std::map<std::string, Waiting> all;
  jiedui::store::ScanPrefix(state, std::string(1, keys::kMatter),
                            [&](std::string_view key, std::string_view) {
                              key.remove_prefix(1);
                              const size_t end = key.find('\0');
                              Take(key.substr(end + 1),
                                   all[std::string(key.substr(0, end))]);
                              return true;
                            });
  return all;
}

// The dispatches for which nobody was found, by name.
std::vector<std::string> Gaps(const Reader& state) {
  std::vector<std::string> gaps;
  jiedui::store::ScanPrefix(
      state, std::string(1, keys::kMatter),
      [&](std::string_view key, std::string_view) {
        const size_t matter = key.find('\0') + 1;
        const size_t subject = key.find('\0', matter) + 1;
        if (key.substr(matter, subject - matter - 1) == kGapMatter) {
          gaps.emplace_back(key.substr(subject));
        }
        return true;
      });
  return gaps;
}

void Tell(Transaction& txn, const std::string& region, const Waiting& waiting,
          uint64_t version) {
  const auto count = [&](std::string_view matter) {
    const auto found = waiting.counts.find(matter);
    return absl::StrCat(found == waiting.counts.end() ? 0 : found->second);
  };
  NewNotice notice{NoticeKind::kDigest};
  notice.recipient = absl::StrCat(kCoordinators.data(), region);
  notice.subject = "digest";
  notice.version = version;
  notice.region = region;
  notice.args = {PlainArg("count", absl::StrCat(waiting.total)),
                 PlainArg("reviews", count(kReviewMatter)),
                 PlainArg("gaps", count(kGapMatter)),
                 PlainArg("readings", count(kReadingMatter)),
                 PlainArg("list", absl::StrJoin(waiting.first, "\n"))};
  Notify(txn, notice);
}

void ExpectDigest(Transaction& txn) {
  DigestRecord record = PresentDigest(txn);
  if (record.has_due_time()) return;
  const absl::Time due = NextDigest(txn.now());
  *record.mutable_due_time() = runtime::ToTimestamp(due);
  SaveDigest(txn, record, "expect");
  txn.SetTimer(absl::StrCat(kDigestTimer.data(), "/", record.version()), due);
}

// Whose coordinators are to review it; empty: nobody is.
std::string ReviewRegionOf(const Pairing& pairing) {
  const bool waits =
      pairing.state() == "PROPOSED" || pairing.state() == "OVERRIDDEN";
  return waits ? RegionAtTier(pairing.region(), ReviewTierOf(pairing)) : "";
}

}  // namespace

void IndexMatter(Overlay& state, std::string_view region,
                 std::string_view matter, std::string_view subject, bool open) {
  std::string key = keys::Two(keys::kMatter, region, matter);
  key.append(1, '\0').append(subject);
  if (open) {
    state.Put(std::move(key), "");
  } else {
    state.Delete(std::move(key));
  }
}

void IndexReviewMatter(const std::optional<PairingRecord>& before,
                       const PairingRecord& after, Overlay& state) {
  const std::string& name = after.pairing().name();
  const std::string was = before ? ReviewRegionOf(before->pairing()) : "";
  const std::string is = ReviewRegionOf(after.pairing());
  if (was == is) return;
  if (!was.empty()) IndexMatter(state, was, kReviewMatter, name, false);
  if (!is.empty()) IndexMatter(state, is, kReviewMatter, name, true);
}

void IndexGapMatter(const std::optional<store::v1::DispatchRecord>& before,
                    const store::v1::DispatchRecord& after, Overlay& state) {
  const event::v1::Dispatch& dispatch = after.dispatch();
  const bool was = before && before->dispatch().state() == kGap.to;
  const bool is = dispatch.state() == kGap.to;
  if (was == is) return;
  IndexMatter(state, RegionAtTier(dispatch.region(), type::v1::TIER_PROVINCE),
              kGapMatter, dispatch.name(), is);
}

void KeepDigest(const journal::v1::Fact& fact, Transaction& txn) {
  const std::string& state = fact.to_state();
  const bool waits = (Pairings::Owns(fact) && state == kPropose.to) ||
                     (Dispatches::Owns(fact) && state == kGap.to) ||
                     (Readings::Owns(fact) && state == kMissReading.to);
  if (waits) ExpectDigest(txn);
}

absl::Status OnDigest(std::string_view version, Transaction& txn) {
  DigestRecord record = PresentDigest(txn);
  if (version != absl::StrCat(record.version())) return absl::OkStatus();
  const std::map<std::string, Waiting> all = AllWaiting(txn);
  for (const auto& [region, waiting] : all) {
    Tell(txn, region, waiting, record.version());
  }
  for (const std::string& gap : Gaps(txn)) {
    RETURN_IF_ERROR(SeekAgain(txn, gap));
  }
  record.clear_due_time();
  SaveDigest(txn, record, "tell");
  if (!all.empty()) ExpectDigest(txn);
  return absl::OkStatus();
}

bool ApplyDigest(const journal::v1::Fact& fact, Overlay& state) {
  if (!fact.record().Is<DigestRecord>()) return false;
  state.Put(std::string(1, keys::kDigest), fact.record().value());
  return true;
}

}  // namespace jiedui::matcher
