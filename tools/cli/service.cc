// jiedui offer …, jiedui service …
#include <utility>

#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/fields.h"
#include "tools/cli/reflection.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

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

Command CheckInCommand() {
  Command command;
  command.name = "check-in";
  command.summary = {"签到：开始一次服务", "check in: a stay begins"};
  command.arguments = {
      Positional("PAIRING", {"结对名称，或需求名称",
                             "name of the pairing or of its demand"}),
      Value("volunteer", "NAME",
            {"谁到场（默认专家）", "who is there (the expert)"}),
      Value("note", "TEXT", {"说明", "remark"}),
      Value("etag", "ETAG",
            {"只在结对仍是这个版本时执行",
             "only while the pairing is this version"})};
  command.examples = {{"jiedui service check-in D00000001",
                       {"专家到场", "the expert has come"}}};
  command.run = RunCheckIn;
  return command;
}

}  // namespace

Command OfferCommand() {
  const ResourceKind& kind = OfferKind();
  Command command;
  command.name = "offer";
  command.summary = {"邀约：查看、接受、谢绝", "offers: see, accept, decline"};
  command.subcommands = {
      ListCommand(kind), ShowCommand(kind),
      VerbCommand(kind,
                  {"accept",
                   "MatcherService.AcceptOffer",
                   {"接受", "accept it"},
                   false,
                   {},
                   {},
                   nullptr,
                   {{"jiedui offer accept O00000001", {"接受", "accept it"}}}}),
      VerbCommand(kind, {"decline",
                         "MatcherService.DeclineOffer",
                         {"谢绝，以后不再提议给这项需求",
                          "decline it; not proposed for this demand again"},
                         false,
                         {"NO_TIME", "WRONG_SPECIALISM", "TOO_FAR",
                          "CONFLICT_OF_INTEREST", "ILL", "OTHER"},
                         {},
                         nullptr,
                         {{"jiedui offer decline O00000001 --reason NO_TIME",
                           {"没有时间", "no time"}}}})};
  return command;
}

Command ServiceCommand() {
  const ResourceKind& kind = ServiceRecordKind();
  Command command;
  command.name = "service";
  command.summary = {"服务记录：签到、签退、作废",
                     "service records: check in, check out, void"};
  command.subcommands = {
      ListCommand(kind), ShowCommand(kind), CheckInCommand(),
      VerbCommand(kind, {"check-out",
                         "MatcherService.CheckOut",
                         {"签退：结束一次服务", "check out: the stay ends"},
                         false,
                         {},
                         {},
                         nullptr,
                         {{"jiedui service check-out S00000001 --note 讲解剪枝",
                           {"离场", "on leaving"}}}}),
      VerbCommand(kind, {"void",
                         "MatcherService.VoidServiceRecord",
                         {"作废：不再计入，仍可查看",
                          "takes it out of all sums; it stays readable"},
                         true,
                         {},
                         {},
                         nullptr,
                         {{"jiedui service void S00000001 --note 重复签到",
                           {"说明原因", "with a reason"}}}})};
  return command;
}

}  // namespace jiedui::cli
