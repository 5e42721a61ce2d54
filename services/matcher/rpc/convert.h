// The matcher's records as the public API shows them.
#pragma once

#include "jiedui/matcher/store/v1/dispatch_store.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "jiedui/matcher/store/v1/record_store.pb.h"
#include "jiedui/matcher/v1/dispatch.pb.h"
#include "jiedui/matcher/v1/matcher.pb.h"
#include "jiedui/matcher/v1/record.pb.h"

namespace jiedui::matcher {

void ToApi(const store::v1::PairingRecord& record, v1::Pairing* api);
void ToApi(const store::v1::OfferRecord& record, v1::Offer* api);
void ToApi(const store::v1::ServiceRecordRecord& record,
           v1::ServiceRecord* api);
void ToApi(const store::v1::RoundRecord& record, v1::Round* api);
void ToApi(const store::v1::CorrectionRecord& record, v1::Correction* api);
void ToApi(const store::v1::ReadingRecord& record, v1::Reading* api);
void ToApi(const store::v1::ServiceCertificateRecord& record,
           v1::ServiceCertificate* api);
void ToApi(const store::v1::DispatchRecord& record, v1::Dispatch* api);
void ToApi(const store::v1::VisitRecord& record, v1::Visit* api);

}  // namespace jiedui::matcher
