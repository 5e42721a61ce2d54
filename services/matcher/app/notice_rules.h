// Who is told of what: a table from facts to notices. Called for every fact
// the matcher records (Machine::Follow), so that nobody can forget to tell.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/matcher/app/notices.h"

namespace jiedui::matcher {

enum class Who { kAddressee, kCoordinators, kRequester, kServing };

// Which facts of a verb a rule is for.
enum class When {
  kAlways,
  kUrgent,     // the demand is critical or high
  kNotUrgent,  // it is not
  kTold,       // the pairing was approved already: people know of it
};

// The first rule that fits is followed, for each of those told.
struct NoticeRule {
  std::string_view verb;
  std::string_view reason_code;  // empty: any
  Who who;
  When when;
  NoticeKind notice;
};

// Of one kind of record: its rules, and what fills their templates.
struct NoticeRules {
  std::span<const NoticeRule> rules;
  std::vector<std::string> args;
};
NoticeRules OfferNotices();
NoticeRules PairingNotices();

// Writes what follows from a fact: notices, those it settles, reminders, the
// next digest.
void TellOf(const journal::v1::Fact& fact, Transaction& txn);

inline constexpr std::string_view kReminderTimer = "reminder";

// The timer reminder/<offer>: half of its time has gone. One that has been
// answered is not reminded of.
absl::Status OnReminder(std::string_view offer, Transaction& txn);

}  // namespace jiedui::matcher
