#include "services/matcher/app/participants.h"

#include <algorithm>

#include "services/matcher/app/asking.h"
#include "services/matcher/app/replicas.h"
#include "services/matcher/domain/dates.h"
#include "services/matcher/domain/seats.h"

namespace jiedui::matcher {
namespace {

using jiedui::store::Reader;
using store::v1::PairingRecord;
using volunteer::event::v1::Team;
using volunteer::event::v1::Volunteer;

bool IsMember(const Reader& state, const std::string& volunteer,
              const std::string& team, absl::CivilDay day) {
  const auto leads = FindReplica<Team>(state, team);
  if (leads && leads->leader() == volunteer) return true;
  const auto person = FindReplica<Volunteer>(state, volunteer);
  if (!person) return false;
  return std::any_of(person->memberships().begin(), person->memberships().end(),
                     [&](const auto& membership) {
                       return membership.team() == team &&
                              Within(day, membership.start_date(),
                                     membership.end_date());
                     });
}

}  // namespace

std::string LeadOf(const Reader& state, const PairingRecord& pairing) {
  const int anchor = AnchorSeat(pairing);
  if (anchor < 0) return "";
  return AddresseeOf(state, pairing.seats(anchor).resource());
}

bool TakesPart(const Reader& state, const std::string& volunteer,
               const PairingRecord& pairing, absl::CivilDay day) {
  for (const std::string& resource : ServingResources(pairing)) {
    if (resource == volunteer) return true;
  }
  return !TeamServedAs(state, volunteer, pairing, day).empty();
}

std::string TeamServedAs(const Reader& state, const std::string& volunteer,
                         const PairingRecord& pairing, absl::CivilDay day) {
  for (const std::string& resource : ServingResources(pairing)) {
    if (resource.starts_with(kTeams) &&
        IsMember(state, volunteer, resource, day)) {
      return resource;
    }
  }
  return "";
}

}  // namespace jiedui::matcher
