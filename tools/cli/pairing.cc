// jiedui pairing …
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "jiedui/demand/v1/demand_service.pb.h"
#include "jiedui/matcher/v1/dispatch_service.pb.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/display.h"
#include "tools/cli/errors.h"
#include "tools/cli/fields.h"
#include "tools/cli/pairing_page.h"
#include "tools/cli/question.h"
#include "tools/cli/reflection.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"
#include "tools/cli/timeline.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Message;
using matcher::v1::Pairing;

using Messages = std::vector<std::unique_ptr<Message>>;

// All resources of a kind that belong to a pairing.
absl::Status FetchMessages(Session& session, const ResourceKind& kind,
                           const std::string& pairing, Messages* messages) {
  bool more = false;
  return FetchAll(session, kind, absl::StrCat("pairing = \"", pairing, "\""),
                  "", 0, messages, &more);
}

absl::Status FetchNames(Session& session, const ResourceKind& kind,
                        const std::string& pairing,
                        std::vector<std::string>* names) {
  Messages messages;
  RETURN_IF_ERROR(FetchMessages(session, kind, pairing, &messages));
  for (const auto& message : messages) {
    names->push_back(GetText(*message, "name"));
  }
  return absl::OkStatus();
}

// All offers, or all service records, of a pairing.
template <typename Resource>
absl::Status FetchOf(Session& session, const ResourceKind& kind,
                     const std::string& pairing,
                     std::vector<Resource>* resources) {
  Messages messages;
  RETURN_IF_ERROR(FetchMessages(session, kind, pairing, &messages));
  for (const auto& message : messages) {
    resources->push_back(static_cast<const Resource&>(*message));
  }
  return absl::OkStatus();
}

absl::Status FetchPage(Session& session, const std::string& name,
                       PairingPage* page) {
  matcher::v1::GetPairingRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(),
                   ResolveName(session, "pairings", name));
  RETURN_IF_ERROR(
      session.Call("MatcherService.GetPairing", request, &page->pairing));
  if (session.json()) return absl::OkStatus();
  demand::v1::GetDemandRequest demand;
  demand.set_name(page->pairing.demand());
  RETURN_IF_ERROR(
      session.Call("DemandService.GetDemand", demand, &page->demand));
  RETURN_IF_ERROR(
      FetchOf(session, OfferKind(), page->pairing.name(), &page->offers));
  return FetchOf(session, ServiceRecordKind(), page->pairing.name(),
                 &page->records);
}

absl::Status RunShow(Session& session, const Arguments& arguments) {
  PairingPage page;
  RETURN_IF_ERROR(FetchPage(session, arguments.Get("NAME"), &page));
  if (session.json()) {
    session.ShowJson(CompactJson(page.pairing));
  } else {
    session.out() << RenderPairingPage(page, session.language());
  }
  return absl::OkStatus();
}

// The pairing with its search, offers, visits, records, corrections and
// readings, by time.
absl::Status RunTimeline(Session& session, const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string name,
                   ResolveName(session, "pairings", arguments.Get("NAME")));
  matcher::v1::GetPairingRequest request;
  request.set_name(name);
  Pairing pairing;
  RETURN_IF_ERROR(session.Call("MatcherService.GetPairing", request, &pairing));
  // With the search that led to it, and goes on when it falls.
  ASSIGN_OR_RETURN(const std::string dispatch,
                   ResolveName(session, "dispatches", pairing.demand()));
  std::vector<std::string> subjects = {name, dispatch};
  for (const ResourceKind* kind :
       {&OfferKind(), &VisitKind(), &ServiceRecordKind(), &CorrectionKind(),
        &ReadingKind()}) {
    RETURN_IF_ERROR(FetchNames(session, *kind, name, &subjects));
  }
  std::vector<event::v1::Event> events;
  RETURN_IF_ERROR(FetchEventsOf(session, "matcher", subjects, &events));
  ShowEvents(session, events);
  return absl::OkStatus();
}

// What the other side may see of it.
absl::Status RunView(Session& session, const Arguments& arguments) {
  matcher::v1::ViewPairingRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(),
                   ResolveName(session, "pairings", arguments.Get("NAME")));
  matcher::v1::ViewPairingResponse view;
  RETURN_IF_ERROR(session.Call("DispatchService.ViewPairing", request, &view));
  if (session.json()) {
    session.ShowJson(CompactJson(view));
    return absl::OkStatus();
  }
  session.out() << view.headline() << "\n";
  if (!view.requester().empty()) session.out() << view.requester() << "\n";
  for (const auto& person : view.people()) {
    session.out() << absl::StrJoin(
                         std::vector<std::string>{
                             FieldText(person, "part", session.language()),
                             person.display_name(),
                             FieldText(person, "title", session.language()),
                             person.place()},
                         " · ")
                  << "\n";
  }
  return absl::OkStatus();
}

const std::vector<std::string>& PartChoices() {
  static const auto* const choices = new std::vector<std::string>{
      "expert", "project", "team", "enterprise", "talents", "industry"};
  return *choices;
}

type::v1::PartKind PartOf(const std::string& choice) {
  return static_cast<type::v1::PartKind>(
      FindEnumValue(*type::v1::PartKind_descriptor(), choice)->number());
}

// The collection of what can fill a part.
std::string CollectionOf(type::v1::PartKind part) {
  switch (part) {
    case type::v1::PART_KIND_PROJECT:
      return "projects";
    case type::v1::PART_KIND_TEAM:
      return "teams";
    case type::v1::PART_KIND_ENTERPRISE:
      return "enterprises";
    case type::v1::PART_KIND_INDUSTRY:
      return "specialties";
    default:
      return "volunteers";
  }
}

absl::Status FillOverride(const Arguments& arguments, Language language,
                          Message* message) {
  auto* request = static_cast<matcher::v1::OverridePairingRequest*>(message);
  request->set_part(PartOf(arguments.Get("part")));
  for (const std::string& resource : arguments.All("resource")) {
    request->add_resources(FullName(CollectionOf(request->part()), resource));
  }
  return absl::OkStatus();
}

absl::Status FillLock(const Arguments& arguments, Language language,
                      Message* message) {
  auto* request = static_cast<matcher::v1::LockPairingRequest*>(message);
  for (const std::string& part : arguments.All("part")) {
    request->add_parts(PartOf(part));
  }
  return absl::OkStatus();
}

absl::Status FillComplete(const Arguments& arguments, Language language,
                          Message* message) {
  auto* request = static_cast<matcher::v1::CompletePairingRequest*>(message);
  RETURN_IF_ERROR(SetField(request->mutable_outcome(), "reached",
                           {arguments.Get("reached")}, language));
  request->mutable_outcome()->set_summary(arguments.Get("summary"));
  return absl::OkStatus();
}

absl::Status FillEvaluate(const Arguments& arguments, Language language,
                          Message* message) {
  auto* request = static_cast<matcher::v1::EvaluatePairingRequest*>(message);
  matcher::v1::Evaluation& evaluation = *request->mutable_evaluation();
  evaluation.set_side(arguments.Get("side") == "requester"
                          ? matcher::v1::Evaluation::SIDE_REQUESTER
                          : matcher::v1::Evaluation::SIDE_VOLUNTEER);
  evaluation.set_stars(arguments.Get("stars").front() - '0');
  evaluation.set_comment(arguments.Get("comment"));
  return absl::OkStatus();
}

Example ExampleOf(const std::string& line, Text what) {
  return {"jiedui pairing " + line, std::move(what)};
}

std::vector<Verb> ReviewVerbs() {
  return {
      {"approve",
       "MatcherService.ApprovePairing",
       {"批准并发出邀约", "approve it and send the offers"},
       false,
       {},
       {},
       nullptr,
       {ExampleOf("approve D00000001 D00000002",
                  {"一次批准两个", "approve two of them"})}},
      {"reject",
       "MatcherService.RejectPairing",
       {"驳回，该专家不再提议给这项需求",
        "reject it; its expert is not proposed again"},
       true,
       {"WRONG_SPECIALISM", "TOO_FAR", "UNSUITABLE", "DUPLICATE", "OTHER"},
       {},
       nullptr,
       {ExampleOf("reject D00000001 --reason TOO_FAR --note 路程四小时",
                  {"说明原因", "with a reason"})}},
      {"override",
       "MatcherService.OverridePairing",
       {"改配：某一部分换人，并记下代价",
        "choose somebody else for one part; the regret is kept"},
       true,
       {"LOCAL_KNOWLEDGE", "REQUESTED_BY_NAME", "RECENT_CONTACT", "BETTER_FIT",
        "OTHER"},
       {Required(OneOf(Value("part", "PART", {"哪一部分", "which part"}),
                       PartChoices())),
        Required(List(
            "resource", "NAME",
            {"换成谁（人才可给多个）", "who instead (talents: several)"}))},
       FillOverride,
       {ExampleOf("override D00000001 --part expert --resource V00000012 "
                  "--reason LOCAL_KNOWLEDGE --note 熟悉当地果园",
                  {"换一位专家", "another expert"})}},
      {"lock",
       "MatcherService.LockPairing",
       {"锁定：以后各轮不再改动", "keep it through every later round"},
       false,
       {},
       {OneOf(List("part", "PART",
                   {"只锁定这一部分（默认全部已落实的）",
                    "only this part (all that are filled)"}),
              PartChoices())},
       FillLock,
       {ExampleOf("lock D00000001 --part expert",
                  {"只锁定专家", "the expert only"})}},
      {"unlock",
       "MatcherService.UnlockPairing",
       {"解锁", "let rounds decide again"},
       false,
       {},
       {},
       nullptr,
       {ExampleOf("unlock D00000001", {"解锁", "unlock it"})}},
      {"cancel",
       "MatcherService.CancelPairing",
       {"取消，需求重新待结对", "cancel it; the demand is open again"},
       true,
       {"DEMAND_CHANGED", "VOLUNTEER_UNAVAILABLE", "MISTAKE", "OTHER"},
       {},
       nullptr,
       {ExampleOf("cancel D00000001 --reason DEMAND_CHANGED --note 改期",
                  {"说明原因", "with a reason"})}},
  };
}

std::vector<Verb> EndVerbs() {
  return {
      {"complete",
       "MatcherService.CompletePairing",
       {"完成并填写成效", "complete it with the outcome"},
       false,
       {},
       {Required(Value("reached", "N",
                       {"指标达到的数值", "value of the metric reached"})),
        Value("summary", "TEXT", {"做成了什么", "what was achieved"})},
       FillComplete,
       {ExampleOf("complete D00000001 --reached 8 --summary 腐烂率降到8%",
                  {"填写成效", "with the outcome"})}},
      {"evaluate",
       "MatcherService.EvaluatePairing",
       {"评价；双方都评过即为已互评", "evaluate it, one side at a time"},
       false,
       {},
       {Required(OneOf(Value("side", "SIDE", {"评价方", "who evaluates"}),
                       {"requester", "volunteer"})),
        Required(OneOf(Value("stars", "N", {"星级", "stars"}),
                       {"1", "2", "3", "4", "5"})),
        Value("comment", "TEXT", {"评语", "in words"})},
       FillEvaluate,
       {ExampleOf("evaluate D00000001 --side requester --stars 5 "
                  "--comment 很管用",
                  {"需求方评价", "the requester's side"})}},
  };
}

Command PageCommand() {
  Command command = ShowCommand(PairingKind());
  command.details = {
      "一页看清：需求、六个部分各是谁、为什么、缺什么、下一步输入什么命令。",
      "One page: the demand, who fills each of the six parts and why, what is "
      "missing, and what to type next."};
  command.examples = {
      ExampleOf("show D00000001", {"看一个结对", "one pairing"})};
  command.run = RunShow;
  return command;
}

Command ViewCommand() {
  Command command;
  command.name = "view";
  command.summary = {"对方能看到的：双方接受前只有姓氏、职称、县",
                     "what the other side sees: until both have accepted, "
                     "family names, titles and counties"};
  command.arguments = {
      Positional("NAME", {"名称，或需求名称", "its name or its demand's"})};
  command.examples = {ExampleOf("view D00000001", {"对方看到的", "the view"})};
  command.run = RunView;
  return command;
}

Command TimelineCommand() {
  Command command;
  command.name = "timeline";
  command.summary = {"结对、派单、邀约、走访、服务记录的经过",
                     "what happened to it, its search, offers, visits and "
                     "records"};
  command.arguments = {
      Positional("NAME", {"名称，或需求名称", "its name or its demand's"})};
  command.examples = {
      ExampleOf("timeline D00000001", {"按时间列出", "by time"})};
  command.run = RunTimeline;
  return command;
}

}  // namespace

Command PairingCommand() {
  Command command;
  command.name = "pairing";
  command.summary = {"结对：查看、审核、改配、完成、评价",
                     "pairings: see, review, complete, evaluate"};
  command.details = {
      "名称可写 D00000001-cbb686fd，也可只写需求名 D00000001：指它当前的结对。",
      "A pairing is named D00000001-cbb686fd, or by its demand alone, "
      "D00000001:\nthe one that serves it now."};
  command.subcommands = {ListCommand(PairingKind()), PageCommand(),
                         WhyNotCommand()};
  for (auto verbs : {ReviewVerbs(), EndVerbs()}) {
    for (Verb& verb : verbs) {
      command.subcommands.push_back(
          VerbCommand(PairingKind(), std::move(verb)));
    }
  }
  command.subcommands.push_back(ViewCommand());
  command.subcommands.push_back(TimelineCommand());
  return command;
}

}  // namespace jiedui::cli
