// The options that state when a service was, for the commands that ask for it.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "tools/cli/command.h"

namespace google::protobuf {
class Message;
}

namespace jiedui::cli {

// --travel-minutes.
Argument TravelArgument();

// --start, --end and --travel-minutes.
std::vector<Argument> StayArguments(bool required);

// Puts those that are given into start_time, end_time and travel_minutes of a
// request.
absl::Status FillStay(const Arguments& arguments, Language language,
                      google::protobuf::Message* request);

}  // namespace jiedui::cli
