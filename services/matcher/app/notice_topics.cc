#include "services/matcher/app/notice_topics.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/time_util.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/deadlines.h"
#include "services/matcher/domain/parts.h"
#include "services/matcher/domain/recipients.h"
#include "services/matcher/domain/words.h"

namespace jiedui::matcher {
namespace {

using demand::event::v1::Demand;
using event::v1::Offer;
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

void SetDemand(const Reader& state, const std::string& name, Topic& topic) {
  const auto demand = FindReplica<Demand>(state, name);
  topic.demand = name;
  topic.review_tier = type::v1::TIER_COUNTY;
  if (!demand) return;
  topic.region = demand->region();
  topic.urgent = IsUrgent(demand->urgency());
}

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

}  // namespace

NoticeArgs ArgsOf(const Offer& offer, const Fact& fact) {
  return {
      PlainArg("headline", offer.headline()),
      PlainArg("person", offer.addressee_name()),
      PlainArg("deadline", InWords(offer.expire_time())),
      CodeArg("part", PartName(offer.part())),
      CodeArg("reason", fact.reason_code()),
  };
}

Topic TopicOf(const Reader& state, const Offer& offer, const Fact& fact) {
  Topic topic;
  SetDemand(state, offer.demand(), topic);
  topic.persons = {offer.addressee()};
  topic.args = ArgsOf(offer, fact);
  return topic;
}

NoticeArgs ArgsOf(const Pairing& pairing, const Fact& fact) {
  const std::string place = PlaceInWords(pairing.region());
  return {
      PlainArg("headline", absl::StrCat(pairing.demand_title(),
                                        place.empty() ? "" : " · ", place)),
      PlainArg("subject", pairing.name()),
      CodeArg("reason", fact.reason_code()),
  };
}

Topic TopicOf(const Reader& state, const Pairing& pairing, const Fact& fact) {
  Topic topic;
  SetDemand(state, pairing.demand(), topic);
  topic.region = pairing.region();
  topic.review_tier = ReviewTierOf(pairing);
  topic.persons = PersonsServing(state, pairing);
  topic.args = ArgsOf(pairing, fact);
  return topic;
}

}  // namespace jiedui::matcher
