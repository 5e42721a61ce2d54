// jiedui service …
#include <utility>

#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "jiedui/matcher/v1/record_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/fields.h"
#include "tools/cli/reflection.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"
#include "tools/cli/stay_arguments.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Message;

absl::Status RunCheckIn(Session& session, const Arguments& arguments) {
  matcher::v1::CheckInRequest request;
  ASSIGN_OR_RETURN(*request.mutable_pairing(),
                   ResolveName(session, "pairings", arguments.Get("PAIRING")));
  request.set_volunteer(FullName("volunteers", arguments.Get("volunteer")));
  request.set_etag(arguments.Get("etag"));
  request.set_note(arguments.Get("note"));
  matcher::v1::ServiceRecord record;
  RETURN_IF_ERROR(session.Call("MatcherService.CheckIn", request, &record));
  session.ShowChanged(record);
  return absl::OkStatus();
}

std::vector<Argument> WhereAndWho(Text who) {
  return {Positional("PAIRING", {"结对名称，或需求名称",
                                 "name of the pairing or of its demand"}),
          Value("volunteer", "NAME", std::move(who)),
          Value("note", "TEXT", {"说明", "remark"}),
          Value("etag", "ETAG",
                {"只在结对仍是这个版本时执行",
                 "only while the pairing is this version"})};
}

Command CheckInCommand() {
  Command command;
  command.name = "check-in";
  command.summary = {"签到：开始一次服务", "check in: a stay begins"};
  command.arguments =
      WhereAndWho({"谁到场（默认专家）", "who is there (the expert)"});
  command.examples = {{"jiedui service check-in D00000001",
                       {"专家到场", "the expert has come"}}};
  command.run = RunCheckIn;
  return command;
}

absl::Status RunAddLate(Session& session, const Arguments& arguments) {
  matcher::v1::AddLateRecordRequest request;
  ASSIGN_OR_RETURN(*request.mutable_pairing(),
                   ResolveName(session, "pairings", arguments.Get("PAIRING")));
  request.set_volunteer(FullName("volunteers", arguments.Get("volunteer")));
  request.set_etag(arguments.Get("etag"));
  request.set_note(arguments.Get("note"));
  for (const std::string& reference : arguments.All("evidence")) {
    request.add_evidence(reference);
  }
  RETURN_IF_ERROR(FillStay(arguments, session.language(), &request));
  matcher::v1::ServiceRecord record;
  RETURN_IF_ERROR(
      session.Call("RecordService.AddLateRecord", request, &record));
  session.ShowChanged(record);
  return absl::OkStatus();
}

Command AddLateCommand() {
  Command command;
  command.name = "add-late";
  command.summary = {"补录一次服务，由他人审核后计入",
                     "enter a stay afterwards; it counts once approved"};
  command.arguments =
      WhereAndWho({"谁的服务（默认专家）", "whose service (the expert)"});
  command.arguments.push_back(Required(
      List("evidence", "REF",
           {"凭据：签到表、照片、证明的出处（可多个）",
            "where it is shown: a signed sheet, a photograph (several)"})));
  for (Argument& argument : StayArguments(/*required=*/true)) {
    command.arguments.push_back(std::move(argument));
  }
  command.examples = {
      {"jiedui service add-late D00000001 --start 2026-11-30T09:00 "
       "--end 2026-11-30T11:30 --travel-minutes 20 --evidence 签到表.jpg",
       {"昨天忘了签到", "yesterday's check-in was forgotten"}}};
  command.run = RunAddLate;
  return command;
}

absl::Status FillText(const Arguments& arguments, Language language,
                      Message* message) {
  SetText(*message, "text", arguments.Get("text"));
  return FillStay(arguments, language, message);
}

absl::Status FillTravel(const Arguments& arguments, Language language,
                        Message* message) {
  return SetField(message, "travel_minutes", {arguments.Get("travel-minutes")},
                  language);
}

std::vector<Verb> MeasuredVerbs() {
  return {{"check-out",
           "MatcherService.CheckOut",
           {"签退：结束一次服务", "check out: the stay ends"},
           false,
           {},
           {TravelArgument()},
           FillTravel,
           {{"jiedui service check-out S00000001 --note 讲解剪枝",
             {"离场", "on leaving"}}}},
          {"void",
           "MatcherService.VoidServiceRecord",
           {"作废：不再计入，仍可查看",
            "takes it out of all sums; it stays readable"},
           true,
           {},
           {},
           nullptr,
           {{"jiedui service void S00000001 --note 重复签到",
             {"说明原因", "with a reason"}}}}};
}

std::vector<Verb> LateVerbs() {
  return {{"approve",
           "RecordService.ApproveRecord",
           {"审核通过一条补录", "approve a late entry: it counts"},
           false,
           {},
           {},
           nullptr,
           {{"jiedui service approve S00000002", {"审核通过", "approve it"}}}},
          {"reject",
           "RecordService.RejectRecord",
           {"审核不通过一条补录", "reject a late entry"},
           true,
           {},
           {},
           nullptr,
           {{"jiedui service reject S00000002 --note 照片看不清",
             {"说明原因", "with a reason"}}}},
          {"supersede",
           "RecordService.SupersedeRecord",
           {"更正时间：另立一条，原记录保留",
            "set its times right: a new record, the old one stays"},
           true,
           {},
           StayArguments(/*required=*/true),
           FillStay,
           {{"jiedui service supersede S00000001 --start 2026-11-30T09:00 "
             "--end 2026-11-30T11:30 --note 忘记签退",
             {"忘记签退", "the check-out was forgotten"}}}},
          {"correct",
           "RecordService.RequestCorrection",
           {"志愿者申请更正一条记录", "ask for a record to be set right"},
           false,
           {},
           [] {
             std::vector<Argument> arguments =
                 StayArguments(/*required=*/false);
             arguments.push_back(Required(
                 Value("text", "TEXT", {"哪里不对", "what is wrong with it"})));
             return arguments;
           }(),
           FillText,
           {{"jiedui service correct S00000001 --text 提前到场 "
             "--start 2026-11-30T08:00 --end 2026-11-30T11:30",
             {"写明希望的时间", "with the times wished"}}}}};
}

}  // namespace

Command ServiceCommand() {
  const ResourceKind& kind = ServiceRecordKind();
  Command command;
  command.name = "service";
  command.summary = {"服务记录：签到、签退、补录、更正",
                     "service records: check in and out, late entries"};
  command.subcommands = {ListCommand(kind), ShowCommand(kind), CheckInCommand(),
                         AddLateCommand()};
  for (auto verbs : {MeasuredVerbs(), LateVerbs()}) {
    for (Verb& verb : verbs) {
      command.subcommands.push_back(VerbCommand(kind, std::move(verb)));
    }
  }
  return command;
}

}  // namespace jiedui::cli
