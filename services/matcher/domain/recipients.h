// Whose inbox a notice goes into. A recipient is a name:
//   volunteers/V00000001
//   coordinators/440981000000   those of a region
//   societies/440900000000      those of the societies (学会) beside it
//   requesters/D00000001        who posted the demand
#pragma once

#include <string>
#include <string_view>

#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "jiedui/type/v1/codes.pb.h"

namespace jiedui::matcher {

inline constexpr std::string_view kCoordinators = "coordinators/";
inline constexpr std::string_view kSocieties = "societies/";
inline constexpr std::string_view kRequesters = "requesters/";

// 12 digits of the region of `tier` that `region` lies in; the region itself
// where it lies above that tier, or is not known.
std::string RegionAtTier(std::string_view region, type::v1::Tier tier);

std::string CoordinatorsOf(std::string_view region, type::v1::Tier tier);
std::string SocietiesOf(std::string_view region, type::v1::Tier tier);

// The tier whose coordinators review the pairing: its county's, until it was
// left lying there.
type::v1::Tier ReviewTierOf(const event::v1::Pairing& pairing);

// `demand` is demands/{demand}.
std::string RequesterOf(std::string_view demand);

// Whether the name has one of the shapes above.
bool IsRecipient(std::string_view name);

}  // namespace jiedui::matcher
