// Lists of resources.
#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "tools/cli/display.h"
#include "tools/cli/errors.h"
#include "tools/cli/reflection.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"
#include "tools/cli/words.h"

namespace jiedui::cli {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using Messages = std::vector<std::unique_ptr<Message>>;

constexpr int64_t kDefaultLimit = 50;
constexpr int64_t kMaxPage = 1000;

// --filter and --state together.
absl::StatusOr<std::string> FilterOf(const ResourceKind& kind,
                                     const Arguments& arguments,
                                     Language language) {
  std::string filter = arguments.Get("filter");
  if (!arguments.Has("state")) return filter;
  const auto& states = *kind.message->FindEnumTypeByName("State");
  const EnumValueDescriptor* state =
      FindEnumValue(states, arguments.Get("state"));
  if (state == nullptr) {
    return UsageError(
        Say(language, Msg::kBadChoice,
            {{"name", "--state"},
             {"value", arguments.Get("state")},
             {"allowed", absl::StrJoin(EnumChoices(states), ", ")}}));
  }
  return absl::StrCat(filter, filter.empty() ? "" : " AND ",
                      "state = ", ShortName(*state));
}

absl::StatusOr<int64_t> LimitOf(const Arguments& arguments, Language language) {
  if (arguments.Has("all")) return 0;
  if (!arguments.Has("limit")) return kDefaultLimit;
  int64_t limit = 0;
  if (!absl::SimpleAtoi(arguments.Get("limit"), &limit) || limit < 1) {
    return UsageError(Say(language, Msg::kBadNumber,
                          {{"name", "--limit"},
                           {"value", arguments.Get("limit")},
                           {"min", "1"},
                           {"max", "1000000000"}}));
  }
  return limit;
}

void ShowList(Session& session, const ResourceKind& kind,
              const Messages& messages, int64_t limit, bool more) {
  if (session.json()) {
    std::vector<std::string> items;
    for (const auto& message : messages) items.push_back(CompactJson(*message));
    session.ShowJson(JsonList(kind.collection, items));
  } else if (messages.empty()) {
    session.err() << session.Say(Msg::kNone,
                                 {{"what", kind.noun.In(session.language())}})
                  << "\n";
  } else {
    session.out() << RenderList(kind, messages, session.language());
  }
  if (more) {
    session.err() << session.Say(Msg::kMore, {{"count", absl::StrCat(limit)}})
                  << "\n";
  }
}

absl::Status RunList(Session& session, const ResourceKind& kind,
                     const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string filter,
                   FilterOf(kind, arguments, session.language()));
  ASSIGN_OR_RETURN(const int64_t limit, LimitOf(arguments, session.language()));
  Messages messages;
  bool more = false;
  RETURN_IF_ERROR(FetchAll(session, kind, filter, arguments.Get("query"), limit,
                           &messages, &more));
  ShowList(session, kind, messages, limit, more);
  return absl::OkStatus();
}

bool IsNumber(const FieldDescriptor* field) {
  if (field == nullptr) return false;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return true;
    default:
      return false;
  }
}

}  // namespace

absl::Status FetchAll(Session& session, const ResourceKind& kind,
                      const std::string& filter, const std::string& query,
                      int64_t limit, Messages* messages, bool* more) {
  const std::string method = kind.ListMethod();
  const std::unique_ptr<Message> request = NewRequest(method);
  SetText(*request, "filter", filter);
  SetText(*request, "query", query);
  *more = false;
  for (;;) {
    const int64_t missing = limit - static_cast<int64_t>(messages->size());
    request->GetReflection()->SetInt32(
        request.get(), Find(*request, "page_size"),
        static_cast<int32_t>(limit == 0 ? kMaxPage
                                        : std::min(kMaxPage, missing)));
    const std::unique_ptr<Message> page = NewResponse(method);
    RETURN_IF_ERROR(session.Call(method, *request, page.get()));
    const FieldDescriptor& items = FieldOf(*page, *kind.message);
    const Reflection& reflection = *page->GetReflection();
    for (int i = 0; i < reflection.FieldSize(*page, &items); ++i) {
      messages->push_back(NewMessage(*kind.message));
      messages->back()->CopyFrom(
          reflection.GetRepeatedMessage(*page, &items, i));
    }
    const std::string next = GetText(*page, "next_page_token");
    if (next.empty()) return absl::OkStatus();
    SetText(*request, "page_token", next);
    if (limit != 0 && static_cast<int64_t>(messages->size()) >= limit) {
      *more = true;
      return absl::OkStatus();
    }
  }
}

std::string RenderList(const ResourceKind& kind, const Messages& messages,
                       Language language) {
  std::vector<Column> columns;
  for (const ListColumn& column : kind.columns) {
    std::string title = column.title.In(language);
    const FieldDescriptor* field = kind.message->FindFieldByName(
        column.path.substr(0, column.path.find('.')));
    if (title.empty()) title = FieldWord(language, *field);
    columns.push_back({title, column.widest, IsNumber(field)});
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& message : messages) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const ListColumn& column : kind.columns) {
      row.push_back(column.cell ? column.cell(*message, language)
                                : FieldText(*message, column.path, language));
    }
  }
  return RenderTable(columns, rows);
}

Command ListCommand(const ResourceKind& kind) {
  Command command;
  command.name = "list";
  command.summary = {"列出" + kind.noun.zh, "list each " + kind.noun.en};
  command.arguments = {
      Value("filter", "FILTER",
            {"筛选，如 'state = OPEN AND region : \"4409\"'",
             "filter, such as 'state = OPEN AND region : \"4409\"'"})};
  if (Method(kind.ListMethod()).input_type()->FindFieldByName("query")) {
    command.arguments.push_back(
        Value("query", "WORDS", {"按文字查找", "words to be found"}));
  }
  if (const auto* states = kind.message->FindEnumTypeByName("State")) {
    command.arguments.push_back(
        Value("state", absl::StrJoin(EnumChoices(*states), "|"),
              {"只列这个状态的", "only those in this state"}));
  }
  command.arguments.push_back(
      Value("limit", "N", {"最多列几条（默认 50）", "at most so many (50)"}));
  command.arguments.push_back(Flag("all", {"全部列出", "all of them"}));
  command.examples = {{"jiedui " + kind.command + " list --limit 20",
                       {"前 20 条", "the first 20"}},
                      {"jiedui " + kind.command + " list --all -o json",
                       {"全部，供脚本使用", "all, for scripts"}}};
  command.run = [&kind](Session& session, const Arguments& arguments) {
    return RunList(session, kind, arguments);
  };
  return command;
}

}  // namespace jiedui::cli
