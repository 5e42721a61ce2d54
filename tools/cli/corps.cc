// jiedui volunteer, team, project, enterprise, station, specialty …
#include <utility>

#include "absl/strings/str_cat.h"
#include "jiedui/volunteer/v1/volunteer_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/fields.h"
#include "tools/cli/resources.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Message;

absl::Status FillJoin(const Arguments& arguments, Language language,
                      Message* request) {
  auto* join = static_cast<volunteer::v1::JoinTeamRequest*>(request);
  join->set_team(FullName("teams", arguments.Get("team")));
  join->set_start_date(arguments.Get("from"));
  return absl::OkStatus();
}

absl::Status FillLeave(const Arguments& arguments, Language language,
                       Message* request) {
  auto* leave = static_cast<volunteer::v1::LeaveTeamRequest*>(request);
  leave->set_team(FullName("teams", arguments.Get("team")));
  leave->set_end_date(arguments.Get("until"));
  return absl::OkStatus();
}

Argument TeamArgument() {
  return Required(Value("team", "TEAM", {"队伍名称", "name of the team"}));
}

std::vector<Verb> VolunteerVerbs() {
  return {
      {"verify",
       "VolunteerService.VerifyVolunteer",
       {"核实：申请 → 已核实", "vouch for the volunteer"}},
      {"activate",
       "VolunteerService.ActivateVolunteer",
       {"开始服务：已核实、暂停 → 服务中", "takes part in rounds from now"}},
      {"pause",
       "VolunteerService.PauseVolunteer",
       {"暂停：服务中 → 暂停", "takes no part for a time"},
       true},
      {"exit",
       "VolunteerService.ExitVolunteer",
       {"退出", "leaves the corps"},
       true},
      {"reinstate",
       "VolunteerService.ReinstateVolunteer",
       {"恢复：退出 → 申请", "takes a leaver back: the undo"},
       true},
      {"join",
       "VolunteerService.JoinTeam",
       {"加入队伍", "joins a team"},
       false,
       {},
       {TeamArgument(),
        Value("from", "DATE", {"加入日期（默认今天）", "first day (today)"})},
       FillJoin},
      {"leave",
       "VolunteerService.LeaveTeam",
       {"退出队伍", "leaves a team"},
       false,
       {},
       {TeamArgument(),
        Value("until", "DATE", {"最后一天（默认今天）", "last day (today)"})},
       FillLeave},
  };
}

// The standard methods of one kind.
Command StandardCommand(const ResourceKind& kind, Text summary) {
  Command command;
  command.name = kind.command;
  command.summary = std::move(summary);
  command.subcommands = {ListCommand(kind), ShowCommand(kind), AddCommand(kind),
                         UpdateCommand(kind)};
  return command;
}

}  // namespace

Command VolunteerCommand() {
  const ResourceKind& kind = VolunteerKind();
  Command command = StandardCommand(
      kind, {"志愿者：登记、核实、入队", "volunteers: register, verify, join"});
  for (Verb& verb : VolunteerVerbs()) {
    const bool team = !verb.more.empty();
    verb.examples = {{absl::StrCat("jiedui volunteer ", verb.name, " V00000001",
                                   team ? " --team T00000001" : "",
                                   verb.note_required ? " --note TEXT" : ""),
                      verb.summary}};
    command.subcommands.push_back(VerbCommand(kind, std::move(verb)));
  }
  return command;
}

std::vector<Command> SupplyCommands() {
  return {
      StandardCommand(TeamKind(), {"队伍：四级两线的科技志愿服务队",
                                   "teams of the four tiers"}),
      StandardCommand(ProjectKind(),
                      {"项目库、技术库", "projects and technologies"}),
      StandardCommand(EnterpriseKind(), {"企业、合作社、园区",
                                         "enterprises, cooperatives, parks"}),
      StandardCommand(
          StationKind(),
          {"服务站：院士、专家、海智、学会、科技小院", "service stations"}),
      StandardCommand(SpecialtyKind(),
                      {"县域特色产业", "counties' specialty industries"}),
  };
}

}  // namespace jiedui::cli
