// What all commands about pairings and offers begin and end with.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/matcher/app/kinds.h"
#include "services/matcher/app/record_kinds.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/record_life.h"

namespace jiedui::matcher {

using jiedui::store::Reader;
using runtime::Transaction;

// What a request for a transition says.
struct Ask {
  std::string name;
  std::string etag;  // empty: any version
  std::string reason_code;
  std::string note;
};

// Moves the record along `verb` and makes it the present one. A reason that is
// given is kept with it. A pairing that is proposed has its review deadline;
// one that stops booking releases all it holds; an offer that is answered loses
// its timer; the readings of an industry follow their pairing. Errors: those of
// Step; nothing is changed then.
absl::Status Move(Transaction& txn, store::v1::PairingRecord& record,
                  const Verb& verb, std::string_view reason_code = "",
                  std::string_view note = "");
absl::Status Move(Transaction& txn, store::v1::OfferRecord& record,
                  const Verb& verb, std::string_view reason_code = "",
                  std::string_view note = "");
absl::Status Move(Transaction& txn, store::v1::DispatchRecord& record,
                  const Verb& verb, std::string_view reason_code = "",
                  std::string_view note = "");
absl::Status Move(Transaction& txn, store::v1::VisitRecord& record,
                  const Verb& verb, std::string_view reason_code = "",
                  std::string_view note = "");
absl::Status Move(Transaction& txn, store::v1::ServiceRecordRecord& record,
                  const Verb& verb, std::string_view note = "");
absl::Status Move(Transaction& txn, store::v1::CorrectionRecord& record,
                  const Verb& verb, std::string_view note = "");
absl::Status Move(Transaction& txn, store::v1::ReadingRecord& record,
                  const Verb& verb, std::string_view note = "");
absl::Status Move(Transaction& txn, store::v1::ServiceCertificateRecord& record,
                  const Verb& verb, std::string_view note = "");

}  // namespace jiedui::matcher
