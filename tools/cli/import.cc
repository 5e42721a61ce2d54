// jiedui import …
#include <filesystem>
#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "common/base/status_macros.h"
#include "jiedui/sheet/v1/sheet_service.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/errors.h"
#include "tools/cli/fields.h"
#include "tools/cli/progress.h"
#include "tools/cli/session.h"
#include "tools/cli/sheet_split.h"

namespace jiedui::cli {
namespace {

using sheet::v1::ImportSheetRequest;
using sheet::v1::ImportSheetResponse;
using sheet::v1::ImportSummary;

// What the service takes in one request.
constexpr size_t kPartBytes = 20 << 20;
constexpr int kMostErrors = 1000;
constexpr int kDuplicatesShown = 20;

struct SheetKind {
  std::string kind;
  Text noun;
};

// In the order in which they refer to one another.
const std::vector<SheetKind>& SheetKinds() {
  static const auto* const kinds = new std::vector<SheetKind>{
      {"specialties", {"县域特色产业", "specialty industries"}},
      {"enterprises", {"企业、合作社、园区", "enterprises"}},
      {"teams", {"队伍", "teams"}},
      {"volunteers", {"志愿者", "volunteers"}},
      {"projects", {"项目与技术", "projects and technologies"}},
      {"stations", {"服务站", "stations"}},
      {"demands", {"需求", "demands"}}};
  return *kinds;
}

struct ImportOptions {
  bool dry_run = false;
  bool skip_bad = false;
  bool verify = false;
};

ImportOptions OptionsOf(const Arguments& arguments) {
  return {arguments.Has("dry-run"), arguments.Has("skip-bad"),
          arguments.Has("verify")};
}

// One sheet on its way into a registry.
class Import {
 public:
  Import(Session& session, std::string kind, std::string file,
         ImportOptions options)
      : session_(session),
        kind_(std::move(kind)),
        file_(std::move(file)),
        options_(options) {}

  // Reads, checks and imports. OK with the summary also when rows are wrong.
  absl::StatusOr<ImportSummary> Run() {
    std::string content;
    RETURN_IF_ERROR(ReadWhole(file_, &content, session_.language()));
    const auto parts = SplitSheet(content, kPartBytes);
    if (!parts) {
      return InvalidInput(session_.Say(Msg::kRowTooLarge,
                                       {{"file", file_}, {"limit", "20 MiB"}}));
    }
    // All or nothing holds for one request: a sheet in several is checked as a
    // whole before any of it is imported.
    if (options_.dry_run || (parts->size() > 1 && !options_.skip_bad)) {
      ASSIGN_OR_RETURN(ImportSummary checked, Pass(*parts, true));
      if (options_.dry_run || checked.error_count() > 0) {
        checked.set_nothing_changed(true);
        return checked;
      }
    }
    return Pass(*parts, false);
  }

 private:
  absl::StatusOr<ImportSummary> Pass(const std::vector<SheetPart>& parts,
                                     bool only_check) {
    Progress progress(session_.err(), session_.err_is_terminal(),
                      base::Clock::System());
    ImportSummary sum;
    for (const SheetPart& part : parts) {
      ASSIGN_OR_RETURN(const ImportSummary summary,
                       Send(part, only_check, progress));
      Add(summary, part.rows_before, sum);
    }
    return sum;
  }

  absl::StatusOr<ImportSummary> Send(const SheetPart& part, bool only_check,
                                     Progress& progress) {
    ImportSheetRequest request;
    request.set_kind(kind_);
    request.set_content(part.content);
    request.set_validate_only(only_check);
    request.set_skip_bad_rows(options_.skip_bad);
    request.set_verify(options_.verify);
    const std::string label = session_.Say(
        only_check ? Msg::kChecking : Msg::kImporting, {{"file", file_}});
    ImportSheetResponse response;
    std::optional<ImportSummary> summary;
    RETURN_IF_ERROR(
        session_.Stream("SheetService.ImportSheet", request, &response, [&] {
          if (response.has_summary()) summary = response.summary();
          progress.Show(label, part.rows_before + response.done_rows(),
                        part.rows_before + response.total_rows());
          return absl::OkStatus();
        }));
    if (!summary) {
      return absl::InternalError(session_.Say(Msg::kNoSummary));
    }
    return *std::move(summary);
  }

  static void Add(const ImportSummary& part, int32_t rows_before,
                  ImportSummary& sum) {
    sum.set_total_rows(sum.total_rows() + part.total_rows());
    sum.set_created(sum.created() + part.created());
    sum.set_updated(sum.updated() + part.updated());
    sum.set_unchanged(sum.unchanged() + part.unchanged());
    sum.set_failed(sum.failed() + part.failed());
    sum.set_error_count(sum.error_count() + part.error_count());
    for (const sheet::v1::CellError& error : part.errors()) {
      if (sum.errors_size() == kMostErrors) break;
      *sum.add_errors() = error;
      sum.mutable_errors()->rbegin()->set_row(error.row() + rows_before);
    }
    for (const sheet::v1::DuplicateRow& row : part.duplicates()) {
      *sum.add_duplicates() = row;
      sum.mutable_duplicates()->rbegin()->set_row(row.row() + rows_before);
    }
    *sum.mutable_ignored_columns() = part.ignored_columns();
    sum.set_encoding(part.encoding());
    sum.set_nothing_changed(part.nothing_changed());
  }

  Session& session_;
  std::string kind_;
  std::string file_;
  ImportOptions options_;
};

void ShowErrors(Session& session, const ImportSummary& summary) {
  if (summary.errors().empty()) return;
  const bool chinese = session.language() == Language::kChinese;
  std::vector<std::vector<std::string>> rows;
  for (const sheet::v1::CellError& error : summary.errors()) {
    rows.push_back({absl::StrCat(error.row()), error.column(), error.value(),
                    chinese ? error.message_zh() : error.message_en()});
  }
  session.err() << RenderTable({{session.Say(Msg::kRow), 0, true},
                                {session.Say(Msg::kColumn), 24},
                                {session.Say(Msg::kValue), 32},
                                {session.Say(Msg::kProblem)}},
                               rows);
  const int64_t left =
      summary.error_count() - static_cast<int64_t>(rows.size());
  if (left > 0) {
    session.err() << session.Say(Msg::kImportMoreErrors,
                                 {{"count", absl::StrCat(left)}})
                  << "\n";
  }
}

void ShowDuplicates(Session& session, const ImportSummary& summary) {
  int shown = 0;
  for (const sheet::v1::DuplicateRow& row : summary.duplicates()) {
    if (shown == kDuplicatesShown) break;
    ++shown;
    session.err() << session.Say(Msg::kImportDuplicate,
                                 {{"row", absl::StrCat(row.row())},
                                  {"resource", row.resource()},
                                  {"similarity",
                                   absl::StrFormat("%d %%",
                                                   row.similarity() / 10'000)}})
                  << "\n";
  }
  const int left = summary.duplicates_size() - shown;
  if (left > 0) {
    session.err() << session.Say(Msg::kImportMoreDuplicates,
                                 {{"count", absl::StrCat(left)}})
                  << "\n";
  }
}

void ShowRemarks(Session& session, const ImportSummary& summary) {
  ShowDuplicates(session, summary);
  if (!summary.ignored_columns().empty()) {
    session.err() << session.Say(
                         Msg::kImportIgnored,
                         {{"columns",
                           absl::StrJoin(summary.ignored_columns(), ", ")}})
                  << "\n";
  }
}

// The table of what is wrong goes to standard error, the counts to standard
// output.
void ShowSummary(Session& session, const std::string& file,
                 const ImportSummary& summary) {
  ShowErrors(session, summary);
  ShowRemarks(session, summary);
  session.out() << session.Say(
                       summary.nothing_changed() ? Msg::kImportChecked
                                                 : Msg::kImportDone,
                       {{"file", file},
                        {"total", absl::StrCat(summary.total_rows())},
                        {"created", absl::StrCat(summary.created())},
                        {"updated", absl::StrCat(summary.updated())},
                        {"unchanged", absl::StrCat(summary.unchanged())},
                        {"failed", absl::StrCat(summary.failed())}})
                << std::endl;
}

// INVALID_ARGUMENT when wrong cells kept the sheet out, or a dry run found any.
absl::Status Verdict(Session& session, const std::string& file,
                     const ImportOptions& options,
                     const ImportSummary& summary) {
  if (summary.error_count() == 0) return absl::OkStatus();
  if (options.skip_bad && !options.dry_run) return absl::OkStatus();
  return InvalidInput(session.Say(
      Msg::kImportRefused,
      {{"file", file}, {"count", absl::StrCat(summary.error_count())}}));
}

absl::Status RunOne(Session& session, const std::string& kind,
                    const Arguments& arguments) {
  const ImportOptions options = OptionsOf(arguments);
  const std::string file = arguments.Get("FILE");
  ASSIGN_OR_RETURN(const ImportSummary summary,
                   Import(session, kind, file, options).Run());
  if (session.json()) {
    session.ShowJson(CompactJson(summary));
  } else {
    ShowSummary(session, file, summary);
  }
  return Verdict(session, file, options, summary);
}

absl::Status RunAll(Session& session, const Arguments& arguments) {
  const ImportOptions options = OptionsOf(arguments);
  std::vector<std::string> results;
  std::vector<std::string> expected;
  absl::Status verdict;
  for (const SheetKind& sheet : SheetKinds()) {
    expected.push_back(sheet.kind + ".csv");
    const std::filesystem::path file =
        std::filesystem::path(arguments.Get("DIR")) / expected.back();
    if (!std::filesystem::exists(file)) continue;
    ASSIGN_OR_RETURN(const ImportSummary summary,
                     Import(session, sheet.kind, file.string(), options).Run());
    if (!session.json()) {
      ShowSummary(session, expected.back(), summary);
    }
    results.push_back(absl::StrCat("{\"kind\":\"", sheet.kind,
                                   "\",\"summary\":", CompactJson(summary),
                                   "}"));
    // What follows refers to what was kept out.
    verdict = Verdict(session, file.string(), options, summary);
    if (!verdict.ok() && !options.dry_run) break;
  }
  if (results.empty()) {
    return InvalidInput(session.Say(
        Msg::kImportNoFiles, {{"dir", arguments.Get("DIR")},
                              {"files", absl::StrJoin(expected, ", ")}}));
  }
  if (session.json()) session.ShowJson(JsonList("imports", results));
  return verdict;
}

absl::Status RunTemplate(Session& session, const Arguments& arguments) {
  sheet::v1::GetSheetTemplateRequest request;
  request.set_kind(arguments.Get("KIND"));
  request.set_english(arguments.Has("english"));
  sheet::v1::SheetTemplate sheet;
  RETURN_IF_ERROR(
      session.Call("SheetService.GetSheetTemplate", request, &sheet));
  const std::string file = arguments.Get("out");
  if (file.empty() || file == "-") {
    session.out() << sheet.content();
    return absl::OkStatus();
  }
  std::ofstream out(file, std::ios::binary);
  out << sheet.content() << std::flush;
  if (!out) {
    return InvalidInput(session.Say(
        Msg::kCannotWrite, {{"file", file}, {"detail", strerror(errno)}}));
  }
  session.err() << session.Say(Msg::kSaved, {{"name", file}}) << "\n";
  return absl::OkStatus();
}

std::vector<Argument> ImportArguments(Argument what) {
  return {
      std::move(what),
      Flag("dry-run", {"只检查每个单元格，不导入", "only check every cell"}),
      Flag("skip-bad", {"有错的行跳过，其余照常导入",
                        "leave wrong rows out, import the others"}),
      Flag("verify", {"同时核实：需求待结对，志愿者服务中",
                      "vouch for them: demands open, volunteers active"})};
}

Command OneCommand(const SheetKind& sheet) {
  Command command;
  command.name = sheet.kind;
  command.summary = {"导入" + sheet.noun.zh + "表",
                     "import a sheet of " + sheet.noun.en};
  command.details = {
      "CSV（UTF-8、UTF-16 或 "
      "GB18030），表头中英文均可、次序不限。有错的单元格逐一"
      "列出；\n按编号识别，重复导入不会改变什么。",
      "CSV (UTF-8, UTF-16 or GB18030), headers in Chinese or English in any "
      "order. Every wrong cell is told;\nrows are known by their id, so that "
      "importing again changes nothing."};
  command.arguments = ImportArguments(Positional(
      "FILE", {"CSV 文件（- 为标准输入）", "CSV file (-: standard input)"}));
  command.examples = {{absl::StrCat("jiedui import ", sheet.kind, " ",
                                    sheet.kind, ".csv --dry-run"),
                       {"先检查", "check first"}}};
  command.run = [kind = sheet.kind](Session& session,
                                    const Arguments& arguments) {
    return RunOne(session, kind, arguments);
  };
  return command;
}

Command AllCommand() {
  Command command;
  command.name = "all";
  command.summary = {"按次序导入一个文件夹里的各表",
                     "import the sheets of a folder in their order"};
  command.arguments = ImportArguments(
      Positional("DIR", {"文件夹，内有 demands.csv、volunteers.csv 等",
                         "folder with demands.csv, volunteers.csv and so on"}));
  command.examples = {{"jiedui import all deploy/sample --verify",
                       {"导入样例省并核实", "the sample province, verified"}}};
  command.run = RunAll;
  return command;
}

Command TemplateCommand() {
  std::vector<std::string> kinds;
  for (const SheetKind& sheet : SheetKinds()) kinds.push_back(sheet.kind);
  Argument to = Value(
      "out", "FILE",
      {"写到文件（默认标准输出）", "write to this file (standard output)"});
  to.short_name = "o";
  Command command;
  command.name = "template";
  command.summary = {"下载空白表格", "an empty sheet to fill in"};
  command.arguments = {
      OneOf(Positional("KIND", {"哪种表", "which sheet"}), kinds),
      std::move(to), Flag("english", {"英文表头", "headers in English"})};
  command.examples = {{"jiedui import template demands -o 需求.csv",
                       {"需求表", "for demands"}}};
  command.run = RunTemplate;
  return command;
}

}  // namespace

Command ImportCommand() {
  Command command;
  command.name = "import";
  command.summary = {"导入表格", "import sheets"};
  for (const SheetKind& sheet : SheetKinds()) {
    command.subcommands.push_back(OneCommand(sheet));
  }
  command.subcommands.push_back(AllCommand());
  command.subcommands.push_back(TemplateCommand());
  return command;
}

}  // namespace jiedui::cli
