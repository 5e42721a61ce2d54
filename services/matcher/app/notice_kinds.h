// The kinds of resources that notices and their delivery are made of.
#pragma once

#include <string_view>

#include "common/runtime/collection.h"
#include "jiedui/matcher/store/v1/notice_store.pb.h"
#include "services/matcher/app/keys.h"

namespace jiedui::matcher {

struct NoticeRecordKind {
  using Record = store::v1::NoticeRecord;
  using Fact = event::v1::Notice;
  static constexpr std::string_view kCollection = "notices";
  static constexpr char kLetter = 'N';
  static constexpr char kRowKey = keys::kNotice;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.notice(); }
  static Fact& fact(Record& record) { return *record.mutable_notice(); }
};

struct WebhookKind {
  using Record = store::v1::WebhookRecord;
  using Fact = store::v1::Webhook;
  static constexpr std::string_view kCollection = "webhooks";
  static constexpr char kLetter = 'W';
  static constexpr char kRowKey = keys::kWebhook;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.webhook(); }
  static Fact& fact(Record& record) { return *record.mutable_webhook(); }
};

struct DeliveryKind {
  using Record = store::v1::DeliveryRecord;
  using Fact = store::v1::Delivery;
  static constexpr std::string_view kCollection = "deliveries";
  static constexpr char kLetter = 'L';
  static constexpr char kRowKey = keys::kDelivery;
  static constexpr char kExternalKey = 0;
  static const Fact& fact(const Record& record) { return record.delivery(); }
  static Fact& fact(Record& record) { return *record.mutable_delivery(); }
};

using Notices = runtime::Collection<NoticeRecordKind>;
using Webhooks = runtime::Collection<WebhookKind>;
using Deliveries = runtime::Collection<DeliveryKind>;

}  // namespace jiedui::matcher
