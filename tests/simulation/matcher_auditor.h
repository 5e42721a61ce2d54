// What the matcher promises beyond what every service does.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/store/store.h"
#include "jiedui/journal/v1/journal.pb.h"
#include "jiedui/matcher/store/v1/dispatch_store.pb.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "tests/simulation/calendar_auditor.h"
#include "tests/simulation/catalog.h"
#include "tests/simulation/serving_auditor.h"
#include "tests/simulation/verdict.h"
#include "tests/simulation/virtual_time.h"

namespace jiedui::simulation {

// I3: one pairing a demand, one person a seat, one role a person.
class SeatAuditor {
 public:
  explicit SeatAuditor(Verdict* verdict) : verdict_(verdict) {}

  void See(const matcher::store::v1::PairingRecord& record);
  void See(const matcher::store::v1::OfferRecord& record);

 private:
  Verdict* const verdict_;
  std::map<std::string, std::set<std::string>> live_;      // by demand
  std::map<std::string, std::set<std::string>> accepted_;  // by seat
};

// I4 and I8: nobody is booked beyond capacity, or asked beyond the budget of
// invitations; only the reservation that stands is confirmed or released;
// whoever has a seat has a reservation, and nobody else has one who is not
// asked for an answer.
class LedgerAuditor {
 public:
  LedgerAuditor(const Catalog* catalog, Verdict* verdict)
      : catalog_(catalog), verdict_(verdict) {}

  void See(const journal::v1::Fact& fact,
           const matcher::store::v1::BookingRecord& record,
           const store::Reader& rows);
  void See(const matcher::store::v1::PairingRecord& record);
  void See(const matcher::store::v1::OfferRecord& record);
  // After a command that changed these pairings, or bookings, or offers.
  void Check(const std::vector<matcher::store::v1::PairingRecord>& pairings,
             const store::Reader& rows);

 private:
  bool IsOwed(const std::string& booking) const;

  const Catalog* const catalog_;
  Verdict* const verdict_;
  std::map<std::string, uint64_t> fences_;  // by resource and holder
  // By pairing or pending offer: the reservations that it may have.
  std::map<std::string, std::set<std::string>> owed_;
  std::map<std::string, std::set<std::string>> pending_;  // by person
  std::map<std::string, std::multiset<absl::CivilDay>> sent_;
};

// I12: whoever is given time has it, whatever the clock on the wall says.
class TimeAuditor {
 public:
  TimeAuditor(const VirtualTime* time, Verdict* verdict)
      : time_(time), verdict_(verdict) {}

  void See(const journal::v1::Fact& fact,
           const matcher::store::v1::OfferRecord& record);
  void See(const journal::v1::Fact& fact,
           const matcher::store::v1::DispatchRecord& record);
  void See(const journal::v1::Fact& fact,
           const matcher::store::v1::PairingRecord& record);

 private:
  struct Given {
    absl::Time since;  // in truth
    absl::Duration time;
    uint64_t fence = 0;  // of a tier
  };

  void CheckOver(const std::string& name);

  const VirtualTime* const time_;
  Verdict* const verdict_;
  std::map<std::string, Given> given_;
};

class MatcherAuditor {
 public:
  // All must outlive it.
  MatcherAuditor(const Catalog* catalog, const VirtualTime* time,
                 Verdict* verdict)
      : seats_(verdict),
        ledger_(catalog, verdict),
        times_(time, verdict),
        calendar_(time, verdict),
        serving_(verdict) {}

  // To be shown every command of the matcher: see Auditor::Seen.
  void Look(const journal::v1::Entry& entry, const store::Reader& rows);

 private:
  SeatAuditor seats_;
  LedgerAuditor ledger_;
  TimeAuditor times_;
  CalendarAuditor calendar_;
  ServingAuditor serving_;
};

}  // namespace jiedui::simulation
