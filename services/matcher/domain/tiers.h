// The regional line that a demand goes up, and who stands on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jiedui/type/v1/codes.pb.h"

namespace jiedui::matcher {

// The tier at home in a region; the county for a code that is not known.
type::v1::Tier TierOf(std::string_view region);

// The next tier up the regional line of a demand of `region`: from a town of a
// city without counties straight to the city. Unspecified above the province.
type::v1::Tier TierAbove(std::string_view region, type::v1::Tier tier);

// Who is asked when a demand of `region` comes to a tier: its coordinators,
// coordinators/<region>, and the societies that stand beside them,
// societies/<region>. There is none beside the province.
std::vector<std::string> AskedAt(std::string_view region, type::v1::Tier tier);

}  // namespace jiedui::matcher
