#include "tools/cli/question.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "tools/cli/errors.h"
#include "tools/cli/fields.h"
#include "tools/cli/output.h"
#include "tools/cli/progress.h"
#include "tools/cli/question_page.h"
#include "tools/cli/session.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using matcher::v1::WhatIfRequest;

constexpr char kAsOfHelpZh[] = "基准日（默认今天），YYYY-MM-DD";
constexpr char kAsOfHelpEn[] = "day on which expiries are judged (today)";

Argument AsOf() { return Value("as-of", "DATE", {kAsOfHelpZh, kAsOfHelpEn}); }

// "volunteers/V00000012" for V00000012; teams and projects by their letters.
std::string ActorName(const std::string& name) {
  if (name.starts_with("T")) return FullName("teams", name);
  if (name.starts_with("P")) return FullName("projects", name);
  return FullName("volunteers", name);
}

// Makes the call, showing progress; the result and, where there are any, the
// changes.
template <typename Response, typename Request, typename Result>
absl::Status Ask(Session& session, std::string_view method,
                 const Request& request, Result* result,
                 Changes* changes = nullptr) {
  Progress progress(session.err(), session.err_is_terminal(),
                    base::Clock::System());
  Response response;
  return session.Stream(method, request, &response, [&] {
    if (response.has_result()) {
      *result = response.result();
      return absl::OkStatus();
    }
    if constexpr (requires { response.change(); }) {
      if (response.has_change()) {
        changes->push_back(response.change());
        return absl::OkStatus();
      }
    }
    const matcher::v1::RoundProgress& step = response.progress();
    progress.Show(
        Word(session.language(), "phase." + step.phase(), step.phase()),
        step.done(), step.total());
    return absl::OkStatus();
  });
}

// {"result":…,"changes":[…]}.
void ShowAnswerJson(Session& session, const google::protobuf::Message& result,
                    const Changes& changes) {
  std::vector<std::string> items;
  for (const auto& change : changes) items.push_back(CompactJson(change));
  session.ShowJson(absl::StrCat("{\"result\":", CompactJson(result), ",",
                                JsonList("changes", items).substr(1)));
}

template <typename Result>
void ShowAnswer(Session& session, const Result& result, const Changes& changes,
                std::string (*render)(const Result&, const Changes&,
                                      Language)) {
  if (session.json()) {
    ShowAnswerJson(session, result, changes);
  } else {
    session.out() << render(result, changes, session.language());
  }
}

absl::Status RunReplay(Session& session, const Arguments& arguments) {
  matcher::v1::ReplayRoundRequest request;
  request.set_name(FullName("rounds", arguments.Get("NAME")));
  matcher::v1::ReplayResult result;
  RETURN_IF_ERROR(Ask<matcher::v1::ReplayRoundResponse>(
      session, "MatcherService.ReplayRound", request, &result));
  if (session.json()) {
    session.ShowJson(CompactJson(result));
  } else {
    session.out() << RenderReplay(result, session.language());
  }
  if (result.identical()) return absl::OkStatus();
  return AlreadyTold(absl::DataLossError(result.round()));
}

absl::Status RunWhyNot(Session& session, const Arguments& arguments) {
  matcher::v1::ExplainWhyNotRequest request;
  request.set_demand(FullName("demands", arguments.Get("DEMAND")));
  request.set_resource(ActorName(arguments.Get("NAME")));
  request.set_as_of_date(arguments.Get("as-of"));
  if (arguments.Has("part")) {
    request.set_part(static_cast<type::v1::PartKind>(
        FindEnumValue(*type::v1::PartKind_descriptor(), arguments.Get("part"))
            ->number()));
  }
  matcher::v1::WhyNotResult result;
  Changes changes;
  RETURN_IF_ERROR(Ask<matcher::v1::ExplainWhyNotResponse>(
      session, "MatcherService.ExplainWhyNot", request, &result, &changes));
  ShowAnswer(session, result, changes, RenderWhyNot);
  return absl::OkStatus();
}

absl::Status RunValue(Session& session, const Arguments& arguments) {
  matcher::v1::AssessValueRequest request;
  request.set_resource(ActorName(arguments.Get("NAME")));
  request.set_as_of_date(arguments.Get("as-of"));
  matcher::v1::ValueResult result;
  Changes changes;
  RETURN_IF_ERROR(Ask<matcher::v1::AssessValueResponse>(
      session, "MatcherService.AssessValue", request, &result, &changes));
  ShowAnswer(session, result, changes, RenderValue);
  return absl::OkStatus();
}

// An option that says something only together with another.
absl::Status RequireWith(const Arguments& arguments, Language language,
                         const std::string& option, const std::string& other) {
  if (!arguments.Has(option) || arguments.Has(other)) return absl::OkStatus();
  return UsageError(
      Say(language, Msg::kMissingArgument, {{"name", "--" + other}}));
}

absl::Status FillOpenTier(const Arguments& arguments, Language language,
                          WhatIfRequest& request) {
  RETURN_IF_ERROR(RequireWith(arguments, language, "demand", "open-tier"));
  if (!arguments.Has("open-tier")) return absl::OkStatus();
  WhatIfRequest::OpenTier& open = *request.add_open_tiers();
  for (const std::string& demand : arguments.All("demand")) {
    open.add_demands(FullName("demands", demand));
  }
  return SetField(&open, "tier", {arguments.Get("open-tier")}, language);
}

absl::Status FillExperts(const Arguments& arguments, Language language,
                         WhatIfRequest& request) {
  for (const char* option : {"subject", "region", "tier"}) {
    RETURN_IF_ERROR(RequireWith(arguments, language, option, "add-experts"));
  }
  if (!arguments.Has("add-experts")) return absl::OkStatus();
  RETURN_IF_ERROR(RequireWith(arguments, language, "add-experts", "subject"));
  RETURN_IF_ERROR(RequireWith(arguments, language, "add-experts", "region"));
  WhatIfRequest::AddExperts& experts = *request.add_add_experts();
  RETURN_IF_ERROR(
      SetField(&experts, "count", {arguments.Get("add-experts")}, language));
  RETURN_IF_ERROR(
      SetField(&experts, "subject", {arguments.Get("subject")}, language));
  RETURN_IF_ERROR(
      SetField(&experts, "region", {arguments.Get("region")}, language));
  if (!arguments.Has("tier")) return absl::OkStatus();
  return SetField(&experts, "tier", {arguments.Get("tier")}, language);
}

absl::Status FillCounties(const Arguments& arguments, Language language,
                          WhatIfRequest& request) {
  for (const std::string& county : arguments.All("close-county")) {
    WhatIfRequest::AddExperts place;  // reads names and codes of regions
    RETURN_IF_ERROR(SetField(&place, "region", {county}, language));
    request.add_close_counties(place.region());
  }
  return absl::OkStatus();
}

absl::Status RunWhatIf(Session& session, const Arguments& arguments) {
  WhatIfRequest request;
  request.set_as_of_date(arguments.Get("as-of"));
  RETURN_IF_ERROR(FillOpenTier(arguments, session.language(), request));
  RETURN_IF_ERROR(FillExperts(arguments, session.language(), request));
  RETURN_IF_ERROR(FillCounties(arguments, session.language(), request));
  for (const std::string& name : arguments.All("without")) {
    request.add_without(ActorName(name));
  }
  matcher::v1::WhatIfResult result;
  Changes changes;
  RETURN_IF_ERROR(Ask<matcher::v1::WhatIfResponse>(
      session, "MatcherService.WhatIf", request, &result, &changes));
  if (session.json()) {
    ShowAnswerJson(session, result, changes);
    return absl::OkStatus();
  }
  session.out() << RenderComparison(result.comparison(), changes,
                                    session.language())
                << session.Say(Msg::kWhatIfDry) << "\n";
  return absl::OkStatus();
}

}  // namespace

Command ReplayCommand() {
  Command command;
  command.name = "replay";
  command.summary = {"从日志重算一轮，逐字节核对",
                     "derive a past round again and compare the bytes"};
  command.details = {
      "按日志重建该轮所用的数据，重新结对、独立核对，再与当时写入的逐字节比较；"
      "不作任何改动。结果不同时退出码为 8。",
      "Rebuilds from the journal what the round was solved over, solves and "
      "judges again, and\ncompares with what was committed then; changes "
      "nothing. Exit code 8 when it differs."};
  command.arguments = {Positional("NAME", {"轮次名称", "name of the round"})};
  command.examples = {
      {"jiedui round replay 3f2a9c0d11e4b576", {"重算这一轮", "this round"}}};
  command.run = RunReplay;
  return command;
}

Command WhatIfCommand() {
  Command command;
  command.name = "what-if";
  command.summary = {"假如…会怎样：只推演，不生效",
                     "what a round would reach if …; commits nothing"};
  command.details = {
      "各选项可同时使用。关闭一个县：它的需求、志愿者、队伍都不参加，项目、企业"
      "、"
      "产业仍在。新增的专家为副高、熟练度 "
      "4、现场与远程均可、每日有空、每人可接两项。",
      "Options may be combined. Closing a county takes its demands, volunteers "
      "and teams out;\nprojects, enterprises and specialties stay. Experts "
      "added are associate seniors of\nproficiency 4 who serve on site and "
      "remotely, are free every day, and take two\npairings each."};
  command.arguments = {
      Value("open-tier", "TIER",
            {"开放到这一层级（省、地级市、县、乡镇）",
             "open this tier and all below (province, city, county, "
             "township)"}),
      List("demand", "NAME",
           {"只对这些需求开放（默认全部）", "only to these demands (all)"}),
      Value("add-experts", "K", {"新增几名专家", "so many experts more"}),
      Value("subject", "SUBJECT", {"他们的学科", "their subject"}),
      Value("region", "REGION", {"他们所在地区", "where they are"}),
      Value("tier", "TIER",
            {"他们所属层级（默认按地区）", "their tier (the region's own)"}),
      List("close-county", "REGION",
           {"关闭这个县（市、区）", "close this county"}),
      List("without", "NAME",
           {"去掉这名志愿者、这支队伍或这个项目",
            "without this volunteer, team or project"}),
      AsOf()};
  command.examples = {
      {"jiedui round what-if --open-tier 省 --demand D00000001",
       {"对一项需求开放省级", "the province's tier, for one demand"}},
      {"jiedui round what-if --add-experts 3 --subject 园艺学 --region "
       "广东省/茂名市/高州市",
       {"高州多三名园艺专家", "three more horticulturists in Gaozhou"}},
      {"jiedui round what-if --close-county 440981 --without V00000012 -o json",
       {"几种变化一起推演", "several changes at once, for scripts"}}};
  command.run = RunWhatIf;
  return command;
}

Command ValueCommand() {
  Command command;
  command.name = "value";
  command.summary = {"一名志愿者（队伍、项目）对一轮的价值",
                     "what a round would lose without somebody"};
  command.details = {
      "没有其参加，这一轮会失去什么；若不服务现在这些需求，又会服务哪些。只推演"
      "，"
      "不生效。",
      "What a round would lose without this volunteer, team or project, and "
      "what they would\nserve if not what they do. Commits nothing."};
  command.arguments = {Positional("NAME", {"志愿者、队伍或项目",
                                           "a volunteer, team or project"}),
                       AsOf()};
  command.examples = {
      {"jiedui round value V00000012", {"一名志愿者", "a volunteer"}}};
  command.run = RunValue;
  return command;
}

Command WhyNotCommand() {
  Command command;
  command.name = "why-not";
  command.summary = {"为什么不配某人：哪些条件不符，或换成其的代价",
                     "why somebody is not proposed, or what it would cost"};
  command.details = {
      "条件不符时列出须同时放宽的全部条件；都符合时，推演把其固定在该部分的一轮"
      "，"
      "并列出得失。不作任何改动。",
      "Names all conditions that would have to be lifted; when there are none, "
      "tries a round\nwith them held in the part and shows what is gained and "
      "lost. Changes nothing."};
  command.arguments = {
      Positional("DEMAND", {"需求名称", "name of the demand"}),
      Positional("NAME",
                 {"志愿者、队伍或项目", "a volunteer, team or project"}),
      OneOf(Value("part", "PART",
                  {"志愿者担任的部分（默认专家）",
                   "the part a volunteer would fill (expert)"}),
            {"expert", "talents", "team", "project"}),
      AsOf()};
  command.examples = {{"jiedui pairing why-not D00000001 V00000012",
                       {"为什么不是这位专家", "why not this expert"}},
                      {"jiedui pairing why-not D00000001 T00000003",
                       {"为什么不是这支队伍", "why not this team"}}};
  command.run = RunWhyNot;
  return command;
}

}  // namespace jiedui::cli
