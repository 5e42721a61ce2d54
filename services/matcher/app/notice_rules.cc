#include "services/matcher/app/notice_rules.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/digest.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/recipients.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using event::v1::Offer;
using journal::v1::Fact;

constexpr NoticeRule kOfferRules[] = {
    {"send", "", Who::kAddressee, When::kUrgent,
     NoticeKind::kOfferReceivedUrgent},
    {"send", "", Who::kAddressee, When::kAlways, NoticeKind::kOfferReceived},
    {"accept", "", Who::kCoordinators, When::kAlways,
     NoticeKind::kOfferAccepted},
    {"decline", "", Who::kCoordinators, When::kAlways,
     NoticeKind::kOfferDeclined},
    {"expire", "", Who::kAddressee, When::kAlways, NoticeKind::kOfferExpired},
    {"expire", "", Who::kCoordinators, When::kAlways,
     NoticeKind::kOfferUnanswered},
    {"give-way", "", Who::kAddressee, When::kAlways,
     NoticeKind::kOfferSeatTaken},
    {"withdraw", "", Who::kAddressee, When::kAlways,
     NoticeKind::kOfferWithdrawn},
    {"recall", "", Who::kAddressee, When::kAlways, NoticeKind::kOfferWithdrawn},
};

constexpr NoticeRule kPairingRules[] = {
    {"propose", "", Who::kCoordinators, When::kUrgent,
     NoticeKind::kReviewUrgent},
    {"approve", "", Who::kRequester, When::kAlways,
     NoticeKind::kPairingApproved},
    {"accept", "", Who::kRequester, When::kAlways,
     NoticeKind::kPairingAccepted},
    {"decline", "", Who::kRequester, When::kAlways,
     NoticeKind::kPairingStartsAgain},
    {"decline", "", Who::kCoordinators, When::kAlways,
     NoticeKind::kPairingLost},
    {"lose-part", "", Who::kCoordinators, When::kAlways, NoticeKind::kPartLost},
    {"cancel", "", Who::kRequester, When::kTold, NoticeKind::kPairingCancelled},
    {"complete", "", Who::kRequester, When::kAlways,
     NoticeKind::kServiceCompleted},
    {"complete", "", Who::kServing, When::kAlways,
     NoticeKind::kServiceCompleted},
};

// What a fact is about, as far as the rules ask.
struct Topic {
  std::string demand;
  std::string region;
  bool urgent = false;
  std::string addressee;             // of an offer
  std::vector<std::string> serving;  // of a pairing: persons
  NoticeArgs args;
};

bool IsUrgent(const std::optional<Demand>& demand) {
  return demand && (demand->urgency() == type::v1::URGENCY_CRITICAL ||
                    demand->urgency() == type::v1::URGENCY_HIGH);
}

std::string InWords(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M", time,
                          absl::FixedTimeZone(8 * 60 * 60));
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixMicros(
      google::protobuf::util::TimeUtil::TimestampToMicroseconds(time));
}

// Until when an answer is awaited; nothing: for ever.
template <typename AnyOffer>
std::optional<absl::Time> DeadlineOf(const AnyOffer& offer) {
  if constexpr (requires { offer.expire_time(); }) {
    if (offer.has_expire_time()) return TimeOf(offer.expire_time());
  }
  return std::nullopt;
}

NoticeArgs ArgsOf(const Offer& offer, std::string_view reason_code) {
  const std::optional<absl::Time> deadline = DeadlineOf(offer);
  return {
      PlainArg("headline", offer.headline()),
      PlainArg("person", offer.addressee_name()),
      PlainArg("deadline", deadline ? InWords(*deadline) : "—"),
      CodeArg("part", PartName(offer.part())),
      CodeArg("reason", reason_code),
  };
}

NoticeArgs ArgsOf(const Pairing& pairing, std::string_view reason_code) {
  const std::string place = PlaceInWords(pairing.region());
  return {
      PlainArg("headline", absl::StrCat(pairing.demand_title(),
                                        place.empty() ? "" : " · ", place)),
      PlainArg("subject", pairing.name()),
      CodeArg("reason", reason_code),
  };
}

Topic TopicOf(const Reader& state, const Offer& offer,
              std::string_view reason_code) {
  const auto demand = FindReplica<Demand>(state, offer.demand());
  Topic topic;
  topic.demand = offer.demand();
  topic.region = demand ? demand->region() : "";
  topic.urgent = IsUrgent(demand);
  topic.addressee = offer.addressee();
  topic.args = ArgsOf(offer, reason_code);
  return topic;
}

// Those who served, teams by their leaders; each once.
std::vector<std::string> PersonsServing(const Reader& state,
                                        const Pairing& pairing) {
  std::vector<std::string> persons;
  for (const std::string& resource : ServingResources(pairing)) {
    std::string person = resource;
    if (resource.starts_with(kTeams)) {
      const auto team =
          FindReplica<volunteer::event::v1::Team>(state, resource);
      person = team ? team->leader() : "";
    }
    const bool known =
        std::find(persons.begin(), persons.end(), person) != persons.end();
    if (!person.empty() && !known) persons.push_back(std::move(person));
  }
  return persons;
}

Topic TopicOf(const Reader& state, const Pairing& pairing,
              std::string_view reason_code) {
  Topic topic;
  topic.demand = pairing.demand();
  topic.region = pairing.region();
  topic.urgent = IsUrgent(FindReplica<Demand>(state, pairing.demand()));
  topic.serving = PersonsServing(state, pairing);
  topic.args = ArgsOf(pairing, reason_code);
  return topic;
}

std::vector<std::string> RecipientsOf(Who who, const Topic& topic) {
  switch (who) {
    case Who::kAddressee:
      return {topic.addressee};
    case Who::kCoordinators:
      return {CoordinatorsOf(topic.region, type::v1::TIER_COUNTY)};
    case Who::kRequester:
      return {RequesterOf(topic.demand)};
    case Who::kServing:
      return topic.serving;
  }
  return {};
}

bool Fits(const NoticeRule& rule, const Fact& fact, const Topic& topic) {
  if (!rule.reason_code.empty() && rule.reason_code != fact.reason_code()) {
    return false;
  }
  switch (rule.when) {
    case When::kAlways:
      return true;
    case When::kUrgent:
      return topic.urgent;
    case When::kNotUrgent:
      return !topic.urgent;
    case When::kTold:
      return Books(fact.from_state());
  }
  return false;
}

// Whether any rule is about the verb: most facts are of no interest, and their
// topics are not looked up.
bool Mentions(std::span<const NoticeRule> rules, std::string_view verb) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const NoticeRule& rule) { return rule.verb == verb; });
}

void Apply(std::span<const NoticeRule> rules, const Fact& fact,
           const Topic& topic, Transaction& txn) {
  std::vector<Who> told;
  for (const NoticeRule& rule : rules) {
    if (rule.verb != fact.verb() || !Fits(rule, fact, topic)) continue;
    if (std::find(told.begin(), told.end(), rule.who) != told.end()) continue;
    told.push_back(rule.who);
    for (std::string& recipient : RecipientsOf(rule.who, topic)) {
      Notify(txn, {rule.notice, std::move(recipient), fact.subject(),
                   fact.version(), topic.region, topic.args});
    }
  }
}

std::string ReminderOf(const Offer& offer) {
  return absl::StrCat(kReminderTimer.data(), "/", offer.name());
}

void KeepReminder(const Offer& offer, Transaction& txn) {
  if (offer.state() != "PENDING") return txn.ClearTimer(ReminderOf(offer));
  const std::optional<absl::Time> deadline = DeadlineOf(offer);
  if (!deadline) return;
  const absl::Time sent = TimeOf(offer.create_time());
  txn.SetTimer(ReminderOf(offer), sent + (*deadline - sent) / 2);
}

void TellOfOffer(const Fact& fact, Transaction& txn) {
  store::v1::OfferRecord record;
  fact.record().UnpackTo(&record);
  KeepReminder(record.offer(), txn);
  if (Mentions(kOfferRules, fact.verb())) {
    Apply(kOfferRules, fact, TopicOf(txn, record.offer(), fact.reason_code()),
          txn);
  }
}

void TellOfPairing(const Fact& fact, Transaction& txn) {
  if (fact.to_state() == "PROPOSED") ExpectDigest(txn);
  if (!Mentions(kPairingRules, fact.verb())) return;
  store::v1::PairingRecord record;
  fact.record().UnpackTo(&record);
  Apply(kPairingRules, fact, TopicOf(txn, record.pairing(), fact.reason_code()),
        txn);
}

std::vector<std::string> NamesOf(const NoticeArgs& args) {
  std::vector<std::string> names;
  for (const NoticeArg& arg : args) names.push_back(arg.name);
  return names;
}

}  // namespace

NoticeRules OfferNotices() {
  return {kOfferRules, NamesOf(ArgsOf(Offer(), ""))};
}

NoticeRules PairingNotices() {
  return {kPairingRules, NamesOf(ArgsOf(Pairing(), ""))};
}

void TellOf(const Fact& fact, Transaction& txn) {
  const bool offer = Offers::Owns(fact);
  if (!offer && !Pairings::Owns(fact)) return;
  if (fact.from_state() != fact.to_state()) Settle(txn, fact.subject());
  offer ? TellOfOffer(fact, txn) : TellOfPairing(fact, txn);
}

absl::Status OnReminder(std::string_view name, Transaction& txn) {
  const auto record = Offers::Find(txn, name);
  if (!record || record->offer().state() != "PENDING") return absl::OkStatus();
  const Topic topic = TopicOf(txn, record->offer(), "");
  Notify(txn,
         {NoticeKind::kOfferReminder, topic.addressee, record->offer().name(),
          record->version(), topic.region, topic.args});
  return absl::OkStatus();
}

}  // namespace jiedui::matcher
