// jiedui events …
#include <utility>

#include "absl/strings/numbers.h"
#include "common/base/status_macros.h"
#include "tools/cli/commands.h"
#include "tools/cli/errors.h"
#include "tools/cli/session.h"
#include "tools/cli/timeline.h"

namespace jiedui::cli {
namespace {

using event::v1::Event;

constexpr int32_t kPage = 1000;

// Events up to now. Commits without facts for others are left out.
absl::Status RunList(Session& session, event::v1::ListEventsRequest request) {
  request.set_page_size(kPage);
  std::vector<Event> events;
  event::v1::ListEventsResponse page;
  do {
    RETURN_IF_ERROR(session.Call("EventLogService.ListEvents", request, &page));
    for (const Event& event : page.events()) {
      if (!event.subject().empty()) events.push_back(event);
    }
    request.set_after_seq(page.next_after_seq());
  } while (!page.at_head());
  ShowEvents(session, events);
  return absl::OkStatus();
}

absl::Status RunFollow(Session& session, const std::string& source,
                       uint64_t after, const std::string& subject) {
  event::v1::WatchEventsRequest request;
  request.set_source(source);
  request.set_after_seq(after);
  Event event;
  return session.Stream("EventLogService.WatchEvents", request, &event, [&] {
    const bool wanted =
        subject.empty() ? !event.subject().empty() : event.subject() == subject;
    if (wanted) ShowEvent(session, event);
    return absl::OkStatus();
  });
}

absl::Status Run(Session& session, const Arguments& arguments) {
  uint64_t after = 0;
  if (arguments.Has("after") &&
      !absl::SimpleAtoi(arguments.Get("after"), &after)) {
    return UsageError(
        session.Say(Msg::kBadNumber, {{"name", "--after"},
                                      {"value", arguments.Get("after")},
                                      {"min", "0"},
                                      {"max", "18446744073709551615"}}));
  }
  const std::string source = arguments.Get("SOURCE");
  if (arguments.Has("follow")) {
    return RunFollow(session, source, after, arguments.Get("subject"));
  }
  event::v1::ListEventsRequest request;
  request.set_source(source);
  request.set_after_seq(after);
  request.set_subject(arguments.Get("subject"));
  return RunList(session, std::move(request));
}

}  // namespace

Command EventsCommand() {
  Command command;
  command.name = "events";
  command.summary = {"事件：谁在何时做了什么", "events: who did what, when"};
  command.arguments = {
      OneOf(Positional("SOURCE", {"哪个服务的日志", "whose journal"}),
            {"demand", "volunteer", "matcher"}),
      Value("after", "N", {"只看这个位置之后的", "only after this position"}),
      Value("subject", "NAME",
            {"只看这个对象的（写全名，如 demands/D00000001）",
             "only about this resource (in full: demands/D00000001)"}),
      Flag("follow", {"持续显示", "go on as they come"})};
  command.examples = {
      {"jiedui events demand --after 100", {"位置 100 之后", "after 100"}},
      {"jiedui events matcher --follow -o json",
       {"持续显示，一行一个 JSON", "as they come, one JSON object a line"}}};
  command.run = Run;
  return command;
}

}  // namespace jiedui::cli
