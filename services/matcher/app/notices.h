// The outbox and the inboxes: a notice is written in the commit of the fact it
// tells of, stands in its recipient's inbox from then on, and is on its way to
// every sink that wants it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/matcher/app/notice_kinds.h"
#include "services/matcher/app/steps.h"
#include "services/matcher/domain/notice_texts.h"

namespace jiedui::matcher {

struct NewNotice {
  NoticeKind kind;
  std::string recipient;
  std::string subject;
  uint64_t version = 0;  // of the subject: the same one is told of once
  std::string region;
  NoticeArgs args;
};

// Writes the notice and its deliveries; nothing when there is one already of
// this kind, subject, version and recipient. Not urgent, it is pushed after the
// quiet hours.
void Notify(Transaction& txn, const NewNotice& notice);

// What was asked about the subject is done or not needed any longer: its
// notices that ask are SETTLED, and not sent where they have not been.
void Settle(Transaction& txn, std::string_view subject);

struct Marked {
  int64_t marked = 0;
  int64_t unread = 0;
};

// UNREAD → READ: one, or when `notice` is empty all up to a place, at most
// 1,000. Errors: a violation of recipient; kNotFound for a notice of another
// inbox.
absl::StatusOr<Marked> MarkRead(Transaction& txn, const std::string& recipient,
                                const std::string& notice,
                                int64_t up_to_sequence);

// Errors: a violation of recipient for what is none.
absl::Status CheckRecipient(std::string_view recipient);

store::v1::Inbox InboxOf(const Reader& state, std::string_view recipient);

// At most `limit` notices of an inbox after a place, in their order.
std::vector<store::v1::NoticeRecord> NoticesAfter(const Reader& state,
                                                  std::string_view recipient,
                                                  int64_t after_sequence,
                                                  bool unread_only, int limit);

// Brings the derived rows from `before` (nothing for a new one) to `after`.
void IndexNotice(const std::optional<store::v1::NoticeRecord>& before,
                 const store::v1::NoticeRecord& after,
                 jiedui::store::Overlay& state);

}  // namespace jiedui::matcher
