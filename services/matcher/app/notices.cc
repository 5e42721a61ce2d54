#include "services/matcher/app/notices.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "common/calendar/calendar.h"
#include "services/matcher/app/webhooks.h"
#include "services/matcher/domain/recipients.h"

namespace jiedui::matcher {
namespace {

using jiedui::store::Overlay;
using store::v1::Inbox;
using store::v1::NoticeRecord;

constexpr int kMostMarkedAtOnce = 1000;
constexpr char kUnreadState[] = "UNREAD";
constexpr char kReadState[] = "READ";
constexpr char kSettledState[] = "SETTLED";

std::string KeyOf(const NoticeTemplate& from, const NewNotice& notice) {
  return absl::StrJoin({std::string(from.name), notice.subject,
                        absl::StrCat(notice.version), notice.recipient},
                       "/");
}

std::string PlaceKey(char prefix, std::string_view recipient,
                     int64_t sequence) {
  return keys::Two(prefix, recipient,
                   keys::Number(static_cast<uint64_t>(sequence)));
}

void Close(Transaction& txn, NoticeRecord& record, const char* state,
           const char* verb) {
  event::v1::Notice& notice = *record.mutable_notice();
  runtime::Change change{verb, notice.state(), state, "", ""};
  notice.set_state(state);
  *notice.mutable_close_time() = runtime::ToTimestamp(txn.now());
  Notices::Save(txn, record, std::move(change));
  DropDeliveries(txn, notice.name());
}

// Visits the names of notices in rows that begin with `prefix`.
template <typename Visit>
void VisitPlaces(const Reader& state, char prefix, std::string_view recipient,
                 int64_t after_sequence, Visit visit) {
  state.Scan(
      PlaceKey(prefix, recipient, after_sequence + 1),
      jiedui::store::PrefixEnd(keys::Two(prefix, recipient, "")),
      [&](std::string_view, std::string_view name) { return visit(name); });
}

}  // namespace

void Notify(Transaction& txn, const NewNotice& from) {
  const NoticeTemplate& words = TemplateOf(from.kind);
  const std::string key = KeyOf(words, from);
  if (txn.Get(keys::One(keys::kNoticeOfKey, key))) return;
  NoticeRecord record;
  Notices::Number(txn, record);
  event::v1::Notice& notice = *record.mutable_notice();
  notice.set_recipient(from.recipient);
  notice.set_sequence(InboxOf(txn, from.recipient).last_sequence() + 1);
  notice.set_kind(std::string(words.name));
  notice.set_subject(from.subject);
  notice.set_key(key);
  notice.set_region(from.region);
  notice.set_urgent(words.urgent);
  notice.set_asks(words.asks);
  notice.set_state(kUnreadState);
  *notice.mutable_zh() = RenderChinese(words, from.args);
  *notice.mutable_en() = RenderEnglish(words, from.args);
  for (const NoticeArg& arg : from.args) {
    if (arg.zh.empty()) continue;
    event::v1::NoticeArgument& argument = *notice.add_arguments();
    argument.set_name(arg.name);
    argument.set_zh(arg.zh);
    if (arg.en != arg.zh) argument.set_en(arg.en);
  }
  *notice.mutable_deliver_time() = runtime::ToTimestamp(
      words.urgent ? txn.now() : calendar::AfterQuietHours(txn.now()));
  Notices::Save(txn, record, {"notify", "", kUnreadState, "", ""});
  PlanDeliveries(txn, notice);
}

void Settle(Transaction& txn, std::string_view subject) {
  const std::string prefix = keys::Two(keys::kAsking, subject, "");
  std::vector<std::string> names;
  jiedui::store::ScanPrefix(txn, prefix,
                            [&](std::string_view key, std::string_view) {
                              names.emplace_back(key.substr(prefix.size()));
                              return true;
                            });
  for (const std::string& name : names) {
    std::optional<NoticeRecord> record = Notices::Find(txn, name);
    if (record) Close(txn, *record, kSettledState, "settle");
  }
}

absl::StatusOr<Marked> MarkRead(Transaction& txn, const std::string& recipient,
                                const std::string& notice,
                                int64_t up_to_sequence) {
  RETURN_IF_ERROR(CheckRecipient(recipient));
  std::vector<NoticeRecord> records;
  if (notice.empty()) {
    records = NoticesAfter(txn, recipient, 0, /*unread_only=*/true,
                           kMostMarkedAtOnce);
  } else {
    ASSIGN_OR_RETURN(NoticeRecord record, Notices::Require(txn, notice));
    if (record.notice().recipient() != recipient) {
      return base::MakeError(base::Reason::kNotFound, {{"resource", notice}});
    }
    up_to_sequence = record.notice().sequence();
    records.push_back(std::move(record));
  }
  Marked result;
  for (NoticeRecord& record : records) {
    if (record.notice().sequence() > up_to_sequence) break;
    if (record.notice().state() != kUnreadState) continue;
    Close(txn, record, kReadState, "read");
    ++result.marked;
  }
  result.unread = InboxOf(txn, recipient).unread();
  return result;
}

absl::Status CheckRecipient(std::string_view recipient) {
  base::Violations violations;
  if (recipient.empty()) {
    violations.Add("recipient", base::Reason::kFieldRequired);
  } else if (!IsRecipient(recipient)) {
    violations.Add("recipient", base::Reason::kFieldMalformed,
                   {{"value", std::string(recipient)},
                    {"expected",
                     "volunteers/V00000001, coordinators/440981000000, "
                     "societies/440900000000, requesters/D00000001"}});
  }
  return violations.ToStatus();
}

Inbox InboxOf(const Reader& state, std::string_view recipient) {
  Inbox inbox;
  if (const auto bytes = state.Get(keys::One(keys::kInbox, recipient))) {
    inbox.ParseFromString(*bytes);
  }
  return inbox;
}

std::vector<NoticeRecord> NoticesAfter(const Reader& state,
                                       std::string_view recipient,
                                       int64_t after_sequence, bool unread_only,
                                       int limit) {
  std::vector<NoticeRecord> records;
  VisitPlaces(state, unread_only ? keys::kUnread : keys::kPlace, recipient,
              after_sequence, [&](std::string_view name) {
                if (static_cast<int>(records.size()) >= limit) return false;
                std::optional<NoticeRecord> record = Notices::Find(state, name);
                if (record) records.push_back(*std::move(record));
                return true;
              });
  return records;
}

void IndexNotice(const std::optional<NoticeRecord>& before,
                 const NoticeRecord& after, Overlay& state) {
  const event::v1::Notice& notice = after.notice();
  const std::string& recipient = notice.recipient();
  const bool unread = notice.state() == kUnreadState;
  const bool was_unread = before && before->notice().state() == kUnreadState;
  Inbox inbox = InboxOf(state, recipient);
  inbox.set_unread(inbox.unread() + unread - was_unread);
  if (!before) {
    inbox.set_last_sequence(notice.sequence());
    state.Put(keys::One(keys::kNoticeOfKey, notice.key()), notice.name());
    state.Put(PlaceKey(keys::kPlace, recipient, notice.sequence()),
              notice.name());
  }
  state.Put(keys::One(keys::kInbox, recipient), inbox.SerializeAsString());
  const std::string unread_key =
      PlaceKey(keys::kUnread, recipient, notice.sequence());
  if (unread) {
    state.Put(unread_key, notice.name());
  } else {
    state.Delete(unread_key);
  }
  const std::string asking =
      keys::Two(keys::kAsking, notice.subject(), notice.name());
  if (notice.asks() && notice.state() != kSettledState) {
    state.Put(asking, "");
  } else if (notice.asks()) {
    state.Delete(asking);
  }
}

}  // namespace jiedui::matcher
