#include "tools/cli/app.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "common/base/status_macros.h"
#include "tools/cli/commands.h"
#include "tools/cli/errors.h"
#include "tools/cli/help.h"
#include "tools/cli/parser.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

constexpr char kDefaultServer[] = "127.0.0.1:7300";
constexpr int64_t kMostSeconds = 3600;

Argument Short(std::string letter, Argument argument) {
  argument.short_name = std::move(letter);
  return argument;
}

std::vector<Argument> ProgramArguments() {
  return {
      Value("server", "HOST:PORT",
            {"服务地址（默认环境变量 JIEDUI_SERVER，再默认 127.0.0.1:7300）",
             "where the service is (JIEDUI_SERVER, else 127.0.0.1:7300)"}),
      Value("data", "DIR",
            {"不连服务，直接在本进程内用这个数据目录",
             "use this data folder in this process, without a server"}),
      Value("policy", "FILE",
            {"与 --data 同用：结对用这个策略文件（默认内置策略）",
             "with --data: rounds are under this policy file (the built-in "
             "policy)"}),
      Short("o", OneOf(Value("output", "FORMAT", {"输出格式", "output"}),
                       {"table", "json"})),
      OneOf(Value("lang", "LANG",
                  {"语言（默认按 LC_ALL、LC_MESSAGES、LANG，否则中文）",
                   "language (by LC_ALL, LC_MESSAGES, LANG; else Chinese)"}),
            {"zh", "en"}),
      Value("as", "NAME", {"操作人（默认 $USER）", "who asks ($USER)"}),
      Value("request-id", "ID",
            {"幂等键：同一个键重复执行只生效一次（默认随机）",
             "idempotency key: the same one takes effect once (random)"}),
      Value(
          "timeout", "SECONDS",
          {"一次请求最多等多久（默认 30）", "longest wait for an answer (30)"}),
      Short("h", Flag("help", {"显示帮助", "show help"})),
  };
}

// The language must be known before anything can be said about the rest.
Language LanguageOf(const std::vector<std::string>& words,
                    Environment environment) {
  std::string wanted;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--lang" && i + 1 < words.size()) wanted = words[i + 1];
    if (words[i].starts_with("--lang=")) wanted = words[i].substr(7);
  }
  return ChooseLanguage(wanted, environment);
}

std::string FirstOf(std::initializer_list<std::string> values) {
  for (const std::string& value : values) {
    if (!value.empty()) return value;
  }
  return "";
}

absl::StatusOr<Settings> SettingsOf(const Arguments& arguments,
                                    Language language,
                                    Environment environment) {
  if (arguments.Has("server") && arguments.Has("data")) {
    return UsageError(Say(language, Msg::kServerAndData));
  }
  if (arguments.Has("policy") && !arguments.Has("data")) {
    return UsageError(Say(language, Msg::kPolicyWithoutData));
  }
  Settings settings;
  settings.language = language;
  settings.format = arguments.Get("output") == "json" ? OutputFormat::kJson
                                                      : OutputFormat::kTable;
  settings.data_dir = arguments.Get("data");
  settings.policy_file = arguments.Get("policy");
  settings.server = FirstOf(
      {arguments.Get("server"), environment("JIEDUI_SERVER"), kDefaultServer});
  settings.calls.actor =
      FirstOf({arguments.Get("as"), environment("USER"), "cli"});
  settings.calls.request_id = arguments.Get("request-id");
  int64_t& seconds = settings.calls.timeout_seconds;
  if (arguments.Has("timeout") &&
      (!absl::SimpleAtoi(arguments.Get("timeout"), &seconds) || seconds < 1 ||
       seconds > kMostSeconds)) {
    return UsageError(Say(language, Msg::kBadNumber,
                          {{"name", "--timeout"},
                           {"value", arguments.Get("timeout")},
                           {"min", "1"},
                           {"max", std::to_string(kMostSeconds)}}));
  }
  return settings;
}

absl::Status Run(const Parsed& parsed, Language language, const World& world) {
  ASSIGN_OR_RETURN(Settings settings,
                   SettingsOf(parsed.arguments, language, world.environment));
  Session session(std::move(settings), world.start_local, world.out, world.err,
                  world.err_is_terminal);
  absl::Status status = parsed.command().run(session, parsed.arguments);
  status.Update(session.Close());
  world.out.flush();
  return status;
}

Command BuildProgram() {
  Command program;
  program.name = "jiedui";
  program.summary = {"结对：把科技志愿者派到需要他们的地方",
                     "Jiedui dispatches science volunteers to where they are "
                     "needed"};
  program.arguments = ProgramArguments();
  program.subcommands = {ServeCommand(), DemandCommand(), VolunteerCommand()};
  for (Command& command : SupplyCommands()) {
    program.subcommands.push_back(std::move(command));
  }
  for (Command& command : std::vector<Command>{
           ImportCommand(), RoundCommand(), PairingCommand(), OfferCommand(),
           DispatchCommand(), VisitCommand(), ServiceCommand(),
           CorrectionCommand(), HoursCommand(), ReadingCommand(),
           CertificateCommand(), InboxCommand(), WebhookCommand(),
           PolicyCommand(), EventsCommand(), SolveCommand(), VersionCommand(),
           CompletionCommand(Program)}) {
    program.subcommands.push_back(std::move(command));
  }
  program.examples = {
      {"jiedui serve --data ./data", {"启动服务", "start the service"}},
      {"jiedui import all deploy/sample --verify",
       {"导入样例", "import the sample"}},
      {"jiedui round run", {"跑一轮结对", "run a round"}},
      {"jiedui pairing show D00000001",
       {"看一个结对为何这样配", "why one pairing is as it is"}}};
  return program;
}

}  // namespace

const Command& Program() {
  static const Command* const program = new Command(BuildProgram());
  return *program;
}

int RunProgram(const std::vector<std::string>& words, const World& world) {
  const Language language = LanguageOf(words, world.environment);
  const absl::StatusOr<Parsed> parsed = Parse(Program(), words, language);
  if (parsed.ok() && parsed->help) {
    world.out << HelpPage(parsed->path, language) << std::flush;
    return kExitOk;
  }
  const absl::Status status =
      parsed.ok() ? Run(*parsed, language, world) : parsed.status();
  world.err << Explain(status, language) << std::flush;
  return ExitCodeOf(status);
}

}  // namespace jiedui::cli
