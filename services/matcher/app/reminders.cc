#include "services/matcher/app/reminders.h"

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/notice_topics.h"
#include "services/matcher/app/notices.h"

namespace jiedui::matcher {
namespace {

using event::v1::Offer;

constexpr char kPending[] = "PENDING";

absl::Time HalfTime(const Offer& offer) {
  using google::protobuf::util::TimeUtil;
  const int64_t sent = TimeUtil::TimestampToMicroseconds(offer.create_time());
  const int64_t end = TimeUtil::TimestampToMicroseconds(offer.expire_time());
  return absl::FromUnixMicros(sent + (end - sent) / 2);
}

}  // namespace

void KeepReminder(const journal::v1::Fact& fact, Transaction& txn) {
  if (!Offers::Owns(fact)) return;
  const std::string timer =
      absl::StrCat(kReminderTimer.data(), "/", fact.subject());
  if (fact.to_state() != kPending) return txn.ClearTimer(timer);
  store::v1::OfferRecord record;
  fact.record().UnpackTo(&record);
  txn.SetTimer(timer, HalfTime(record.offer()));
}

absl::Status OnReminder(std::string_view name, Transaction& txn) {
  const auto record = Offers::Find(txn, name);
  if (!record || record->offer().state() != kPending) return absl::OkStatus();
  const Topic topic = TopicOf(txn, record->offer(), journal::v1::Fact());
  for (const std::string& addressee : topic.persons) {
    // Always of version 1: there is one reminder an offer.
    Notify(txn, {NoticeKind::kOfferReminder, addressee, std::string(name), 1,
                 topic.region, topic.args});
  }
  return absl::OkStatus();
}

}  // namespace jiedui::matcher
