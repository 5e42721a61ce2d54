// Sinks outside, and what is on its way to them. Nothing here sends: a sender
// asks NextDeliveries what is due, and commits what came of each attempt with
// RecordAttempt. What it sent without committing the result it sends again,
// with the same key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/matcher/app/notice_kinds.h"
#include "services/matcher/app/steps.h"

namespace jiedui::matcher {

// Errors: violations of webhook.url, .secret, .kinds and .region_prefix;
// kTooManyItems beyond 32 sinks.
absl::StatusOr<store::v1::WebhookRecord> CreateWebhook(
    Transaction& txn, const store::v1::Webhook& webhook, std::string secret);

// ACTIVE → REMOVED; forgets the secret, drops what is on its way there.
absl::StatusOr<store::v1::WebhookRecord> DeleteWebhook(Transaction& txn,
                                                       const std::string& name);

// DEAD → PENDING, due now, with all attempts before it again. Errors:
// kNotFound when the sink has been removed.
absl::StatusOr<store::v1::DeliveryRecord> RetryDelivery(
    Transaction& txn, const std::string& name);

// A delivery to every sink that wants the notice.
void PlanDeliveries(Transaction& txn, const event::v1::Notice& notice);

// PENDING → DROPPED for all of the notice: it has been read or settled.
void DropDeliveries(Transaction& txn, std::string_view notice);

struct DueDelivery {
  store::v1::DeliveryRecord delivery;
  store::v1::WebhookRecord webhook;
  store::v1::NoticeRecord notice;
};

// What is due by `now`, at most `each` a sink: a sink that does not answer
// holds up no other.
std::vector<DueDelivery> NextDeliveries(const Reader& state, absl::Time now,
                                        int each);

struct AttemptResult {
  int http_status = 0;  // 0: there was no answer
  std::string detail;   // why not
};

// What came of attempt `attempt` (1 is the first): DELIVERED, another attempt
// later, or DEAD. Another attempt than the one that is due changes nothing.
absl::Status RecordAttempt(Transaction& txn, const std::string& delivery,
                           int32_t attempt, const AttemptResult& result);

// Brings the derived rows from `before` (nothing for a new one) to `after`.
void IndexDelivery(const std::optional<store::v1::DeliveryRecord>& before,
                   const store::v1::DeliveryRecord& after,
                   jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
