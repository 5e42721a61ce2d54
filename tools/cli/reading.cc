// jiedui reading …
#include <utility>

#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/record_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/fields.h"
#include "tools/cli/reflection.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Message;

Argument ValueArgument() {
  return Required(Value("value", "N", {"读数", "what was read"}));
}

Argument SourceArgument() {
  return Required(
      Value("source", "TEXT", {"数据出处", "where the figure is from"}));
}

absl::Status FillFigure(const Arguments& arguments, Language language,
                        Message* request) {
  SetText(*request, "source", arguments.Get("source"));
  return SetField(request, "value", {arguments.Get("value")}, language);
}

absl::Status RunBaseline(Session& session, const Arguments& arguments) {
  matcher::v1::SetIndustryBaselineRequest request;
  ASSIGN_OR_RETURN(*request.mutable_pairing(),
                   ResolveName(session, "pairings", arguments.Get("PAIRING")));
  RETURN_IF_ERROR(FillFigure(arguments, session.language(), &request));
  request.set_indicator(arguments.Get("indicator"));
  request.set_unit(arguments.Get("unit"));
  request.set_note(arguments.Get("note"));
  request.set_etag(arguments.Get("etag"));
  matcher::v1::Reading reading;
  RETURN_IF_ERROR(
      session.Call("RecordService.SetIndustryBaseline", request, &reading));
  session.ShowChanged(reading);
  return absl::OkStatus();
}

Command BaselineCommand() {
  Command command;
  command.name = "baseline";
  command.summary = {"填报要带动的产业的基线，服务开始前可重填",
                     "set the baseline of the industry, until the service "
                     "begins"};
  command.arguments = {
      Positional("PAIRING", {"结对名称，或需求名称",
                             "name of the pairing or of its demand"}),
      ValueArgument(),
      Required(Value("indicator", "TEXT", {"指标", "what is measured"})),
      Value("unit", "TEXT", {"单位", "its unit"}),
      SourceArgument(),
      Value("note", "TEXT", {"说明", "remark"}),
      Value("etag", "ETAG",
            {"只在基线仍是这个版本时执行",
             "only while the baseline is this version"})};
  command.examples = {
      {"jiedui reading baseline D00000001 --indicator 荔枝亩产值 --unit 元 "
       "--value 8000 --source 镇统计站",
       {"批准之后、服务之前", "after approval, before the service"}}};
  command.run = RunBaseline;
  return command;
}

}  // namespace

Command ReadingCommand() {
  const ResourceKind& kind = ReadingKind();
  Command command;
  command.name = "reading";
  command.summary = {"产业读数：基线与完成后 3、6、12 个月",
                     "readings of the industry: baseline, 3, 6, 12 months"};
  command.subcommands = {
      ListCommand(kind), ShowCommand(kind), BaselineCommand(),
      VerbCommand(kind, {"record",
                         "RecordService.RecordReading",
                         {"填报一次读数", "give a reading that is asked for"},
                         false,
                         {},
                         {ValueArgument(), SourceArgument()},
                         FillFigure,
                         {{"jiedui reading record D00000001-cbb686fd-03 "
                           "--value 9000 --source 合作社账本",
                           {"完成三个月后", "after three months"}}}})};
  return command;
}

}  // namespace jiedui::cli
