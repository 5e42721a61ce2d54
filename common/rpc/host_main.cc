#include <iostream>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/error.h"
#include "common/base/guarded_clock.h"
#include "common/rpc/host.h"
#include "common/rpc/log.h"

namespace jiedui::rpc {
namespace {

// Exit codes are those of the command line (jiedui --help).
constexpr int kUsage = 2;
constexpr int kInvalid = 4;
constexpr int kPortUnusable = 7;
constexpr int kFolderUnusable = 8;

struct Flags {
  std::string data_dir;
  HostOptions options;
  std::map<std::string, std::string> own;
};

void PrintUsage(const HostedProgram& program) {
  std::cerr << "用法 / usage: " << program.name
            << " --data DIR [--host ADDRESS] [--port N] [--metrics-port N]";
  for (const std::string& peer : program.peers) {
    std::cerr << " --" << peer << " HOST:PORT";
  }
  for (const ProgramFlag& flag : program.flags) {
    std::cerr << " [--" << flag.name << " " << flag.value << "]";
  }
  std::cerr
      << "\n  --data DIR        数据目录 / data folder\n"
         "  --host ADDRESS    监听地址，默认 127.0.0.1 / listen address\n"
         "  --port N          gRPC 端口，0 为任意 / gRPC port, 0: any\n"
         "  --metrics-port N  指标 HTTP 端口 / HTTP port of the metrics\n";
  for (const ProgramFlag& flag : program.flags) {
    std::cerr << absl::StreamFormat(
        "  %-17s %s\n", absl::StrCat("--", flag.name, " ", flag.value),
        flag.help);
  }
}

bool ParsePort(const std::string& text, int* port) {
  return absl::SimpleAtoi(text, port) && *port >= 0 && *port <= 65535;
}

// A peer's address or a value of the program's own; false: it has no such flag.
bool TakeProgramFlag(const HostedProgram& program, const std::string& name,
                     const std::string& value, Flags& flags) {
  for (const std::string& peer : program.peers) {
    if (name != "--" + peer) continue;
    flags.options.peers[peer] = value;
    return true;
  }
  for (const ProgramFlag& flag : program.flags) {
    if (name != "--" + flag.name) continue;
    flags.own[flag.name] = value;
    return true;
  }
  return false;
}

// Nothing when the flags are wrong.
std::optional<Flags> ParseFlags(int argc, char** argv,
                                const HostedProgram& program) {
  Flags flags;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const std::string value = argv[i + 1];
    ServerOptions& server = flags.options.server;
    bool good = true;
    if (name == "--data") {
      flags.data_dir = value;
    } else if (name == "--host") {
      server.host = value;
    } else if (name == "--port") {
      good = ParsePort(value, &server.port);
    } else if (name == "--metrics-port") {
      good = ParsePort(value, &server.metrics_port);
    } else {
      good = TakeProgramFlag(program, name, value, flags);
    }
    if (!good) return std::nullopt;
  }
  if (argc % 2 == 0 || flags.data_dir.empty() ||
      flags.options.peers.size() != program.peers.size()) {
    return std::nullopt;
  }
  return flags;
}

int Fail(const absl::Status& status) {
  using base::Language;
  std::cerr << status.message() << "\n";
  const std::optional<base::ErrorInfo> info = base::Info(status);
  if (info) {
    for (const base::Violation& one : info->violations) {
      std::cerr << "  " << one.field << ": " << one.Message(Language::kChinese)
                << " / " << one.Message(Language::kEnglish) << "\n";
    }
  }
  if (absl::IsInvalidArgument(status)) return kInvalid;
  return base::HasReason(status, base::Reason::kPortInUse) ? kPortUnusable
                                                           : kFolderUnusable;
}

}  // namespace

int HostMain(int argc, char** argv, const HostedProgram& program) {
  const std::optional<Flags> flags = ParseFlags(argc, argv, program);
  if (!flags) {
    PrintUsage(program);
    return kUsage;
  }
  BlockSignals();
  Host host(&base::GuardedClock::System());
  auto service = program.open(host.environment(), flags->data_dir, flags->own);
  if (!service.ok()) return Fail(service.status());
  host.Add(*std::move(service));
  const absl::Status started = host.Start(flags->options);
  if (!started.ok()) return Fail(started);
  LogInfo("serving", {{"program", program.name},
                      {"port", absl::StrCat(host.port())},
                      {"metrics_port", absl::StrCat(host.metrics_port())}});
  WaitForSignal();
  host.Stop();
  return 0;
}

}  // namespace jiedui::rpc
