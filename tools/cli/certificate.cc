// jiedui certificate …
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "jiedui/matcher/v1/record_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/display.h"
#include "tools/cli/fields.h"
#include "tools/cli/output.h"
#include "tools/cli/reflection.h"
#include "tools/cli/resources.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

Argument NumberArgument() {
  return Positional("NUMBER", {"证明编号", "number of the certificate"});
}

absl::Status RunIssue(Session& session, const Arguments& arguments) {
  matcher::v1::IssueCertificateRequest request;
  request.set_volunteer(FullName("volunteers", arguments.Get("VOLUNTEER")));
  request.set_issuer(arguments.Get("issuer"));
  request.set_start_date(arguments.Get("from"));
  request.set_end_date(arguments.Get("to"));
  RETURN_IF_ERROR(SetField(&request, "region", arguments.All("region"),
                           session.language()));
  matcher::v1::ServiceCertificate certificate;
  RETURN_IF_ERROR(
      session.Call("RecordService.IssueCertificate", request, &certificate));
  session.ShowChanged(certificate);
  return absl::OkStatus();
}

Command IssueCommand() {
  Command command;
  command.name = "issue";
  command.summary = {"为一位志愿者出具服务证明，免费",
                     "certify what a volunteer has served, free of charge"};
  command.arguments = {
      Positional("VOLUNTEER", {"志愿者名称", "name of the volunteer"}),
      Required(Value("issuer", "UNIT",
                     {"出具单位全称", "full name of the issuing unit"})),
      Value("region", "PLACE",
            {"出具单位所在地区（默认志愿者所在地区）",
             "where that unit is (where the volunteer is)"}),
      Value("from", "DATE",
            {"起始日期（默认首次服务）", "first day (the first service)"}),
      Value("to", "DATE", {"截止日期（默认今天）", "last day (today)"})};
  command.examples = {
      {"jiedui certificate issue V00000001 --issuer 高州市科学技术协会",
       {"从首次服务到今天", "from the first service to this day"}}};
  command.run = RunIssue;
  return command;
}

absl::Status RunCheck(Session& session, const Arguments& arguments) {
  matcher::v1::CheckCertificateRequest request;
  request.set_number(arguments.Get("NUMBER"));
  matcher::v1::CheckCertificateResponse answer;
  RETURN_IF_ERROR(
      session.Call("RecordService.CheckCertificate", request, &answer));
  if (session.json()) {
    session.ShowJson(CompactJson(answer));
    return absl::OkStatus();
  }
  const Language language = session.language();
  session.out() << answer.number() << "  "
                << FieldText(answer, "state", language) << "\n"
                << answer.masked_name() << "  "
                << MinutesText(answer.minutes(), language) << "  "
                << answer.issuer() << "  " << answer.year() << "\n";
  return absl::OkStatus();
}

Command CheckCommand() {
  Command command;
  command.name = "check";
  command.summary = {"查验证明真伪，不显示个人信息",
                     "whether a number is genuine; shows no personal data"};
  command.arguments = {NumberArgument()};
  command.examples = {{"jiedui certificate check JD-440981-2026-000001-K",
                       {"人人可查", "anybody may"}}};
  command.run = RunCheck;
  return command;
}

absl::Status RunPrint(Session& session, const Arguments& arguments) {
  matcher::v1::RenderCertificateRequest request;
  request.set_name(FullName("certificates", arguments.Get("NUMBER")));
  matcher::v1::RenderCertificateResponse page;
  RETURN_IF_ERROR(
      session.Call("RecordService.RenderCertificate", request, &page));
  if (session.json()) {
    session.ShowJson(CompactJson(page));
  } else {
    session.out() << page.html();
  }
  return absl::OkStatus();
}

Command PrintCommand() {
  Command command;
  command.name = "print";
  command.summary = {"打印用的网页（A4，中英文）",
                     "a page to print, A4, in Chinese and English"};
  command.arguments = {NumberArgument()};
  command.examples = {{"jiedui certificate print JD-440981-2026-000001-K",
                       {"接 > 文件名.html 存成文件再打印",
                        "with > FILE.html into a file, to print it"}}};
  command.run = RunPrint;
  return command;
}

}  // namespace

Command CertificateCommand() {
  const ResourceKind& kind = ServiceCertificateKind();
  Command command;
  command.name = "certificate";
  command.summary = {"服务证明：出具、查验、打印、撤销",
                     "certificates: issue, check, print, revoke"};
  command.subcommands = {
      ListCommand(kind),
      ShowCommand(kind),
      IssueCommand(),
      CheckCommand(),
      PrintCommand(),
      VerbCommand(kind, {"revoke",
                         "RecordService.RevokeCertificate",
                         {"撤销，编号仍可查到", "revoke it; its number stays"},
                         true,
                         {},
                         {},
                         nullptr,
                         {{"jiedui certificate revoke JD-440981-2026-000001-K "
                           "--note 时长有误",
                           {"说明原因", "with a reason"}}}})};
  return command;
}

}  // namespace jiedui::cli
