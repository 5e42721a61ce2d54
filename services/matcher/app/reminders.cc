#include "services/matcher/app/reminders.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/notice_topics.h"
#include "services/matcher/app/notices.h"
#include "services/matcher/domain/record_life.h"

namespace jiedui::matcher {
namespace {

using event::v1::Offer;

constexpr std::string_view kOffers = "offers/";

absl::Time HalfTime(const Offer& offer) {
  using google::protobuf::util::TimeUtil;
  const int64_t sent = TimeUtil::TimestampToMicroseconds(offer.create_time());
  const int64_t end = TimeUtil::TimestampToMicroseconds(offer.expire_time());
  return absl::FromUnixMicros(sent + (end - sent) / 2);
}

// When to remind of what the fact is about; nothing: there is nothing to remind
// of.
std::optional<absl::Time> ReminderAfter(const journal::v1::Fact& fact,
                                        absl::Time now) {
  if (Offers::Owns(fact)) {
    if (fact.to_state() != kSendOffer.to) return std::nullopt;
    store::v1::OfferRecord record;
    fact.record().UnpackTo(&record);
    return HalfTime(record.offer());
  }
  if (fact.to_state() != kOpenRecord.to) return std::nullopt;
  return now + kRemindToCheckOut;
}

// Always of version 1: there is one reminder of each.
void Remind(Transaction& txn, NoticeKind kind, std::string_view name,
            const Topic& topic) {
  for (const std::string& person : topic.persons) {
    Notify(txn, {kind, person, std::string(name), 1, topic.region, topic.args});
  }
}

}  // namespace

void KeepReminder(const journal::v1::Fact& fact, Transaction& txn) {
  if (!Offers::Owns(fact) && !ServiceRecords::Owns(fact)) return;
  const std::string timer =
      absl::StrCat(kReminderTimer.data(), "/", fact.subject());
  if (const auto due = ReminderAfter(fact, txn.now())) {
    txn.SetTimer(timer, *due);
  } else {
    txn.ClearTimer(timer);
  }
}

absl::Status OnReminder(std::string_view name, Transaction& txn) {
  if (name.starts_with(kOffers)) {
    const auto record = Offers::Find(txn, name);
    if (record && record->offer().state() == kSendOffer.to) {
      Remind(txn, NoticeKind::kOfferReminder, name,
             TopicOf(txn, record->offer(), journal::v1::Fact()));
    }
    return absl::OkStatus();
  }
  const auto record = ServiceRecords::Find(txn, name);
  if (record && record->service_record().state() == kOpenRecord.to) {
    Remind(txn, NoticeKind::kCheckOutReminder, name,
           TopicOf(txn, record->service_record(), journal::v1::Fact()));
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher
