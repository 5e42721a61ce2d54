// What one side of a pairing may know of the other before both have accepted.
#pragma once

#include <string>
#include <string_view>

#include "jiedui/matcher/event/v1/matcher_event.pb.h"

namespace jiedui::matcher {

// Whether names are told at all: the one it stands on has accepted, and it was
// not lost since. Of others, those who have accepted: ServingResources.
bool IsDisclosed(const event::v1::Pairing& pairing);

// 欧阳老师 of 欧阳修, 张老师 of 张三: the family name only. For another script,
// its first letter.
std::string FamilyName(std::string_view display_name);

}  // namespace jiedui::matcher
