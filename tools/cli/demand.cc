// jiedui demand …
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/status_macros.h"
#include "jiedui/demand/v1/demand_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/display.h"
#include "tools/cli/errors.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

using demand::v1::Demand;

// From here on a draft is taken for one that is there already.
constexpr int64_t kSameFrom = 800'000;

std::string Percent(int64_t millionths) {
  return absl::StrFormat("%d.%d %%", millionths / 10'000,
                         millionths / 1'000 % 10);
}

// Shows what the draft probably repeats. ALREADY_EXISTS when something is too
// similar and --yes was not given.
absl::Status CheckDuplicates(Session& session, const Demand& draft,
                             bool insist) {
  demand::v1::FindDuplicateDemandsRequest request;
  demand::v1::FindDuplicateDemandsResponse response;
  *request.mutable_demand() = draft;
  RETURN_IF_ERROR(
      session.Call("DemandService.FindDuplicateDemands", request, &response));
  if (response.duplicates().empty()) return absl::OkStatus();
  std::vector<std::vector<std::string>> rows;
  bool same = false;
  for (const demand::v1::DuplicateDemand& one : response.duplicates()) {
    rows.push_back({Percent(one.similarity()), one.demand().name(),
                    FieldText(one.demand(), "state", session.language()),
                    one.demand().title(), one.demand().requester().name()});
    same = same || one.similarity() >= kSameFrom;
  }
  session.err() << session.Say(Msg::kDuplicates) << "\n"
                << RenderTable(
                       {{session.Say(Msg::kSimilarity)},
                        {Text{"名称", "Name"}.In(session.language())},
                        {Text{"状态", "State"}.In(session.language())},
                        {Text{"标题", "Title"}.In(session.language()), 44},
                        {session.Say(Msg::kWho), 24}},
                       rows);
  if (!same || insist) return absl::OkStatus();
  return absl::AlreadyExistsError(session.Say(Msg::kDuplicateRefused));
}

absl::Status RunPost(Session& session, const Arguments& arguments) {
  demand::v1::CreateDemandRequest request;
  std::vector<std::string> changed;
  RETURN_IF_ERROR(FillFields(DemandKind(), arguments, session.language(),
                             request.mutable_demand(), &changed));
  request.set_submit(arguments.Has("submit"));
  request.set_validate_only(arguments.Has("dry-run"));
  RETURN_IF_ERROR(
      CheckDuplicates(session, request.demand(), arguments.Has("yes")));
  Demand created;
  RETURN_IF_ERROR(
      session.Call("DemandService.CreateDemand", request, &created));
  if (request.validate_only() && !session.json()) {
    session.out() << session.Say(Msg::kChecked) << "\n";
  } else {
    session.ShowChanged(created);
  }
  return absl::OkStatus();
}

Command PostCommand() {
  Command command;
  command.name = "post";
  command.summary = {"发布一项需求", "post a demand"};
  command.details = {
      "先列出可能重复的需求；与已有需求太相似时不提交，除非加 --yes。\n"
      "地区可写代码或地名，学科、产业可写代码或名称，其余选项可写中文或英文。",
      "Probable duplicates are shown first; a demand that is too similar to a "
      "known one is not posted without --yes.\nRegions may be codes or places, "
      "subjects and industries codes or names, other values words of either "
      "language."};
  command.arguments = FieldArguments(DemandKind());
  for (Argument& argument : std::vector<Argument>{
           Flag("submit", {"同时提交核实", "submit it at once"}),
           Flag("dry-run", {"只检查，不发布", "only check"}),
           Flag("yes", {"确认不是重复的需求", "it is not a duplicate"})}) {
    command.arguments.push_back(std::move(argument));
  }
  command.examples = {
      {"jiedui demand post --title 荔枝采后保鲜 "
       "--requester-name 高州市根子镇柏桥荔枝合作社 --requester-kind 乡村 "
       "--region 广东省/茂名市/高州市/根子镇 --library 需求库 "
       "--action 乡村振兴 --subjects 园艺学 "
       "--urgency 紧急 --submit",
       {"直接填写", "by options"}},
      {"jiedui demand post --file demand.json --dry-run",
       {"先检查 JSON 文件", "check a JSON file first"}}};
  command.run = RunPost;
  return command;
}

absl::Status RunWatch(Session& session, const Arguments& arguments) {
  demand::v1::WatchDemandChangesRequest request;
  uint64_t after = 0;
  if (arguments.Has("after") &&
      !absl::SimpleAtoi(arguments.Get("after"), &after)) {
    return UsageError(
        session.Say(Msg::kBadNumber, {{"name", "--after"},
                                      {"value", arguments.Get("after")},
                                      {"min", "0"},
                                      {"max", "18446744073709551615"}}));
  }
  request.set_after_revision(after);
  demand::v1::DemandChange change;
  return session.Stream(
      "DemandService.WatchDemandChanges", request, &change, [&] {
        if (session.json()) {
          session.out() << CompactJson(change) << std::endl;
        } else {
          session.out() << change.revision() << "  " << change.demand().name()
                        << "  "
                        << FieldText(change.demand(), "state",
                                     session.language())
                        << "  " << change.demand().title() << std::endl;
        }
        return absl::OkStatus();
      });
}

Command WatchCommand() {
  Command command;
  command.name = "watch";
  command.summary = {"持续显示需求的变化", "show changes as they come"};
  command.details = {"一行一项变化，行首是版本号；-o json 时一行一个 JSON。",
                     "One line a change, its revision first; with -o json one "
                     "JSON object a line."};
  command.arguments = {
      Value("after", "REV",
            {"只看这个版本之后的", "only changes after this revision"})};
  command.examples = {{"jiedui demand watch --after 120 -o json",
                       {"从版本 120 之后接着看", "go on after revision 120"}}};
  command.run = RunWatch;
  return command;
}

}  // namespace

Command DemandCommand() {
  const ResourceKind& kind = DemandKind();
  Command show = ShowCommand(kind);
  show.examples = {
      {"jiedui demand show D00000001", {"省去 demands/", "without demands/"}}};
  Command update = UpdateCommand(kind);
  update.examples = {
      {"jiedui demand update D00000001 --set urgency=紧急 "
       "--set parts.talents_count=3",
       {"改两个字段", "change two fields"}}};
  Command command;
  command.name = "demand";
  command.summary = {"需求：发布、核实、查找", "demands: post, verify, find"};
  command.subcommands = {ListCommand(kind), std::move(show), PostCommand(),
                         std::move(update), WatchCommand()};
  for (Verb& verb : std::vector<Verb>{
           {"submit",
            "DemandService.SubmitDemand",
            {"提交核实：草稿、退回 → 待核实", "submit it for verification"}},
           {"verify",
            "DemandService.VerifyDemand",
            {"核实：待核实 → 待结对", "vouch for it: it takes part in rounds"}},
           {"return",
            "DemandService.ReturnDemand",
            {"退回修改：待核实 → 退回", "send it back to be mended"},
            true},
           {"reject",
            "DemandService.RejectDemand",
            {"驳回", "reject it"},
            true},
           {"withdraw",
            "DemandService.WithdrawDemand",
            {"撤回（需求方）", "take it back, for the requester"}},
           {"suspend",
            "DemandService.SuspendDemand",
            {"暂停", "suspend it"},
            true},
           {"resume",
            "DemandService.ResumeDemand",
            {"恢复", "resume it where it was"}},
           {"reopen",
            "DemandService.ReopenDemand",
            {"重开：撤回、驳回、过期、已交付、办结 → 待核实",
             "reopen it: the undo"},
            true},
           {"close",
            "DemandService.CloseDemand",
            {"办结：已评价 → 办结", "close it after evaluation"}}}) {
    verb.examples = {{absl::StrCat("jiedui demand ", verb.name, " D00000001",
                                   verb.note_required ? " --note TEXT" : ""),
                      verb.summary}};
    command.subcommands.push_back(VerbCommand(kind, std::move(verb)));
  }
  return command;
}

}  // namespace jiedui::cli
