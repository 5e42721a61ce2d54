// jiedui inbox …, jiedui webhook …
#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/notice_service.pb.h"
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

using matcher::v1::Notice;

constexpr int kPage = 1000;
constexpr size_t kRegionDigits = 12;

// V00000001, D00000001 and 440981000000 stand for the inbox of a volunteer, of
// a demand's requester and of a region's coordinators.
std::string RecipientOf(const std::string& text) {
  if (text.empty() || text.find('/') != std::string::npos) return text;
  if (text.size() == kRegionDigits &&
      std::all_of(text.begin(), text.end(), absl::ascii_isdigit)) {
    return FullName("coordinators", text);
  }
  return FullName(text.front() == 'D' ? "requesters" : "volunteers", text);
}

Argument RecipientArgument() {
  return Positional(
      "RECIPIENT",
      {"收件人：志愿者 V…、需求 D…（其需求方）、12 "
       "位地区代码（协调员），或全名",
       "whose: a volunteer V…, a demand D… (its requester), a region of 12 "
       "digits (its coordinators), or the name in full"});
}

Argument AfterArgument() {
  return Value("after", "N", {"只看这个序号之后的", "only after this place"});
}

absl::Status ReadPlace(Session& session, const Arguments& arguments,
                       const std::string& name, int64_t* place) {
  if (!arguments.Has(name)) return absl::OkStatus();
  if (absl::SimpleAtoi(arguments.Get(name), place) && *place >= 0) {
    return absl::OkStatus();
  }
  return UsageError(
      session.Say(Msg::kBadNumber, {{"name", absl::StrCat("--", name)},
                                    {"value", arguments.Get(name)},
                                    {"min", "0"},
                                    {"max", "9223372036854775807"}}));
}

const matcher::v1::NoticeText& TextOf(const Notice& notice, Language language) {
  return language == Language::kChinese ? notice.zh() : notice.en();
}

std::vector<std::string> RowOf(const Notice& notice, Language language) {
  return {
      absl::StrCat(notice.sequence()),  notice.name(),
      TimeText(notice.create_time()),   FieldText(notice, "state", language),
      TextOf(notice, language).title(), notice.subject()};
}

void ShowInbox(Session& session, const std::vector<Notice>& notices,
               int64_t unread) {
  if (session.json()) {
    std::vector<std::string> items;
    for (const Notice& notice : notices) items.push_back(CompactJson(notice));
    session.ShowJson(absl::StrCat("{\"unread\":", unread, ",",
                                  JsonList("notices", items).substr(1)));
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const Notice& notice : notices) {
    rows.push_back(RowOf(notice, session.language()));
  }
  const auto word = [&](const char* key) {
    return Word(session.language(), key, key);
  };
  session.out() << RenderTable({{word("sequence"), 0, true},
                                {word("name")},
                                {word("create_time")},
                                {word("state")},
                                {word("title")},
                                {word("subject")}},
                               rows)
                << session.Say(Msg::kUnread, {{"count", absl::StrCat(unread)}})
                << "\n";
}

absl::Status RunList(Session& session, const Arguments& arguments) {
  matcher::v1::ListNoticesRequest request;
  request.set_recipient(RecipientOf(arguments.Get("RECIPIENT")));
  request.set_unread_only(arguments.Has("unread"));
  request.set_page_size(kPage);
  int64_t after = 0;
  RETURN_IF_ERROR(ReadPlace(session, arguments, "after", &after));
  request.set_after_sequence(after);
  std::vector<Notice> notices;
  matcher::v1::ListNoticesResponse page;
  do {
    RETURN_IF_ERROR(session.Call("NoticeService.ListNotices", request, &page));
    notices.insert(notices.end(), page.notices().begin(), page.notices().end());
    request.set_after_sequence(page.next_after_sequence());
  } while (!page.at_end());
  ShowInbox(session, notices, page.unread());
  return absl::OkStatus();
}

absl::Status RunWatch(Session& session, const Arguments& arguments) {
  matcher::v1::WatchNoticesRequest request;
  request.set_recipient(RecipientOf(arguments.Get("RECIPIENT")));
  int64_t after = 0;
  RETURN_IF_ERROR(ReadPlace(session, arguments, "after", &after));
  request.set_after_sequence(after);
  matcher::v1::WatchNoticesResponse response;
  return session.Stream("NoticeService.WatchNotices", request, &response, [&] {
    const Notice& notice = response.notice();
    session.out() << (session.json()
                          ? CompactJson(notice)
                          : absl::StrJoin(RowOf(notice, session.language()),
                                          "  "))
                  << std::endl;
    return absl::OkStatus();
  });
}

absl::Status RunRead(Session& session, const Arguments& arguments) {
  matcher::v1::MarkReadRequest request;
  request.set_recipient(RecipientOf(arguments.Get("RECIPIENT")));
  int64_t up_to = INT64_MAX;
  RETURN_IF_ERROR(ReadPlace(session, arguments, "up-to", &up_to));
  request.set_up_to_sequence(up_to);
  if (arguments.Has("notice")) {
    request.set_notice(FullName("notices", arguments.Get("notice")));
  }
  matcher::v1::MarkReadResponse response;
  RETURN_IF_ERROR(session.Call("NoticeService.MarkRead", request, &response));
  if (session.json()) {
    session.ShowJson(CompactJson(response));
    return absl::OkStatus();
  }
  session.out() << session.Say(Msg::kMarkedRead,
                               {{"count", absl::StrCat(response.marked())},
                                {"unread", absl::StrCat(response.unread())}})
                << "\n";
  return absl::OkStatus();
}

Command InboxListCommand() {
  Command command;
  command.name = "list";
  command.summary = {"列出通知", "list the notices"};
  command.arguments = {RecipientArgument(),
                       Flag("unread", {"只看未读", "only the unread"}),
                       AfterArgument()};
  command.examples = {{"jiedui inbox list V00000001 --unread",
                       {"志愿者的未读通知", "what a volunteer has not read"}}};
  command.run = RunList;
  return command;
}

Command InboxWatchCommand() {
  Command command;
  command.name = "watch";
  command.summary = {"持续显示通知", "show notices as they come"};
  command.arguments = {RecipientArgument(), AfterArgument()};
  command.examples = {{"jiedui inbox watch 440981000000 --after 12",
                       {"高州协调员，序号 12 之后",
                        "the coordinators of Gaozhou, after place 12"}}};
  command.run = RunWatch;
  return command;
}

Command InboxReadCommand() {
  Command command;
  command.name = "read";
  command.summary = {"标为已读", "mark as read"};
  command.details = {"默认全部；一次最多 1,000 条。",
                     "All of them by default, at most 1,000 at once."};
  command.arguments = {
      RecipientArgument(),
      Value("notice", "NAME", {"只标这一条", "only this one"}),
      Value("up-to", "N", {"只标到这个序号", "only up to this place"})};
  command.examples = {
      {"jiedui inbox read V00000001 --up-to 3", {"前三条", "the first three"}}};
  command.run = RunRead;
  return command;
}

absl::Status RunAdd(Session& session, const Arguments& arguments) {
  matcher::v1::CreateWebhookRequest request;
  matcher::v1::Webhook& webhook = *request.mutable_webhook();
  webhook.set_url(arguments.Get("URL"));
  std::string secret;
  RETURN_IF_ERROR(
      ReadWhole(arguments.Get("secret-file"), &secret, session.language()));
  webhook.set_secret(std::string(absl::StripAsciiWhitespace(secret)));
  for (const std::string& kind : arguments.All("kind")) webhook.add_kinds(kind);
  webhook.set_region_prefix(arguments.Get("region"));
  matcher::v1::Webhook added;
  RETURN_IF_ERROR(session.Call("NoticeService.CreateWebhook", request, &added));
  session.ShowChanged(added);
  return absl::OkStatus();
}

Command WebhookAddCommand() {
  Command command;
  command.name = "add";
  command.summary = {"登记一个推送地址", "add a sink"};
  command.arguments = {
      Positional("URL", {"推送到哪里", "where to post to"}),
      Required(Value("secret-file", "FILE",
                     {"签名密钥所在文件（- 为标准输入），16 至 256 个字符",
                      "file with the signing secret (-: standard input), 16 to "
                      "256 characters"})),
      List("kind", "KIND",
           {"只要这类通知，可写几个，如 OFFER_RECEIVED",
            "only notices of this kind, for instance OFFER_RECEIVED"}),
      Value("region", "DIGITS",
            {"只要地区代码以此开头的", "only regions that begin so"})};
  command.examples = {
      {"jiedui webhook add https://example.org/hook --secret-file secret.txt "
       "--region 4409",
       {"茂名的全部通知", "all notices of Maoming"}}};
  command.run = RunAdd;
  return command;
}

Command DeliveriesCommand() {
  Command command = ListCommand(DeliveryKind());
  command.name = "deliveries";
  command.summary = {"列出推送记录，死信用 --state dead",
                     "list deliveries; the dead letters: --state dead"};
  command.examples = {{"jiedui webhook deliveries --state dead",
                       {"推送失败的", "those that failed for good"}}};
  return command;
}

}  // namespace

Command InboxCommand() {
  Command command;
  command.name = "inbox";
  command.summary = {"通知：查看、标为已读", "notices: see, mark as read"};
  command.subcommands = {InboxListCommand(), ShowCommand(NoticeKind()),
                         InboxReadCommand(), InboxWatchCommand()};
  return command;
}

Command WebhookCommand() {
  const ResourceKind& kind = WebhookKind();
  Command command;
  command.name = "webhook";
  command.summary = {"推送：把通知发到外部系统",
                     "webhooks: notices to other systems"};
  command.subcommands = {
      WebhookAddCommand(), ListCommand(kind),
      VerbCommand(kind, {"remove",
                         "NoticeService.DeleteWebhook",
                         {"移除：不再推送", "remove: nothing is sent any more"},
                         false,
                         {},
                         {},
                         nullptr,
                         {{"jiedui webhook remove W00000001",
                           {"不再推送", "send nothing there"}}}}),
      DeliveriesCommand(),
      VerbCommand(DeliveryKind(), {"retry",
                                   "NoticeService.RetryDelivery",
                                   {"重发一封死信", "send a dead letter again"},
                                   false,
                                   {},
                                   {},
                                   nullptr,
                                   {{"jiedui webhook retry L00000001",
                                     {"再试一轮", "all attempts again"}}}})};
  return command;
}

}  // namespace jiedui::cli
