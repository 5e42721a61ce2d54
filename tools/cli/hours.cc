// jiedui hours …
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/record_service.pb.h"
#include "jiedui/type/v1/codes.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/display.h"
#include "tools/cli/fields.h"
#include "tools/cli/output.h"
#include "tools/cli/session.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

// What somebody names: V00000001, T00000001, D00000001, a pairing, an action.
std::string SubjectOf(const std::string& name) {
  if (const auto* action =
          FindEnumValue(*type::v1::Action_descriptor(), name)) {
    return absl::StrCat("actions/", ShortName(*action));
  }
  if (name.starts_with('T')) return FullName("teams", name);
  if (!name.starts_with('D')) return FullName("volunteers", name);
  const bool pairing = name.find('-') != std::string::npos;
  return FullName(pairing ? "pairings" : "demands", name);
}

std::string Page(const matcher::v1::Hours& hours, Language language) {
  const auto line = [&](Text label, const std::string& value) {
    return absl::StrCat(Padded(label.In(language), 18), value, "\n");
  };
  std::string page = absl::StrCat(
      line({"对象", "Of"},
           absl::StrCat(hours.display_name(), "  ", hours.subject())),
      line({"签到计时", "Measured"},
           MinutesText(hours.measured_minutes(), language)),
      line({"补录与更正", "Entered by hand"},
           MinutesText(hours.entered_minutes(), language)),
      line({"合计", "In all"},
           MinutesText(hours.measured_minutes() + hours.entered_minutes(),
                       language)),
      line({"人次", "Person-times"}, absl::StrCat(hours.services())),
      line({"人数", "People"}, absl::StrCat(hours.people())));
  const bool person = hours.grade() > 0 || hours.next_grade_minutes() > 0;
  if (!person) return page;
  absl::StrAppend(&page, line({"星级", "Stars"}, absl::StrCat(hours.grade())));
  if (hours.next_grade_minutes() > 0) {
    absl::StrAppend(&page,
                    line({"下一星级需满", "Next star at"},
                         MinutesText(hours.next_grade_minutes(), language)));
  }
  return page;
}

absl::Status RunShow(Session& session, const Arguments& arguments) {
  matcher::v1::GetHoursRequest request;
  request.set_subject(SubjectOf(arguments.Get("NAME")));
  matcher::v1::Hours hours;
  RETURN_IF_ERROR(session.Call("RecordService.GetHours", request, &hours));
  if (session.json()) {
    session.ShowJson(CompactJson(hours));
  } else {
    session.out() << Page(hours, session.language());
  }
  return absl::OkStatus();
}

}  // namespace

Command HoursCommand() {
  Command show;
  show.name = "show";
  show.summary = {"一人、一队、一项需求、一个结对或一项行动的服务时长",
                  "hours of a person, team, demand, pairing or action"};
  show.arguments = {Positional(
      "NAME",
      {"名称：V00000001、T00000001、D00000001、结对名称，或行动如 乡村振兴",
       "its name: V00000001, T00000001, D00000001, a pairing, or an "
       "action such as rural-revitalisation"})};
  show.examples = {
      {"jiedui hours show V00000001", {"一位志愿者", "a volunteer"}},
      {"jiedui hours show 乡村振兴", {"一项行动", "an action"}}};
  show.run = RunShow;
  Command command;
  command.name = "hours";
  command.summary = {"服务时长：签到与补录分开计，星级",
                     "hours of service, measured and entered; stars"};
  command.subcommands = {std::move(show)};
  return command;
}

}  // namespace jiedui::cli
