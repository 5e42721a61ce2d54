#include "services/matcher/app/webhooks.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/calendar/calendar.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/domain/notice_texts.h"
#include "services/matcher/domain/webhook_url.h"

namespace jiedui::matcher {
namespace {

using base::Reason;
using google::protobuf::util::TimeUtil;
using jiedui::store::Overlay;
using store::v1::Delivery;
using store::v1::DeliveryRecord;
using store::v1::NoticeRecord;
using store::v1::Webhook;
using store::v1::WebhookRecord;

constexpr absl::Duration kBackOff[] = {absl::Minutes(1), absl::Minutes(5),
                                       absl::Minutes(30), absl::Hours(2),
                                       absl::Hours(8)};
constexpr int kMostWebhooks = 32;
constexpr size_t kShortestSecret = 16;
constexpr size_t kLongestSecret = 256;
constexpr size_t kLongestDetail = 200;
constexpr size_t kRegionDigits = 12;
constexpr char kActive[] = "ACTIVE";
constexpr char kPending[] = "PENDING";

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

std::string TimerOf(const Delivery& delivery) {
  return absl::StrCat("webhook/", delivery.name(), "/", delivery.attempts());
}

std::string QueueKey(const Delivery& delivery) {
  const int64_t due = TimeUtil::TimestampToMicroseconds(delivery.due_time());
  return keys::Two(keys::kQueue, delivery.webhook(),
                   keys::Number(static_cast<uint64_t>(due)))
      .append(delivery.name());
}

void MoveDelivery(Transaction& txn, DeliveryRecord& record, const char* verb,
                  const char* state) {
  Delivery& delivery = *record.mutable_delivery();
  runtime::Change change{verb, delivery.state(), state, "", delivery.detail()};
  delivery.set_state(state);
  Deliveries::Save(txn, record, std::move(change));
}

// Makes the delivery due. The timer does nothing; that it is committed wakes
// the sender.
void SetDue(Transaction& txn, Delivery& delivery, absl::Time due) {
  *delivery.mutable_due_time() = runtime::ToTimestamp(due);
  if (due > txn.now()) txn.SetTimer(TimerOf(delivery), due);
}

void Drop(Transaction& txn, const std::string& name) {
  std::optional<DeliveryRecord> record = Deliveries::Find(txn, name);
  if (!record || record->delivery().state() != kPending) return;
  txn.ClearTimer(TimerOf(record->delivery()));
  MoveDelivery(txn, *record, "drop", "DROPPED");
}

// Visits ACTIVE ones by name, until `visit` returns false.
void VisitActive(const Reader& state,
                 absl::FunctionRef<bool(const WebhookRecord&)> visit) {
  Webhooks::Visit(state, "", [&](const WebhookRecord& record) {
    return record.webhook().state() != kActive || visit(record);
  });
}

bool Wants(const Webhook& webhook, const event::v1::Notice& notice) {
  const auto& kinds = webhook.kinds();
  return (kinds.empty() || std::find(kinds.begin(), kinds.end(),
                                     notice.kind()) != kinds.end()) &&
         notice.region().starts_with(webhook.region_prefix());
}

void CheckSecret(std::string_view secret, base::Violations& violations) {
  if (secret.size() < kShortestSecret) {
    violations.Add("webhook.secret", Reason::kFieldMalformed,
                   {{"value", std::string(secret.size(), '*')},
                    {"expected", absl::StrCat(kShortestSecret, "–",
                                              kLongestSecret, " characters")}});
  } else if (secret.size() > kLongestSecret) {
    violations.Add("webhook.secret", Reason::kFieldTooLong,
                   {{"length", absl::StrCat(secret.size())},
                    {"limit", absl::StrCat(kLongestSecret)}});
  }
}

void CheckFilters(const Webhook& webhook, base::Violations& violations) {
  for (const std::string& kind : webhook.kinds()) {
    if (FindNoticeTemplate(kind) != nullptr) continue;
    std::string allowed;
    for (const NoticeTemplate& known : NoticeTemplates()) {
      absl::StrAppend(&allowed, allowed.empty() ? "" : ", ", known.name.data());
    }
    violations.Add("webhook.kinds", Reason::kUnknownValue,
                   {{"value", kind}, {"allowed", allowed}});
  }
  const std::string& region = webhook.region_prefix();
  if (region.size() > kRegionDigits ||
      !std::all_of(region.begin(), region.end(), absl::ascii_isdigit)) {
    violations.Add("webhook.region_prefix", Reason::kFieldMalformed,
                   {{"value", region}, {"expected", "4409"}});
  }
}

absl::Status CheckWebhook(const Webhook& webhook, std::string_view secret) {
  RETURN_IF_ERROR(ParseWebhookUrl(webhook.url()).status());
  base::Violations violations;
  CheckSecret(secret, violations);
  CheckFilters(webhook, violations);
  return violations.ToStatus();
}

}  // namespace

absl::StatusOr<WebhookRecord> CreateWebhook(Transaction& txn,
                                            const Webhook& webhook,
                                            std::string secret) {
  RETURN_IF_ERROR(CheckWebhook(webhook, secret));
  int active = 0;
  VisitActive(txn, [&](const WebhookRecord&) {
    ++active;
    return true;
  });
  if (active >= kMostWebhooks) {
    return base::MakeError(Reason::kTooManyItems,
                           {{"field", "webhooks"},
                            {"count", absl::StrCat(active + 1)},
                            {"limit", absl::StrCat(kMostWebhooks)}});
  }
  WebhookRecord record;
  *record.mutable_webhook() = webhook;
  record.set_secret(std::move(secret));
  Webhooks::Number(txn, record);
  record.mutable_webhook()->set_state(kActive);
  Webhooks::Save(txn, record, {"create", "", kActive, "", ""});
  return record;
}

absl::StatusOr<WebhookRecord> DeleteWebhook(Transaction& txn,
                                            const std::string& name) {
  ASSIGN_OR_RETURN(WebhookRecord record, Webhooks::Require(txn, name));
  if (record.webhook().state() != kActive) {
    return base::MakeError(Reason::kNotFound, {{"resource", name}});
  }
  const std::string prefix = keys::Two(keys::kQueue, name, "");
  std::vector<std::string> waiting;
  jiedui::store::ScanPrefix(
      txn, prefix, [&](std::string_view key, std::string_view) {
        waiting.emplace_back(key.substr(prefix.size() + sizeof(uint64_t)));
        return true;
      });
  for (const std::string& delivery : waiting) Drop(txn, delivery);
  record.clear_secret();
  record.mutable_webhook()->set_state("REMOVED");
  Webhooks::Save(txn, record, {"remove", kActive, "REMOVED", "", ""});
  return record;
}

absl::StatusOr<DeliveryRecord> RetryDelivery(Transaction& txn,
                                             const std::string& name) {
  ASSIGN_OR_RETURN(DeliveryRecord record, Deliveries::Require(txn, name));
  Delivery& delivery = *record.mutable_delivery();
  if (delivery.state() != "DEAD") {
    return base::MakeError(Reason::kWrongState, {{"resource", name},
                                                 {"state", delivery.state()},
                                                 {"action_zh", "重试"},
                                                 {"action", "be retried"},
                                                 {"allowed", "DEAD"}});
  }
  ASSIGN_OR_RETURN(const WebhookRecord webhook,
                   Webhooks::Require(txn, delivery.webhook()));
  if (webhook.webhook().state() != kActive) {
    return base::MakeError(Reason::kNotFound,
                           {{"resource", delivery.webhook()}});
  }
  record.set_attempts_before(delivery.attempts());
  SetDue(txn, delivery, txn.now());
  MoveDelivery(txn, record, "retry", kPending);
  return record;
}

void PlanDeliveries(Transaction& txn, const event::v1::Notice& notice) {
  std::vector<std::string> sinks;
  VisitActive(txn, [&](const WebhookRecord& record) {
    if (Wants(record.webhook(), notice)) {
      sinks.push_back(record.webhook().name());
    }
    return true;
  });
  for (const std::string& sink : sinks) {
    DeliveryRecord record;
    Deliveries::Number(txn, record);
    Delivery& delivery = *record.mutable_delivery();
    delivery.set_notice(notice.name());
    delivery.set_webhook(sink);
    delivery.set_key(notice.key());
    SetDue(txn, delivery, TimeOf(notice.deliver_time()));
    MoveDelivery(txn, record, "plan", kPending);
  }
}

void DropDeliveries(Transaction& txn, std::string_view notice) {
  const std::string prefix = keys::Two(keys::kOnItsWay, notice, "");
  std::vector<std::string> names;
  jiedui::store::ScanPrefix(txn, prefix,
                            [&](std::string_view key, std::string_view) {
                              names.emplace_back(key.substr(prefix.size()));
                              return true;
                            });
  for (const std::string& name : names) Drop(txn, name);
}

std::vector<DueDelivery> NextDeliveries(const Reader& state, absl::Time now,
                                        int each) {
  std::vector<DueDelivery> due;
  const std::string first_later =
      keys::Number(static_cast<uint64_t>(absl::ToUnixMicros(now)) + 1);
  VisitActive(state, [&](const WebhookRecord& webhook) {
    const std::string queue =
        keys::Two(keys::kQueue, webhook.webhook().name(), "");
    int taken = 0;
    state.Scan(
        queue, queue + first_later,
        [&](std::string_view key, std::string_view) {
          auto delivery = Deliveries::Find(
              state, key.substr(queue.size() + sizeof(uint64_t)));
          if (!delivery) return true;
          auto notice = Notices::Find(state, delivery->delivery().notice());
          if (!notice) return true;
          due.push_back({*std::move(delivery), webhook, *std::move(notice)});
          return ++taken < each;
        });
    return true;
  });
  return due;
}

absl::Status RecordAttempt(Transaction& txn, const std::string& name,
                           int32_t attempt, const AttemptResult& result) {
  ASSIGN_OR_RETURN(DeliveryRecord record, Deliveries::Require(txn, name));
  Delivery& delivery = *record.mutable_delivery();
  if (delivery.state() != kPending || attempt != delivery.attempts() + 1) {
    return absl::OkStatus();
  }
  delivery.set_attempts(attempt);
  delivery.set_http_status(result.http_status);
  delivery.set_detail(result.detail.substr(0, kLongestDetail));
  if (result.http_status >= 200 && result.http_status < 300) {
    MoveDelivery(txn, record, "deliver", "DELIVERED");
    return absl::OkStatus();
  }
  const size_t failures = attempt - record.attempts_before();
  if (failures > std::size(kBackOff)) {
    MoveDelivery(txn, record, "give-up", "DEAD");
    return absl::OkStatus();
  }
  absl::Time due = txn.now() + kBackOff[failures - 1];
  const auto notice = Notices::Find(txn, delivery.notice());
  if (notice && !notice->notice().urgent())
    due = calendar::AfterQuietHours(due);
  SetDue(txn, delivery, due);
  MoveDelivery(txn, record, "fail", kPending);
  return absl::OkStatus();
}

void IndexDelivery(const std::optional<DeliveryRecord>& before,
                   const DeliveryRecord& after, Overlay& state) {
  const Delivery& delivery = after.delivery();
  const std::string on_its_way =
      keys::Two(keys::kOnItsWay, delivery.notice(), delivery.name());
  if (before && before->delivery().state() == kPending) {
    state.Delete(QueueKey(before->delivery()));
  }
  if (delivery.state() == kPending) {
    state.Put(QueueKey(delivery), "");
    state.Put(on_its_way, "");
  } else {
    state.Delete(on_its_way);
  }
}

}  // namespace jiedui::matcher
