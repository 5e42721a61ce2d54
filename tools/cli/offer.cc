// jiedui offer …
#include <utility>

#include "jiedui/matcher/v1/dispatch_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/resources.h"

namespace jiedui::cli {

Command OfferCommand() {
  const ResourceKind& kind = OfferKind();
  Command command;
  command.name = "offer";
  command.summary = {"邀约：查看、接受、谢绝、撤回",
                     "offers: see, accept, decline, withdraw"};
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
                           {"没有时间", "no time"}}}}),
      VerbCommand(kind,
                  {"withdraw",
                   "DispatchService.WithdrawOffer",
                   {"由协调员撤回，改问下一位",
                    "withdraw it, as a coordinator; the next in line is asked"},
                   false,
                   {"VOLUNTEER_UNAVAILABLE", "MISTAKE", "OTHER"},
                   {},
                   nullptr,
                   {{"jiedui offer withdraw O00000001 --reason MISTAKE",
                     {"发错了", "sent by mistake"}}}})};
  return command;
}

}  // namespace jiedui::cli
