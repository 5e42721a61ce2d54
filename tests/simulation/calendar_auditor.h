// What the matcher promises about people's time: nobody is in two places, and
// every hour counts once.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "common/store/store.h"
#include "jiedui/matcher/store/v1/dispatch_store.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "tests/simulation/verdict.h"
#include "tests/simulation/virtual_time.h"

namespace jiedui::simulation {

class CalendarAuditor {
 public:
  CalendarAuditor(const VirtualTime* time, Verdict* verdict)
      : time_(time), verdict_(verdict) {}

  void See(const matcher::store::v1::VisitRecord& record);
  void See(const matcher::store::v1::ServiceRecordRecord& record);

  // I4: planned visits of a person, with the way there and back, are disjoint,
  // and so are stays, unless the clock that they were told by was set back; a
  // person's hours are the sum of their records. Of those seen since the last
  // time.
  void Check(const store::Reader& rows);

 private:
  struct Span {
    absl::Time begin;
    absl::Time end;
  };
  using Spans = std::map<std::string, Span>;  // by visit or record

  void CheckFree(const std::string& person, const Spans& spans);
  void CheckHours(const std::string& person, const store::Reader& rows);

  const VirtualTime* const time_;
  Verdict* const verdict_;
  std::map<std::string, Spans> visits_;  // by person
  std::map<std::string, Spans> stays_;
  std::map<std::string, std::map<std::string, int64_t>> minutes_;
  std::set<std::string> touched_;  // people
};

}  // namespace jiedui::simulation
