// What the matcher promises to people who have not accepted, and to those whom
// they would serve.
#pragma once

#include "common/store/store.h"
#include "jiedui/journal/v1/journal.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "tests/simulation/verdict.h"

namespace jiedui::simulation {

// I3 and I13: nobody serves, is expected, or is named to the other side without
// having taken a seat, nor is told names.
class ServingAuditor {
 public:
  explicit ServingAuditor(Verdict* verdict) : verdict_(verdict) {}

  // `rows`: after the command.
  void See(const journal::v1::Fact& fact,
           const matcher::store::v1::ServiceRecordRecord& record,
           const store::Reader& rows);
  void See(const matcher::store::v1::PairingRecord& record,
           const store::Reader& rows);

 private:
  void CheckParts(const matcher::store::v1::PairingRecord& record);
  void CheckView(const matcher::store::v1::PairingRecord& record,
                 const store::Reader& rows);
  void CheckVisits(const matcher::store::v1::PairingRecord& record,
                   const store::Reader& rows);

  Verdict* const verdict_;
};

}  // namespace jiedui::simulation
