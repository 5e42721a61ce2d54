#include "tools/cli/timeline.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "jiedui/demand/event/v1/demand_event.pb.h"
#include "jiedui/matcher/event/v1/dispatch_event.pb.h"
#include "jiedui/matcher/event/v1/matcher_event.pb.h"
#include "jiedui/matcher/event/v1/notice_event.pb.h"
#include "jiedui/matcher/event/v1/record_event.pb.h"
#include "jiedui/volunteer/event/v1/volunteer_event.pb.h"
#include "tools/cli/display.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using event::v1::Event;

constexpr int32_t kPage = 1000;

std::string StateOf(const Event& event, const std::string& state,
                    Language language) {
  const ResourceKind* kind = KindOfName(event.subject());
  return kind == nullptr || state.empty()
             ? state
             : StateWord(language, *kind->message, state);
}

std::string ChangeOf(const Event& event, Language language) {
  const std::string from = StateOf(event, event.from_state(), language);
  const std::string to = StateOf(event, event.to_state(), language);
  if (from.empty() || from == to) return to;
  return absl::StrCat(from, " → ", to);
}

std::string ReasonTextOf(const Event& event, Language language) {
  std::string reason =
      Word(language, "code." + event.reason_code(), event.reason_code());
  if (!event.note().empty()) {
    absl::StrAppend(&reason, reason.empty() ? "" : " · ", event.note());
  }
  return reason;
}

std::vector<std::string> RowOf(const Event& event, Language language) {
  return {absl::StrCat(event.seq()),
          TimeText(event.time()),
          event.actor(),
          event.subject(),
          Word(language, "verb." + event.verb(), event.verb()),
          ChangeOf(event, language),
          ReasonTextOf(event, language)};
}

// Whether one of the three services has events with such a payload. Naming
// their files here also links them in.
bool IsPayload(const std::string& full_name) {
  for (const google::protobuf::FileDescriptor* file :
       {demand::event::v1::Demand::descriptor()->file(),
        volunteer::event::v1::Volunteer::descriptor()->file(),
        matcher::event::v1::Pairing::descriptor()->file(),
        matcher::event::v1::Dispatch::descriptor()->file(),
        matcher::event::v1::Correction::descriptor()->file(),
        matcher::event::v1::Notice::descriptor()->file()}) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      if (file->message_type(i)->full_name() == full_name) return true;
    }
  }
  return false;
}

// The payload of a newer server that is not known here is left out: it could
// not be printed.
std::string JsonOf(Event event) {
  const std::string& url = event.payload().type_url();
  if (!IsPayload(url.substr(url.rfind('/') + 1))) event.clear_payload();
  return CompactJson(event);
}

}  // namespace

absl::Status FetchEventsOf(Session& session, const std::string& source,
                           const std::vector<std::string>& subjects,
                           std::vector<Event>* events) {
  for (const std::string& subject : subjects) {
    event::v1::ListEventsRequest request;
    request.set_source(source);
    request.set_subject(subject);
    request.set_page_size(kPage);
    event::v1::ListEventsResponse page;
    do {
      RETURN_IF_ERROR(
          session.Call("EventLogService.ListEvents", request, &page));
      events->insert(events->end(), page.events().begin(), page.events().end());
      request.set_after_seq(page.next_after_seq());
    } while (!page.at_head());
  }
  std::sort(events->begin(), events->end(), [](const Event& a, const Event& b) {
    return std::make_tuple(a.seq(), a.index()) <
           std::make_tuple(b.seq(), b.index());
  });
  return absl::OkStatus();
}

void ShowEvents(Session& session, const std::vector<Event>& events) {
  if (session.json()) {
    std::vector<std::string> items;
    for (const Event& event : events) items.push_back(JsonOf(event));
    session.ShowJson(JsonList("events", items));
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const Event& event : events) {
    rows.push_back(RowOf(event, session.language()));
  }
  session.out() << RenderTable({{session.Say(Msg::kPosition), 0, true},
                                {session.Say(Msg::kTime)},
                                {session.Say(Msg::kActor), 16},
                                {session.Say(Msg::kSubject)},
                                {session.Say(Msg::kVerb)},
                                {session.Say(Msg::kChange)},
                                {session.Say(Msg::kReason), 48}},
                               rows);
}

void ShowEvent(Session& session, const Event& event) {
  if (session.json()) {
    session.out() << JsonOf(event) << std::endl;
  } else {
    session.out() << absl::StrJoin(RowOf(event, session.language()), "  ")
                  << std::endl;
  }
}

}  // namespace jiedui::cli
