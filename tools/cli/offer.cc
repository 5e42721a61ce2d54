// jiedui offer …
#include <utility>

#include "tools/cli/commands.h"
#include "tools/cli/resources.h"

namespace jiedui::cli {

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

}  // namespace jiedui::cli
