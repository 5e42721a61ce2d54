// The people of a pairing.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "common/store/store.h"
#include "jiedui/matcher/store/v1/matcher_store.pb.h"

namespace jiedui::matcher {

// The person a pairing stands on: the expert, or the leader of the team.
std::string LeadOf(const jiedui::store::Reader& state,
                   const store::v1::PairingRecord& pairing);

// Expert, talents, and the team with everybody in it on the day: of those, who
// have taken their seats.
bool TakesPart(const jiedui::store::Reader& state, const std::string& volunteer,
               const store::v1::PairingRecord& pairing, absl::CivilDay day);

// The pairing's team, if it has taken its seat, when the volunteer is in it on
// the day, whatever else he does in the pairing; else empty.
std::string TeamServedAs(const jiedui::store::Reader& state,
                         const std::string& volunteer,
                         const store::v1::PairingRecord& pairing,
                         absl::CivilDay day);

}  // namespace jiedui::matcher
