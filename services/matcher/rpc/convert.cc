#include "services/matcher/rpc/convert.h"

#include "common/query/convert.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/record_kinds.h"

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

void ToApi(const store::v1::DispatchRecord& record, v1::Dispatch* api) {
  query::CopyByName(record.dispatch(), *api);
  api->set_etag(Dispatches::Etag(record));
}

void ToApi(const store::v1::VisitRecord& record, v1::Visit* api) {
  query::CopyByName(record.visit(), *api);
  api->set_etag(Visits::Etag(record));
}

void ToApi(const store::v1::RoundRecord& record, v1::Round* api) {
  query::CopyByName(record.round(), *api);
}

void ToApi(const store::v1::CorrectionRecord& record, v1::Correction* api) {
  query::CopyByName(record.correction(), *api);
  api->set_etag(Corrections::Etag(record));
}

void ToApi(const store::v1::ReadingRecord& record, v1::Reading* api) {
  query::CopyByName(record.reading(), *api);
  api->set_etag(Readings::Etag(record));
}

void ToApi(const store::v1::ServiceCertificateRecord& record,
           v1::ServiceCertificate* api) {
  query::CopyByName(record.certificate(), *api);
  api->set_holder_name(record.holder_name());
  api->set_etag(ServiceCertificates::Etag(record));
}

}  // namespace jiedui::matcher
