#include "services/matcher/app/notice_rules.h"

#include <algorithm>
#include <utility>

#include "services/matcher/app/digest.h"
#include "services/matcher/app/record_kinds.h"
#include "services/matcher/app/reminders.h"
#include "services/matcher/domain/recipients.h"

namespace jiedui::matcher {
namespace {

using journal::v1::Fact;

constexpr NoticeRule kOfferRules[] = {
    {"send", Who::kPersons, NoticeKind::kOfferReceivedUrgent, When::kUrgent},
    {"send", Who::kPersons, NoticeKind::kOfferReceived},
    {"accept", Who::kCoordinators, NoticeKind::kOfferAccepted},
    {"decline", Who::kCoordinators, NoticeKind::kOfferDeclined},
    {"expire", Who::kPersons, NoticeKind::kOfferExpired},
    {"expire", Who::kCoordinators, NoticeKind::kOfferUnanswered},
    {"give-way", Who::kPersons, NoticeKind::kOfferSeatTaken},
    {"withdraw", Who::kPersons, NoticeKind::kOfferWithdrawn},
    {"recall", Who::kPersons, NoticeKind::kOfferWithdrawn},
};

constexpr NoticeRule kPairingRules[] = {
    {"propose", Who::kCoordinators, NoticeKind::kReviewUrgent, When::kUrgent},
    {"remind-review", Who::kCoordinators, NoticeKind::kReviewReminder},
    {"approve", Who::kRequester, NoticeKind::kPairingApproved},
    {"accept", Who::kRequester, NoticeKind::kPairingAccepted},
    {"decline", Who::kRequester, NoticeKind::kPairingStartsAgain},
    {"decline", Who::kCoordinators, NoticeKind::kPairingLost},
    {"lose-part", Who::kCoordinators, NoticeKind::kPartLost},
    {"cancel", Who::kRequester, NoticeKind::kPairingCancelled, When::kTold},
    {"complete", Who::kRequester, NoticeKind::kServiceCompleted},
    {"complete", Who::kPersons, NoticeKind::kServiceCompleted},
};

constexpr NoticeRule kDispatchRules[] = {
    {"hop", Who::kAsked, NoticeKind::kHandedUpUrgent, When::kUrgent},
    {"hop", Who::kAsked, NoticeKind::kHandedUp},
    {"review-overdue", Who::kAsked, NoticeKind::kReviewOverdue},
    {"gap", Who::kCoordinators, NoticeKind::kGapListed},
    {"gap", Who::kRequester, NoticeKind::kNobodyFound},
};

constexpr NoticeRule kVisitRules[] = {
    {"plan", Who::kPersons, NoticeKind::kVisitPlanned},
    {"plan", Who::kRequester, NoticeKind::kVisitPlanned},
    {"cancel", Who::kPersons, NoticeKind::kVisitCancelled},
    {"cancel", Who::kRequester, NoticeKind::kVisitCancelled},
    {"drop", Who::kPersons, NoticeKind::kVisitCancelled},
    {"drop", Who::kRequester, NoticeKind::kVisitCancelled},
};

constexpr NoticeRule kRecordRules[] = {
    {"enter-late", Who::kCoordinators, NoticeKind::kRecordToReview},
    {"check-out-late", Who::kCoordinators, NoticeKind::kLongStayToReview},
    {"approve", Who::kPersons, NoticeKind::kRecordApproved},
    {"reject", Who::kPersons, NoticeKind::kRecordRejected},
    {"correct", Who::kPersons, NoticeKind::kRecordCorrected},
    {"void", Who::kPersons, NoticeKind::kRecordVoided},
};

constexpr NoticeRule kCorrectionRules[] = {
    {"request", Who::kCoordinators, NoticeKind::kCorrectionAsked},
    {"refuse", Who::kPersons, NoticeKind::kCorrectionRefused},
};

constexpr NoticeRule kReadingRules[] = {
    {"ask-baseline", Who::kCoordinators, NoticeKind::kBaselineAsked},
    {"ask", Who::kCoordinators, NoticeKind::kReadingAsked},
};

constexpr NoticeRule kCertificateRules[] = {
    {"issue", Who::kPersons, NoticeKind::kCertificateIssued},
    {"revoke", Who::kPersons, NoticeKind::kCertificateRevoked},
};

template <typename Kind>
constexpr NoticeRules RulesOf(std::span<const NoticeRule> rules) {
  return {rules, runtime::Collection<Kind>::Owns,
          [](const Reader& state, const Fact& fact) {
            typename Kind::Record record;
            fact.record().UnpackTo(&record);
            return TopicOf(state, std::as_const(Kind::fact(record)), fact);
          },
          [] {
            NoticeArgs args = CommonArgs("", Fact());
            for (NoticeArg& arg : ArgsOf(typename Kind::Fact())) {
              args.push_back(std::move(arg));
            }
            return args;
          }};
}

constexpr NoticeRules kRules[] = {
    RulesOf<OfferKind>(kOfferRules),
    RulesOf<PairingKind>(kPairingRules),
    RulesOf<DispatchKind>(kDispatchRules),
    RulesOf<VisitKind>(kVisitRules),
    RulesOf<ServiceRecordKind>(kRecordRules),
    RulesOf<CorrectionKind>(kCorrectionRules),
    RulesOf<ReadingKind>(kReadingRules),
    RulesOf<ServiceCertificateKind>(kCertificateRules),
};

std::vector<std::string> RecipientsOf(Who who, const Topic& topic) {
  switch (who) {
    case Who::kPersons:
      return topic.persons;
    case Who::kAsked:
      return topic.asked;
    case Who::kCoordinators:
      return {CoordinatorsOf(topic.region, topic.tier)};
    case Who::kRequester:
      return {RequesterOf(topic.demand)};
  }
  return {};
}

bool Fits(const NoticeRule& rule, const Fact& fact, const Topic& topic) {
  if (rule.verb != fact.verb()) return false;
  switch (rule.when) {
    case When::kAlways:
      return true;
    case When::kUrgent:
      return topic.urgent;
    case When::kTold:
      return Books(fact.from_state());
  }
  return false;
}

void Follow(std::span<const NoticeRule> rules, const Fact& fact,
            const Topic& topic, Transaction& txn) {
  std::vector<Who> told;
  for (const NoticeRule& rule : rules) {
    const bool done =
        std::find(told.begin(), told.end(), rule.who) != told.end();
    if (done || !Fits(rule, fact, topic)) continue;
    told.push_back(rule.who);
    for (std::string& recipient : RecipientsOf(rule.who, topic)) {
      Notify(txn, {rule.notice, std::move(recipient), fact.subject(),
                   fact.version(), topic.region, topic.args});
    }
  }
}

// Whether nobody need do any longer what he was asked before this: it has been
// done, or is another tier's by now.
bool IsDealtWith(const Fact& fact) {
  return fact.from_state() != fact.to_state() || fact.verb() == kHop.name ||
         fact.verb() == kReviewHop.name || fact.verb() == kRemindReview.name ||
         fact.verb() == kEscalateReview.name;
}

}  // namespace

std::span<const NoticeRules> AllNoticeRules() { return kRules; }

void TellOf(const Fact& fact, Transaction& txn) {
  for (const NoticeRules& kind : kRules) {
    if (!kind.owns(fact)) continue;
    if (IsDealtWith(fact)) Settle(txn, fact.subject());
    const bool interesting = std::any_of(
        kind.rules.begin(), kind.rules.end(),
        [&](const NoticeRule& rule) { return rule.verb == fact.verb(); });
    // Most facts are told to nobody, and their topics are not looked up.
    if (interesting) Follow(kind.rules, fact, kind.topic(txn, fact), txn);
  }
  KeepReminder(fact, txn);
  KeepDigest(fact, txn);
}

}  // namespace jiedui::matcher
