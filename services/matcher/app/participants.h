// The people of a pairing.
#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "common/store/store.h"
#include "services/matcher/domain/parts.h"

namespace jiedui::matcher {

// The person a pairing stands on: the expert, or the leader of the team.
std::string LeadOf(const jiedui::store::Reader& state, const Pairing& pairing);

// Expert, talents, and the team with everybody in it on the day.
bool TakesPart(const jiedui::store::Reader& state, const std::string& volunteer,
               const Pairing& pairing, absl::CivilDay day);

// The pairing's team when the volunteer is in it on the day, whatever else he
// does in the pairing; else empty.
std::string TeamServedAs(const jiedui::store::Reader& state,
                         const std::string& volunteer, const Pairing& pairing,
                         absl::CivilDay day);

}  // namespace jiedui::matcher
