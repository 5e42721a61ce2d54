// jiedui correction …
#include <utility>

#include "tools/cli/commands.h"
#include "tools/cli/resources.h"
#include "tools/cli/stay_arguments.h"

namespace jiedui::cli {

Command CorrectionCommand() {
  const ResourceKind& kind = CorrectionKind();
  Command command;
  command.name = "correction";
  command.summary = {"更正申请：查看、采纳、不采纳",
                     "requests for correction: see, grant, refuse"};
  command.subcommands = {
      ListCommand(kind), ShowCommand(kind),
      VerbCommand(kind, {"grant",
                         "RecordService.GrantCorrection",
                         {"采纳：按所申请的（或另给的）时间更正记录",
                          "grant it: the record gets the times wished, or "
                          "those given"},
                         false,
                         {},
                         StayArguments(/*required=*/false),
                         FillStay,
                         {{"jiedui correction grant C00000001",
                           {"按所申请的时间", "with the times wished"}}}}),
      VerbCommand(kind, {"refuse",
                         "RecordService.RefuseCorrection",
                         {"不采纳，记录不变", "refuse it; the record stays"},
                         true,
                         {},
                         {},
                         nullptr,
                         {{"jiedui correction refuse C00000001 "
                           "--note 签到表上没有",
                           {"说明原因", "with a reason"}}}})};
  return command;
}

}  // namespace jiedui::cli
