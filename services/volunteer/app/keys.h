// Every key that the volunteer registry stores; numbered, never renumbered.
// Keys below 0x20 are the runtime's (common/runtime/runtime_keys.h).
#pragma once

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace jiedui::volunteer::keys {

inline constexpr char kVolunteer = '\x20';  // name → VolunteerRecord
inline constexpr char kVolunteerExternalId = '\x21';  // external id → name
inline constexpr char kTeam = '\x22';
inline constexpr char kTeamExternalId = '\x23';
inline constexpr char kProject = '\x24';
inline constexpr char kProjectExternalId = '\x25';
inline constexpr char kEnterprise = '\x26';
inline constexpr char kEnterpriseExternalId = '\x27';
inline constexpr char kStation = '\x28';
inline constexpr char kStationExternalId = '\x29';
inline constexpr char kSpecialty = '\x2a';
inline constexpr char kSpecialtyExternalId = '\x2b';
// external id of a volunteer, NUL, name of a team that waits for its leader
// → ""
inline constexpr char kPendingLeader = '\x2c';

inline std::string PendingLeaderPrefix(std::string_view external_id) {
  return absl::StrCat(std::string(1, kPendingLeader), std::string(external_id),
                      std::string(1, '\0'));
}

}  // namespace jiedui::volunteer::keys
