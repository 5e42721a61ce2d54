#include "tests/simulation/catalog.h"

#include "jiedui/demand/store/v1/demand_store.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "jiedui/matcher/store/v1/notice_store.pb.h"

namespace jiedui::simulation {
namespace {

std::string KindOf(const journal::v1::Fact& fact) {
  const std::string& url = fact.record().type_url();
  return url.substr(url.rfind('/') + 1);
}

void Learn(const journal::v1::Fact& fact, Thing& thing) {
  demand::store::v1::DemandRecord demand;
  matcher::store::v1::PairingRecord pairing;
  matcher::store::v1::OfferRecord offer;
  matcher::store::v1::ServiceRecordRecord stay;
  matcher::store::v1::NoticeRecord notice;
  if (fact.record().UnpackTo(&pairing)) {
    thing.demand = pairing.pairing().demand();
  } else if (fact.record().UnpackTo(&offer)) {
    thing.demand = offer.offer().demand();
    thing.pairing = offer.offer().pairing();
    thing.person = offer.offer().addressee();
  } else if (fact.record().UnpackTo(&stay)) {
    thing.pairing = stay.service_record().pairing();
    thing.person = stay.service_record().volunteer();
  } else if (fact.record().UnpackTo(&notice)) {
    thing.person = notice.notice().recipient();
  } else if (fact.record().UnpackTo(&demand)) {
    thing.pairing = demand.demand().pairing();
  }
}

}  // namespace

bool IsThing(std::string_view kind) {
  for (std::string_view other : {".ExclusionRecord", ".OutageRecord",
                                 ".DigestRecord", ".BookingRecord"}) {
    if (kind.ends_with(other)) return false;
  }
  return true;
}

bool Among(std::string_view state, std::string_view states) {
  for (size_t begin = 0; begin <= states.size();) {
    const size_t end = std::min(states.find('|', begin), states.size());
    if (states.substr(begin, end - begin) == state) return true;
    begin = end + 1;
  }
  return false;
}

void Catalog::Learn(const journal::v1::Fact& fact) {
  std::string kind = KindOf(fact);
  if (!IsThing(kind)) return;
  Thing& thing = things_[fact.subject()];
  thing.kind = std::move(kind);
  thing.state = fact.to_state();
  thing.version = fact.version();
  simulation::Learn(fact, thing);
}

const Thing* Catalog::Find(std::string_view name) const {
  const auto found = things_.find(name);
  return found == things_.end() ? nullptr : &found->second;
}

std::vector<std::string> Catalog::Names(
    std::string_view collection,
    const std::function<bool(const Thing&)>& wanted) const {
  const std::string prefix = std::string(collection) + "/";
  std::vector<std::string> names;
  for (auto it = things_.lower_bound(prefix);
       it != things_.end() && it->first.starts_with(prefix); ++it) {
    if (wanted(it->second)) names.push_back(it->first);
  }
  return names;
}

std::vector<std::string> Catalog::InStates(std::string_view collection,
                                           std::string_view states) const {
  return Names(collection, [states](const Thing& thing) {
    return Among(thing.state, states);
  });
}

}  // namespace jiedui::simulation
