// jiedui-gateway: browsers and phones on one side, the services on the other.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/rpc/log.h"
#include "common/rpc/metrics.h"
#include "common/rpc/server.h"
#include "services/gateway/backends.h"
#include "services/gateway/bind.h"

namespace {

using jiedui::base::MakeError;
using jiedui::base::Reason;
using jiedui::gateway::Backends;
using jiedui::gateway::Gateway;
using jiedui::gateway::GatewayOptions;

// As those of jiedui::rpc::HostMain.
enum ExitCode { kUsage = 2, kInvalid = 4, kPortUnusable = 7 };

struct Flags {
  GatewayOptions gateway;
  std::string listen = "127.0.0.1:7380";
  int metrics_port = -1;
  std::vector<std::string> backends;
  std::string backend_ca;
};

void AddFlags(CLI::App& app, Flags& flags) {
  app.add_option("--listen", flags.listen,
                 "监听地址（默认 127.0.0.1:7380） / listen address")
      ->type_name("HOST:PORT");
  app.add_option("--cert", flags.gateway.certificate_file,
                 "TLS 证书链（PEM） / TLS certificate chain")
      ->type_name("FILE");
  app.add_option("--key", flags.gateway.key_file, "TLS 私钥（PEM） / TLS key")
      ->type_name("FILE");
  app.add_option("--origin", flags.gateway.origins,
                 "可调用的其他网站 / another site whose pages may call")
      ->type_name("URL");
  app.add_option(
         "--host", flags.gateway.hosts,
         "本网关的域名（按地址访问不需要） / a host name of the gateway")
      ->type_name("NAME");
  app.add_option(
         "--calls", flags.gateway.limits.calls,
         "同时进行的调用上限（默认 3000） / most calls under way (3000)")
      ->check(CLI::Range(1, 4000));
  app.add_option(
         "--streams", flags.gateway.limits.streams,
         "其中流式调用上限（默认 2000） / most streams among them (2000)")
      ->check(CLI::Range(1, 4000));
  app.add_option("--files", flags.gateway.files,
                 "网页文件目录 / folder of pages to serve")
      ->type_name("DIR");
  app.add_option(
         "--backend", flags.backends,
         "后端服务：demand、volunteer、matcher 各一 / the services, one "
         "of each")
      ->type_name("NAME=HOST:PORT[,HOST:PORT]")
      ->required();
  app.add_option(
         "--backend-ca", flags.backend_ca,
         "后端使用 TLS，由此 CA 签发 / backends speak TLS, vouched for by "
         "this CA")
      ->type_name("FILE");
  app.add_option("--metrics-port", flags.metrics_port,
                 "指标 HTTP 端口，0 为任意 / HTTP port of the metrics, 0: any")
      ->type_name("N");
  app.add_option("--threads", flags.gateway.threads,
                 "线程数（默认 2） / threads (2)")
      ->check(CLI::Range(1, 64));
}

// "HOST:PORT"; IPv6 in brackets.
absl::Status ReadListen(Flags& flags) {
  const size_t colon = flags.listen.rfind(':');
  std::string host = flags.listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  int port = 0;
  if (colon == std::string::npos ||
      !absl::SimpleAtoi(flags.listen.substr(colon + 1), &port) || port < 0 ||
      port > 65535) {
    return MakeError(Reason::kFieldMalformed, {{"field", "--listen"},
                                               {"value", flags.listen},
                                               {"expected", "HOST:PORT"}});
  }
  flags.gateway.listen = {
      {host, port, !flags.gateway.certificate_file.empty()}};
  return absl::OkStatus();
}

absl::Status Serve(Flags& flags) {
  RETURN_IF_ERROR(ReadListen(flags));
  ASSIGN_OR_RETURN(const Backends backends,
                   Backends::Connect(flags.backends, flags.backend_ca));
  jiedui::rpc::Metrics metrics;
  flags.gateway.metrics = &metrics;
  ASSIGN_OR_RETURN(
      const std::unique_ptr<Gateway> gateway,
      Gateway::Start(
          flags.gateway,
          [&backends](const auto& method, const std::string& message) {
            return backends.ChannelFor(method, message);
          },
          [&backends] { return backends.AreReachable(); }));
  int metrics_port = 0;
  if (flags.metrics_port >= 0) {
    ASSIGN_OR_RETURN(metrics_port,
                     metrics.Expose("127.0.0.1", flags.metrics_port));
  }
  jiedui::rpc::LogInfo("serving",
                       {{"program", "jiedui-gateway"},
                        {"port", absl::StrCat(gateway->ports().front())},
                        {"metrics_port", absl::StrCat(metrics_port)}});
  jiedui::rpc::WaitForSignal();
  gateway->Stop();
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  Flags flags;
  CLI::App app(
      "结对网关：浏览器与手机经此调用各服务 / browsers and phones "
      "reach the services through it");
  AddFlags(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  jiedui::gateway::AllowSmallReads();
  jiedui::rpc::BlockSignals();
  const absl::Status served = Serve(flags);
  if (served.ok()) return 0;
  std::cerr << served.message() << "\n";
  return jiedui::base::HasReason(served, Reason::kPortInUse) ? kPortUnusable
                                                             : kInvalid;
}
