// jiedui dispatch …, jiedui visit …
#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/status_macros.h"
#include "google/protobuf/util/time_util.h"
#include "jiedui/matcher/v1/dispatch_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/display.h"
#include "tools/cli/errors.h"
#include "tools/cli/fields.h"
#include "tools/cli/output.h"
#include "tools/cli/reflection.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::Message;
using google::protobuf::Timestamp;
using matcher::v1::Dispatch;
using matcher::v1::Pairing;

constexpr int64_t kTitleWidth = 36;

std::string FieldTitle(const Session& session, const char* key) {
  return Word(session.language(), key, key);
}

absl::Status RunGaps(Session& session, const Arguments& arguments) {
  std::vector<std::unique_ptr<Message>> messages;
  bool more = false;
  std::string filter = "state = GAP";
  if (arguments.Has("region")) {
    absl::StrAppend(&filter, " AND region : \"", arguments.Get("region"), "\"");
  }
  RETURN_IF_ERROR(
      FetchAll(session, DispatchKind(), filter, "", 0, &messages, &more));
  std::vector<std::string> items;
  std::vector<std::vector<std::string>> rows;
  for (const auto& message : messages) {
    const auto& gap = static_cast<const Dispatch&>(*message);
    items.push_back(CompactJson(gap));
    const matcher::v1::Hop& last = gap.hops_size() == 0
                                       ? matcher::v1::Hop::default_instance()
                                       : gap.hops(gap.hops_size() - 1);
    rows.push_back({gap.demand(), gap.demand_title(),
                    FieldText(gap, "region", session.language()),
                    TimeText(gap.start_time()),
                    Word(session.language(), "code." + last.reason_code(),
                         last.reason_code()),
                    last.detail()});
  }
  if (session.json()) {
    session.ShowJson(JsonList("gaps", items));
    return absl::OkStatus();
  }
  session.out() << RenderTable({{FieldTitle(session, "demand")},
                                {FieldTitle(session, "title"), kTitleWidth},
                                {FieldTitle(session, "region")},
                                {FieldTitle(session, "Dispatch.start_time")},
                                {session.Say(Msg::kReason)},
                                {FieldTitle(session, "detail"), kTitleWidth}},
                               rows);
  return absl::OkStatus();
}

absl::Status RunQueue(Session& session, const Arguments& arguments) {
  matcher::v1::ListReviewsRequest request;
  request.set_region(arguments.Get("region"));
  request.set_page_size(1000);
  matcher::v1::ListReviewsResponse response;
  RETURN_IF_ERROR(
      session.Call("DispatchService.ListReviews", request, &response));
  std::vector<std::string> items;
  std::vector<std::vector<std::string>> rows;
  for (const Pairing& pairing : response.pairings()) {
    items.push_back(CompactJson(pairing));
    rows.push_back({TimeText(pairing.review_deadline()),
                    FieldText(pairing, "review_tier", session.language()),
                    pairing.name(), pairing.demand_title(),
                    FieldText(pairing, "region", session.language())});
  }
  if (session.json()) {
    session.ShowJson(JsonList("pairings", items));
    return absl::OkStatus();
  }
  session.out() << RenderTable({{FieldTitle(session, "review_deadline")},
                                {FieldTitle(session, "review_tier")},
                                {FieldTitle(session, "name")},
                                {FieldTitle(session, "title"), kTitleWidth},
                                {FieldTitle(session, "region")}},
                               rows);
  return absl::OkStatus();
}

Argument RegionArgument() {
  return Value(
      "region", "CODE",
      {"只列这个地区代码开头的", "only regions whose code begins like this"});
}

Command GapsCommand() {
  Command command;
  command.name = "gaps";
  command.summary = {"省级缺口清单：逐级上交后仍无人承接的需求",
                     "the province's list: demands that no tier could meet"};
  command.arguments = {RegionArgument()};
  command.examples = {
      {"jiedui dispatch gaps --region 4409", {"只看茂名", "of Maoming only"}}};
  command.run = RunGaps;
  return command;
}

Command QueueCommand() {
  Command command;
  command.name = "queue";
  command.summary = {"待审核的结对，期限近的在前",
                     "pairings that wait for review, by deadline"};
  command.arguments = {RegionArgument()};
  command.examples = {{"jiedui dispatch queue --region 440981",
                       {"高州待审核的", "what waits in Gaozhou"}}};
  command.run = RunQueue;
  return command;
}

// In China: 2026-12-04 09:30.
absl::Status ReadTime(Session& session, const Arguments& arguments,
                      const std::string& name, Timestamp* time) {
  absl::Time parsed;
  if (!absl::ParseTime("%Y-%m-%d %H:%M", arguments.Get(name),
                       absl::FixedTimeZone(8 * 60 * 60), &parsed, nullptr)) {
    return UsageError(session.Say(
        Msg::kBadTime,
        {{"name", absl::StrCat("--", name)}, {"value", arguments.Get(name)}}));
  }
  *time = google::protobuf::util::TimeUtil::SecondsToTimestamp(
      absl::ToUnixSeconds(parsed));
  return absl::OkStatus();
}

absl::Status ReadMinutes(Session& session, const Arguments& arguments,
                         int32_t* minutes) {
  constexpr int32_t kMost = 24 * 60;
  if (!arguments.Has("travel")) return absl::OkStatus();
  if (absl::SimpleAtoi(arguments.Get("travel"), minutes) && *minutes >= 0 &&
      *minutes <= kMost) {
    return absl::OkStatus();
  }
  return UsageError(
      session.Say(Msg::kBadNumber, {{"name", "--travel"},
                                    {"value", arguments.Get("travel")},
                                    {"min", "0"},
                                    {"max", absl::StrCat(kMost)}}));
}

absl::Status RunPlan(Session& session, const Arguments& arguments) {
  matcher::v1::PlanVisitRequest request;
  ASSIGN_OR_RETURN(*request.mutable_pairing(),
                   ResolveName(session, "pairings", arguments.Get("PAIRING")));
  for (const std::string& volunteer : arguments.All("volunteer")) {
    request.add_volunteers(FullName("volunteers", volunteer));
  }
  RETURN_IF_ERROR(
      ReadTime(session, arguments, "start", request.mutable_start_time()));
  RETURN_IF_ERROR(
      ReadTime(session, arguments, "end", request.mutable_end_time()));
  int32_t travel = 0;
  RETURN_IF_ERROR(ReadMinutes(session, arguments, &travel));
  request.set_travel_before_minutes(travel);
  request.set_travel_after_minutes(travel);
  request.set_note(arguments.Get("note"));
  matcher::v1::Visit visit;
  RETURN_IF_ERROR(session.Call("DispatchService.PlanVisit", request, &visit));
  session.ShowChanged(visit);
  return absl::OkStatus();
}

Command PlanCommand() {
  Command command;
  command.name = "plan";
  command.summary = {"排定一次走访（含路程），同一人不会重叠",
                     "plan a visit with its travel; nobody is booked twice"};
  command.arguments = {
      Positional("PAIRING", {"结对名称，或需求名称",
                             "name of the pairing or of its demand"}),
      Required(Value("start", "TIME",
                     {"开始，如 '2026-12-04 09:30'",
                      "when it begins, such as '2026-12-04 09:30'"})),
      Required(Value("end", "TIME", {"结束", "when it ends"})),
      Value("travel", "MINUTES",
            {"单程路上几分钟", "minutes on the way, each"}),
      List("volunteer", "NAME",
           {"谁去（默认专家；团队写队员）",
            "who goes (the expert; of a team, its members)"}),
      Value("note", "TEXT", {"说明", "remark"})};
  command.run = RunPlan;
  return command;
}

}  // namespace

Command DispatchCommand() {
  const ResourceKind& kind = DispatchKind();
  Command command;
  command.name = "dispatch";
  command.summary = {"派单案卷：逐级上交、期限、缺口、审核队列",
                     "the search behind each demand: tiers, deadlines, gaps"};
  command.subcommands = {ListCommand(kind), ShowCommand(kind), GapsCommand(),
                         QueueCommand()};
  return command;
}

Command VisitCommand() {
  const ResourceKind& kind = VisitKind();
  Command command;
  command.name = "visit";
  command.summary = {"走访日程：排定、取消", "visits: plan, cancel"};
  command.subcommands = {
      ListCommand(kind), ShowCommand(kind), PlanCommand(),
      VerbCommand(kind, {"cancel",
                         "DispatchService.CancelVisit",
                         {"取消", "cancel it"},
                         false,
                         {"WEATHER", "ILL", "DEMAND_CHANGED", "OTHER"},
                         {},
                         nullptr,
                         {{"jiedui visit cancel X00000001 --reason WEATHER",
                           {"台风", "a typhoon"}}}})};
  return command;
}

}  // namespace jiedui::cli
