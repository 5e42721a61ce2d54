#include "tests/simulation/matcher_auditor.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "services/matcher/app/indices.h"
#include "services/matcher/app/keys.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/life.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::simulation {
namespace {

using matcher::store::v1::OfferRecord;
using matcher::store::v1::PairingRecord;

// Nothing: as many as there are.
std::optional<int32_t> CapacityOf(const store::Reader& state,
                                  const std::string& resource) {
  if (const auto person = matcher::FindReplica<volunteer::event::v1::Volunteer>(
          state, resource)) {
    return person->capacity();
  }
  if (const auto team =
          matcher::FindReplica<volunteer::event::v1::Team>(state, resource)) {
    return team->capacity();
  }
  const auto project =
      matcher::FindReplica<volunteer::event::v1::Project>(state, resource);
  if (project && project->exclusive()) return 1;
  return std::nullopt;
}

}  // namespace

void MatcherAuditor::Look(const journal::v1::Entry& entry,
                          const std::vector<Auditor::RowChange>& changes,
                          const store::Reader& rows) {
  for (const journal::v1::Fact& fact : entry.facts()) {
    PairingRecord pairing;
    OfferRecord offer;
    if (fact.record().UnpackTo(&pairing)) {
      CheckPairing(pairing);
    } else if (fact.record().UnpackTo(&offer)) {
      CheckOffer(offer);
    }
  }
  for (const Auditor::RowChange& change : changes) {
    if (change.key[0] != matcher::keys::kBooking) continue;
    if (change.before || !change.after) continue;
    CheckBooking(change.key.substr(1, change.key.find('\0') - 1), rows);
  }
}

void MatcherAuditor::CheckPairing(const PairingRecord& record) {
  const matcher::Pairing& pairing = record.pairing();
  std::set<std::string>& live = live_[pairing.demand()];
  if (matcher::Lives(pairing.state())) {
    live.insert(pairing.name());
  } else {
    live.erase(pairing.name());
  }
  if (live.size() > 1) {
    verdict_->Fail("I3", absl::StrCat(pairing.demand(), " has two pairings"));
  }
  std::set<std::string> people;
  for (const type::v1::Part& part : pairing.parts()) {
    if (part.kind() != type::v1::PART_KIND_TALENTS && part.choices_size() > 1) {
      verdict_->Fail("I3", absl::StrCat("two in one part of ", pairing.name()));
    }
    for (const type::v1::Choice& choice : part.choices()) {
      if (!people.insert(choice.resource()).second) {
        verdict_->Fail("I3", absl::StrCat(choice.resource(), " is twice in ",
                                          pairing.name()));
      }
    }
  }
}

void MatcherAuditor::CheckOffer(const OfferRecord& record) {
  const matcher::event::v1::Offer& offer = record.offer();
  std::set<std::string>& seat = accepted_[absl::StrCat(
      offer.pairing(), " ", offer.part(), " ",
      offer.part() == type::v1::PART_KIND_TALENTS ? offer.resource() : "")];
  if (offer.state() == "ACCEPTED") {
    seat.insert(offer.name());
  } else {
    seat.erase(offer.name());
  }
  if (seat.size() > 1) {
    verdict_->Fail(
        "I3", absl::StrCat("two have accepted one seat of ", offer.pairing()));
  }
}

void MatcherAuditor::CheckBooking(const std::string& resource,
                                  const store::Reader& rows) {
  const std::optional<int32_t> capacity = CapacityOf(rows, resource);
  const int32_t used = matcher::BookingsOf(rows, resource);
  if (capacity && used > *capacity) {
    verdict_->Fail("I4", absl::StrCat(resource, " is booked ", used,
                                      " times with capacity ", *capacity));
  }
}

}  // namespace jiedui::simulation
