// The text in which a resource is searched: names, employer or holder, the
// names of its subjects and industries, and the beginning of its summary.
#pragma once

#include <string>

#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"

namespace jiedui::volunteer {

// At most so many characters of a summary are searched: an index of a whole
// corps lies in memory.
inline constexpr int kSearchedSummary = 200;

std::string SearchText(const event::v1::Volunteer& volunteer);
std::string SearchText(const event::v1::Team& team);
std::string SearchText(const event::v1::Project& project);
std::string SearchText(const event::v1::Enterprise& enterprise);
std::string SearchText(const event::v1::Station& station);
std::string SearchText(const event::v1::Specialty& specialty);

}  // namespace jiedui::volunteer
