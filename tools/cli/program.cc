// jiedui serve, version, completion.
#include <csignal>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "common/codes/tables.h"
#include "jiedui/event/v1/event.pb.h"
#include "tools/cli/commands.h"
#include "tools/cli/completion.h"
#include "tools/cli/errors.h"
#include "tools/cli/session.h"

namespace jiedui::cli {
namespace {

using event::v1::Head;

constexpr absl::Duration kBetweenTries = absl::Milliseconds(200);
constexpr int kMostPort = 65535;
constexpr int kMostWait = 3600;
constexpr int kWebPortBeside = 80;  // 7300 and 7380

absl::Status ReadNumber(const Session& session, const Arguments& arguments,
                        const std::string& name, int most, int* number) {
  if (!arguments.Has(name)) return absl::OkStatus();
  if (absl::SimpleAtoi(arguments.Get(name), number) && *number >= 0 &&
      *number <= most) {
    return absl::OkStatus();
  }
  return UsageError(
      session.Say(Msg::kBadNumber, {{"name", "--" + name},
                                    {"value", arguments.Get(name)},
                                    {"min", "0"},
                                    {"max", absl::StrCat(most)}}));
}

// Blocks until SIGINT or SIGTERM. They are blocked before any thread starts,
// so that all threads leave them to this one.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  void Await() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_;
};

// Browsers and phones: beside the port for programs, unless --web 0.
absl::Status ReadWeb(const Session& session, const Arguments& arguments,
                     int port, LocalWebOptions* web) {
  const int beside = port + kWebPortBeside;
  if (port > 0 && beside <= kMostPort) web->port = beside;
  RETURN_IF_ERROR(ReadNumber(session, arguments, "web", kMostPort, &web->port));
  if (arguments.Has("web-host")) web->host = arguments.Get("web-host");
  web->certificate = arguments.Get("web-cert");
  web->key = arguments.Get("web-key");
  web->files = arguments.Get("web-files");
  if (arguments.Has("web-name")) web->names = arguments.All("web-name");
  if (arguments.Has("web-origin")) web->origins = arguments.All("web-origin");
  if (web->certificate.empty() != web->key.empty()) {
    return UsageError(session.Say(Msg::kMissingArgument,
                                  {{"name", "--web-cert, --web-key"}}));
  }
  return absl::OkStatus();
}

absl::Status RunServe(Session& session, const Arguments& arguments) {
  LocalServerOptions options;
  options.data_dir = arguments.Get("data");
  options.policy_file = arguments.Get("policy");
  if (options.data_dir.empty()) {
    return UsageError(
        session.Say(Msg::kMissingArgument, {{"name", "--data DIR"}}));
  }
  options.port = 7300;
  RETURN_IF_ERROR(
      ReadNumber(session, arguments, "port", kMostPort, &options.port));
  RETURN_IF_ERROR(ReadNumber(session, arguments, "metrics-port", kMostPort,
                             &options.metrics_port));
  options.posts = true;
  options.posts_to_private = arguments.Has("webhooks-to-private");
  RETURN_IF_ERROR(ReadWeb(session, arguments, options.port, &options.web));
  const StopSignals signals;
  ASSIGN_OR_RETURN(std::unique_ptr<LocalServer> server,
                   session.start_local()(options));
  session.out() << session.Say(Msg::kServing,
                               {{"port", absl::StrCat(server->port())},
                                {"data", options.data_dir}})
                << std::endl;
  if (server->web_port() != 0) {
    const bool tls = !options.web.certificate.empty();
    session.out() << session.Say(Msg::kWebAt,
                                 {{"url", absl::StrCat(tls ? "https" : "http",
                                                       "://127.0.0.1:",
                                                       server->web_port())}})
                  << std::endl;
  }
  if (options.metrics_port != 0) {
    session.out() << session.Say(Msg::kMetricsAt,
                                 {{"port", absl::StrCat(options.metrics_port)}})
                  << std::endl;
  }
  signals.Await();
  session.err() << session.Say(Msg::kStopping) << std::endl;
  server->Stop();
  return absl::OkStatus();
}

// The heads of all three journals; UNAVAILABLE until all of them answer.
absl::Status AskHeads(Session& session, std::vector<Head>* heads) {
  heads->clear();
  for (const char* source : {"demand", "volunteer", "matcher"}) {
    event::v1::GetHeadRequest request;
    request.set_source(source);
    RETURN_IF_ERROR(session.Call("EventLogService.GetHead", request,
                                 &heads->emplace_back()));
  }
  return absl::OkStatus();
}

void ShowHeads(Session& session, const std::vector<Head>& heads) {
  session.out() << session.Say(Msg::kServerReached,
                               {{"address", session.Address()}})
                << "\n";
  std::vector<std::vector<std::string>> rows;
  for (const Head& head : heads) {
    std::vector<std::string> cursors;
    for (const event::v1::Cursor& cursor : head.cursors()) {
      cursors.push_back(absl::StrCat(cursor.source(), " ", cursor.seq()));
    }
    rows.push_back({head.source(), absl::StrCat(head.seq()),
                    absl::StrJoin(cursors, ", ")});
  }
  session.out() << RenderTable({{session.Say(Msg::kSource)},
                                {session.Say(Msg::kPosition), 0, true},
                                {session.Say(Msg::kFollows)}},
                               rows);
}

absl::Status RunVersion(Session& session, const Arguments& arguments) {
  int seconds = 0;
  RETURN_IF_ERROR(ReadNumber(session, arguments, "wait", kMostWait, &seconds));
  const std::string version = JIEDUI_VERSION;
  if (!session.json()) {
    session.out() << session.Say(
                         Msg::kClientVersion,
                         {{"version", version},
                          {"tables", std::string(codes::TablesVersion())}})
                  << std::endl;
  }
  const base::Clock& clock = base::Clock::System();
  const absl::Time until = clock.Now() + absl::Seconds(seconds);
  std::vector<Head> heads;
  absl::Status asked = AskHeads(session, &heads);
  while (absl::IsUnavailable(asked) && clock.Now() < until) {
    absl::SleepFor(kBetweenTries);
    asked = AskHeads(session, &heads);
  }
  RETURN_IF_ERROR(asked);
  if (!session.json()) {
    ShowHeads(session, heads);
    return absl::OkStatus();
  }
  std::vector<std::string> items;
  for (const Head& head : heads) items.push_back(CompactJson(head));
  session.ShowJson(absl::StrCat("{\"version\":\"", version, "\",",
                                JsonList("heads", items).substr(1)));
  return absl::OkStatus();
}

}  // namespace

Command ServeCommand() {
  Command command;
  command.name = "serve";
  command.summary = {"启动全部服务（一个进程）",
                     "run all services in this process"};
  command.details = {
      "用 --data 指明数据目录，--policy 指明策略文件；Ctrl-C 或 SIGTERM 停止。",
      "--data names the data folder, --policy the policy file; Ctrl-C or "
      "SIGTERM stops."};
  command.arguments = {
      Value("port", "N", {"监听端口（默认 7300）", "port to listen at (7300)"}),
      Value(
          "web", "N",
          {"浏览器与手机（gRPC-web）的端口（默认 --port 加 80，0 为不开）",
           "port for browsers and phones, gRPC-web (--port plus 80; 0: none)"}),
      Value("web-host", "ADDRESS",
            {"其监听地址（默认 127.0.0.1，仅本机）",
             "address it listens at (127.0.0.1: this machine only)"}),
      Value("web-cert", "FILE",
            {"TLS 证书链（PEM），与 --web-key 同用",
             "TLS certificate chain (PEM), with --web-key"}),
      Value("web-key", "FILE", {"TLS 私钥（PEM）", "TLS private key (PEM)"}),
      List("web-name", "NAME",
           {"网页入口的域名（可多个；按地址访问不需要）",
            "a host name it goes by (several; none for addresses)"}),
      List("web-origin", "URL",
           {"可调用本服务的其他网站（可多个）",
            "another site whose pages may call (several)"}),
      Value("web-files", "DIR", {"网页文件目录", "folder of pages to serve"}),
      Value("metrics-port", "N",
            {"Prometheus 指标端口（默认不开）",
             "port of the Prometheus metrics (none)"}),
      Flag("webhooks-to-private",
           {"通知可推送到内网地址", "post notices to private addresses too"})};
  command.examples = {{"jiedui serve --data ./data --port 7300",
                       {"在 7300 端口服务", "serve at port 7300"}},
                      {"jiedui serve --data ./data --web-origin "
                       "https://jiedui.example.org",
                       {"该网站的网页可以调用", "pages of that site may call"}},
                      {"jiedui serve --data ./data --policy my.txtpb",
                       {"用自己的策略", "under a policy of your own"}}};
  command.run = RunServe;
  return command;
}

Command VersionCommand() {
  Command command;
  command.name = "version";
  command.summary = {"版本，以及服务是否可用",
                     "versions, and whether the service answers"};
  command.arguments = {Value("wait", "SECONDS",
                             {"等服务就绪，最多这么多秒",
                              "wait so long for the service to be ready"})};
  command.examples = {
      {"jiedui version --wait 60", {"等服务就绪", "wait until it is ready"}}};
  command.run = RunVersion;
  return command;
}

Command CompletionCommand(std::function<const Command&()> root) {
  Command command;
  command.name = "completion";
  command.summary = {"生成 shell 补全脚本", "print a completion script"};
  command.arguments = {OneOf(Positional("SHELL", {"哪种 shell", "which shell"}),
                             {"bash", "zsh", "fish"})};
  command.examples = {
      {"source <(jiedui completion bash)", {"在 bash 中启用", "in bash"}}};
  command.run = [root = std::move(root)](Session& session,
                                         const Arguments& arguments) {
    session.out() << CompletionScript(root(), arguments.Get("SHELL"),
                                      session.language());
    return absl::OkStatus();
  };
  return command;
}

}  // namespace jiedui::cli
