// The six parts of a pairing: who is in it, and what remains when somebody
// leaves.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "jiedui/type/v1/pairing.pb.h"

namespace jiedui::matcher {

using event::v1::Pairing;

inline constexpr std::string_view kVolunteers = "volunteers/";
inline constexpr std::string_view kProjects = "projects/";
inline constexpr std::string_view kTeams = "teams/";
inline constexpr std::string_view kEnterprises = "enterprises/";
inline constexpr std::string_view kSpecialties = "specialties/";

// "EXPERT", for errors and facts.
std::string PartName(type::v1::PartKind kind);

// The collection whose resources fill a part.
std::string_view CollectionOf(type::v1::PartKind kind);

// REQUIRES: the pairing has its six parts, as every proposal does.
const type::v1::Part& PartOf(const Pairing& pairing, type::v1::PartKind kind);
type::v1::Part& MutablePart(Pairing& pairing, type::v1::PartKind kind);

// The part a pairing stands and falls with: the expert; where none is wanted,
// the team; else the first part wanted.
type::v1::PartKind AnchorOf(const Pairing& pairing);

// Who or what fills the anchor; empty when nobody does.
std::string AnchorResource(const Pairing& pairing);

// Resource names of all that serve one demand at the cost of another: expert,
// project, team, talents. Sorted, each once.
std::vector<std::string> BookedResources(const Pairing& pairing);

// Takes `resource` out of whatever part it is in; what it leaves is a GAP with
// the reason DECLINED. Points are those of the parts that remain. Returns
// whether it was in any.
bool TakeOut(Pairing& pairing, std::string_view resource);

// Makes every total the sum of what it is made of.
void AddUp(Pairing& pairing);

}  // namespace jiedui::matcher
