#include "services/matcher/app/notice_topics.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/asking.h"
#include "services/matcher/app/dispatch.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/deadlines.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/recipients.h"
#include "services/matcher/domain/seats.h"
#include "services/matcher/domain/view.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using event::v1::Correction;
using event::v1::Dispatch;
using event::v1::Offer;
using event::v1::Reading;
using event::v1::ServiceCertificate;
using event::v1::ServiceRecord;
using event::v1::Visit;
using google::protobuf::util::TimeUtil;
using jiedui::store::Reader;
using journal::v1::Fact;

// China's time, as people write it.
std::string InWords(const google::protobuf::Timestamp& time) {
  constexpr int kChinaSeconds = 8 * 60 * 60;
  return absl::FormatTime(
      "%Y-%m-%d %H:%M",
      absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time)),
      absl::FixedTimeZone(kChinaSeconds));
}

// "COUNTY".
std::string TierCode(type::v1::Tier tier) {
  constexpr std::string_view kPrefix = "TIER_";
  return type::v1::Tier_Name(tier).substr(kPrefix.size());
}

Topic AboutDemand(const Reader& state, const std::string& name, NoticeArgs args,
                  const Fact& fact) {
  const auto demand = FindReplica<Demand>(state, name);
  Topic topic;
  topic.demand = name;
  topic.region = demand ? demand->region() : "";
  topic.urgent = demand && IsUrgent(demand->urgency());
  topic.args = CommonArgs(demand ? Headline(*demand) : name, fact);
  for (NoticeArg& arg : args) topic.args.push_back(std::move(arg));
  return topic;
}

// Of the coordinators: the county's until the demand has gone up the line. A
// smaller number is a higher tier.
type::v1::Tier TierInCharge(const Reader& state, const std::string& demand) {
  const type::v1::Tier handling = HandlingTier(state, demand);
  return handling == type::v1::TIER_UNSPECIFIED
             ? type::v1::TIER_COUNTY
             : std::min(type::v1::TIER_COUNTY, handling);
}

std::vector<std::string> PersonsServing(const Reader& state,
                                        std::string_view pairing) {
  std::vector<std::string> persons;
  const auto record = Pairings::Find(state, pairing);
  if (!record) return persons;
  for (const std::string& resource : ServingResources(*record)) {
    std::string person = AddresseeOf(state, resource);
    const bool known =
        std::find(persons.begin(), persons.end(), person) != persons.end();
    if (!person.empty() && !known) persons.push_back(std::move(person));
  }
  return persons;
}

}  // namespace

NoticeArgs CommonArgs(const std::string& headline, const Fact& fact) {
  return {PlainArg("headline", headline), PlainArg("subject", fact.subject()),
          CodeArg("reason", fact.reason_code())};
}

NoticeArgs ArgsOf(const Offer& offer) {
  // As little as the words need: they leave for sinks outside too.
  return {PlainArg("person", FamilyName(offer.addressee_name())),
          PlainArg("deadline", InWords(offer.expire_time())),
          CodeArg("part", PartName(offer.part()))};
}

Topic TopicOf(const Reader& state, const Offer& offer, const Fact& fact) {
  Topic topic = AboutDemand(state, offer.demand(), ArgsOf(offer), fact);
  topic.tier = TierInCharge(state, offer.demand());
  topic.persons = {offer.addressee()};
  return topic;
}

NoticeArgs ArgsOf(const Pairing& pairing) { return {}; }

Topic TopicOf(const Reader& state, const Pairing& pairing, const Fact& fact) {
  Topic topic = AboutDemand(state, pairing.demand(), ArgsOf(pairing), fact);
  topic.tier =
      std::min(ReviewTierOf(pairing), TierInCharge(state, pairing.demand()));
  topic.persons = PersonsServing(state, pairing.name());
  return topic;
}

NoticeArgs ArgsOf(const Dispatch& dispatch) {
  const event::v1::Hop last =
      dispatch.hops().empty() ? event::v1::Hop() : *dispatch.hops().rbegin();
  return {CodeArg("from", TierCode(last.from())),
          PlainArg("deadline", InWords(dispatch.tier_deadline()))};
}

Topic TopicOf(const Reader& state, const Dispatch& dispatch, const Fact& fact) {
  Topic topic = AboutDemand(state, dispatch.demand(), ArgsOf(dispatch), fact);
  topic.tier = type::v1::TIER_PROVINCE;
  if (!dispatch.hops().empty()) {
    const auto& asked = dispatch.hops().rbegin()->asked();
    topic.asked.assign(asked.begin(), asked.end());
  }
  return topic;
}

NoticeArgs ArgsOf(const Visit& visit) {
  return {PlainArg("start", InWords(visit.start_time())),
          PlainArg("end", InWords(visit.end_time()))};
}

Topic TopicOf(const Reader& state, const Visit& visit, const Fact& fact) {
  Topic topic = AboutDemand(state, visit.demand(), ArgsOf(visit), fact);
  topic.persons.assign(visit.volunteers().begin(), visit.volunteers().end());
  return topic;
}

NoticeArgs ArgsOf(const ServiceRecord& record) {
  return {PlainArg("start", InWords(record.check_in_time())),
          PlainArg("minutes", absl::StrCat(record.minutes())),
          PlainArg("note", record.note())};
}

Topic TopicOf(const Reader& state, const ServiceRecord& record,
              const Fact& fact) {
  Topic topic = AboutDemand(state, record.demand(), ArgsOf(record), fact);
  topic.persons = {record.volunteer()};
  return topic;
}

NoticeArgs ArgsOf(const Correction& correction) {
  return {PlainArg("record", correction.record()),
          PlainArg("note", correction.note())};
}

Topic TopicOf(const Reader& state, const Correction& correction,
              const Fact& fact) {
  const auto record = ServiceRecords::Find(state, correction.record());
  Topic topic =
      AboutDemand(state, record ? record->service_record().demand() : "",
                  ArgsOf(correction), fact);
  topic.persons = {correction.volunteer()};
  return topic;
}

NoticeArgs ArgsOf(const Reading& reading) {
  return {PlainArg("months", absl::StrCat(reading.months())),
          PlainArg("indicator", reading.indicator()),
          PlainArg("deadline", InWords(reading.deadline()))};
}

Topic TopicOf(const Reader& state, const Reading& reading, const Fact& fact) {
  return AboutDemand(state, reading.demand(), ArgsOf(reading), fact);
}

NoticeArgs ArgsOf(const ServiceCertificate& certificate) {
  const std::string& name = certificate.name();
  return {PlainArg("number", name.substr(name.find('/') + 1)),
          PlainArg("issuer", certificate.issuer()),
          PlainArg("note", certificate.note())};
}

Topic TopicOf(const Reader&, const ServiceCertificate& certificate,
              const Fact& fact) {
  Topic topic;
  topic.region = certificate.region();
  topic.persons = {certificate.volunteer()};
  topic.args = CommonArgs("", fact);
  for (NoticeArg& arg : ArgsOf(certificate)) {
    topic.args.push_back(std::move(arg));
  }
  return topic;
}

}  // namespace jiedui::matcher
