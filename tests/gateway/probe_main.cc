// jiedui_probe: the probe service behind a gateway, for tests of clients.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "common/rpc/server.h"
#include "services/gateway/backends.h"
#include "tests/gateway/probe_server.h"

int main(int argc, char** argv) {
  using jiedui::gateway::GatewayOptions;
  GatewayOptions options = jiedui::gateway::ProbeOptions();
  jiedui::gateway::ProbePlace place;
  int idle_ms = static_cast<int>(options.limits.idle_time.count());
  CLI::App app("serves tests/gateway/probe.proto over gRPC-web and gRPC");
  app.add_option("--port", options.listen[0].port, "gRPC-web port (any)");
  app.add_option("--grpc-port", place.port, "gRPC port (any)");
  app.add_option("--cert", options.certificate_file,
                 "PEM; with it, a second port speaks TLS");
  app.add_option("--key", options.key_file, "PEM");
  app.add_option("--origin", options.origins, "web origin that may call");
  app.add_option("--files", options.files, "folder to serve");
  app.add_option("--allow", options.allowed_metadata,
                 "metadata that go up, beside the usual");
  app.add_option("--message-limit", options.limits.message_bytes, "bytes");
  app.add_option("--connections-each", options.limits.connections_each,
                 "by address");
  app.add_option("--streams-each", options.limits.streams_each, "by address");
  app.add_option("--calls-each", options.limits.calls_each, "by address");
  app.add_option("--idle-ms", idle_ms, "between requests");
  app.add_flag("--in-process", place.in_process,
               "the gateway calls the service without a socket");
  app.add_option("--backend-port", place.backend_port,
                 "the gateway calls another process's service");
  app.add_flag("--log", options.access_log, "one line a call");
  const auto usual = options.allowed_metadata;
  CLI11_PARSE(app, argc, argv);
  options.limits.idle_time = std::chrono::milliseconds(idle_ms);
  options.allowed_metadata.insert(options.allowed_metadata.end(), usual.begin(),
                                  usual.end());
  if (!options.certificate_file.empty()) {
    options.listen.push_back({.tls = true});
  }
  jiedui::gateway::AllowSmallReads();
  jiedui::rpc::BlockSignals();
  jiedui::gateway::ProbeServer server(options, place);
  std::cout << "{\"web\":" << server.web_port();
  if (server.web_ports().size() > 1) {
    std::cout << ",\"tls\":" << server.web_ports()[1];
  }
  std::cout << ",\"grpc\":" << server.grpc_port() << "}" << std::endl;
  jiedui::rpc::WaitForSignal();
  return 0;
}
