// Who is told of what: a table from facts to notices. Called for every fact
// the matcher records (Machine::Follow), so that nobody can forget to tell.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "services/matcher/app/notice_topics.h"
#include "services/matcher/app/notices.h"

namespace jiedui::matcher {

enum class Who { kPersons, kAsked, kCoordinators, kRequester };

// Which facts of a verb a rule is for.
enum class When {
  kAlways,
  kUrgent,  // the demand is critical or high
  kTold,    // the pairing was approved already: people know of it
};

// The first rule that fits is followed, for each of those told.
struct NoticeRule {
  std::string_view verb;
  Who who;
  NoticeKind notice;
  When when = When::kAlways;
};

// The rules of one kind of record.
struct NoticeRules {
  std::span<const NoticeRule> rules;
  bool (*owns)(const journal::v1::Fact& fact);
  Topic (*topic)(const Reader& state, const journal::v1::Fact& fact);
  // What fills the templates, of an empty record.
  NoticeArgs (*args)();
};
std::span<const NoticeRules> AllNoticeRules();

// Writes what follows from a fact: notices, those it settles, reminders, the
// next digest.
void TellOf(const journal::v1::Fact& fact, Transaction& txn);

}  // namespace jiedui::matcher
