#include "services/matcher/rpc/convert.h"

#include "common/query/convert.h"
#include "services/matcher/app/kinds.h"

namespace jiedui::matcher {

void ToApi(const store::v1::PairingRecord& record, v1::Pairing* api) {
  query::CopyByName(record.pairing(), *api);
  api->set_etag(Pairings::Etag(record));
}

void ToApi(const store::v1::OfferRecord& record, v1::Offer* api) {
  query::CopyByName(record.offer(), *api);
  api->set_etag(Offers::Etag(record));
}

void ToApi(const store::v1::ServiceRecordRecord& record,
           v1::ServiceRecord* api) {
  query::CopyByName(record.service_record(), *api);
  api->set_etag(ServiceRecords::Etag(record));
}

void ToApi(const store::v1::RoundRecord& record, v1::Round* api) {
  query::CopyByName(record.round(), *api);
}

}  // namespace jiedui::matcher
