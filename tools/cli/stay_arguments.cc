#include "tools/cli/stay_arguments.h"

#include <utility>

#include "common/base/status_macros.h"
#include "tools/cli/fields.h"

namespace jiedui::cli {

Argument TravelArgument() {
  return Value("travel-minutes", "N",
               {"其中在路上的分钟数，不计入",
                "minutes of it spent on the way, which do not count"});
}

std::vector<Argument> StayArguments(bool required) {
  std::vector<Argument> arguments = {
      Value("start", "TIME",
            {"开始时间，如 2026-11-30T09:00", "beginning: 2026-11-30T09:00"}),
      Value("end", "TIME", {"结束时间", "end"})};
  for (Argument& argument : arguments) argument.required = required;
  arguments.push_back(TravelArgument());
  return arguments;
}

absl::Status FillStay(const Arguments& arguments, Language language,
                      google::protobuf::Message* request) {
  for (const auto& [option, field] : {std::pair("start", "start_time"),
                                      {"end", "end_time"},
                                      {"travel-minutes", "travel_minutes"}}) {
    if (!arguments.Has(option)) continue;
    RETURN_IF_ERROR(
        SetField(request, field, {arguments.Get(option)}, language));
  }
  return absl::OkStatus();
}

}  // namespace jiedui::cli
