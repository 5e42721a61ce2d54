// What the matcher promises beyond what every service does: one pairing a
// demand, one person a seat, nobody booked beyond capacity.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "jiedui/matcher/store/v1/matcher_store.pb.h"
#include "tests/simulation/auditor.h"
#include "tests/simulation/verdict.h"

namespace jiedui::simulation {

class MatcherAuditor {
 public:
  // It must outlive it.
  explicit MatcherAuditor(Verdict* verdict) : verdict_(verdict) {}

  // To be shown every command of the matcher: see Auditor::Seen.
  void Look(const journal::v1::Entry& entry,
            const std::vector<Auditor::RowChange>& changes,
            const store::Reader& rows);

 private:
  void CheckPairing(const matcher::store::v1::PairingRecord& record);
  void CheckOffer(const matcher::store::v1::OfferRecord& record);
  void CheckBooking(const std::string& resource, const store::Reader& rows);

  Verdict* const verdict_;
  std::map<std::string, std::set<std::string>> live_;      // by demand
  std::map<std::string, std::set<std::string>> accepted_;  // by seat
};

}  // namespace jiedui::simulation
