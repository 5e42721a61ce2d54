#include <iostream>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/rpc/host.h"
#include "common/rpc/log.h"

namespace jiedui::rpc {
namespace {

// Exit codes are those of the command line (jiedui --help).
constexpr int kUsage = 2;
constexpr int kPortUnusable = 7;
constexpr int kFolderUnusable = 8;

struct Flags {
  std::string data_dir;
  HostOptions options;
};

void PrintUsage(std::string_view program,
                const std::vector<std::string>& peer_flags) {
  std::cerr << "用法 / usage: " << program
            << " --data DIR [--host ADDRESS] [--port N] [--metrics-port N]";
  for (const std::string& peer : peer_flags) {
    std::cerr << " --" << peer << " HOST:PORT";
  }
  std::cerr
      << "\n  --data DIR        数据目录 / data folder\n"
         "  --host ADDRESS    监听地址，默认 127.0.0.1 / listen address\n"
         "  --port N          gRPC 端口，0 为任意 / gRPC port, 0: any\n"
         "  --metrics-port N  指标 HTTP 端口 / HTTP port of the metrics\n";
}

bool ParsePort(const std::string& text, int* port) {
  return absl::SimpleAtoi(text, port) && *port >= 0 && *port <= 65535;
}

// Nothing when the flags are wrong.
std::optional<Flags> ParseFlags(int argc, char** argv,
                                const std::vector<std::string>& peer_flags) {
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
      const bool is_peer = name.rfind("--", 0) == 0 &&
                           std::find(peer_flags.begin(), peer_flags.end(),
                                     name.substr(2)) != peer_flags.end();
      if (is_peer) flags.options.peers[name.substr(2)] = value;
      good = is_peer;
    }
    if (!good) return std::nullopt;
  }
  if (argc % 2 == 0 || flags.data_dir.empty() ||
      flags.options.peers.size() != peer_flags.size()) {
    return std::nullopt;
  }
  return flags;
}

int Fail(const absl::Status& status) {
  std::cerr << status.message() << "\n";
  return base::HasReason(status, base::Reason::kPortInUse) ? kPortUnusable
                                                           : kFolderUnusable;
}

}  // namespace

int HostMain(int argc, char** argv, std::string_view program,
             std::vector<std::string> peer_flags,
             absl::StatusOr<std::unique_ptr<HostedService>> (*open)(
                 const HostEnvironment&, const std::string& data_dir)) {
  const std::optional<Flags> flags = ParseFlags(argc, argv, peer_flags);
  if (!flags) {
    PrintUsage(program, peer_flags);
    return kUsage;
  }
  BlockSignals();
  Host host(&base::Clock::System());
  auto service = open(host.environment(), flags->data_dir);
  if (!service.ok()) return Fail(service.status());
  host.Add(*std::move(service));
  const absl::Status started = host.Start(flags->options);
  if (!started.ok()) return Fail(started);
  LogInfo("serving", {{"program", std::string(program)},
                      {"port", absl::StrCat(host.port())},
                      {"metrics_port", absl::StrCat(host.metrics_port())}});
  WaitForSignal();
  host.Stop();
  return 0;
}

}  // namespace jiedui::rpc
