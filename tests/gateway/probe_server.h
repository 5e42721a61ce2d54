// The probe service on a socket, and a gateway before it, in this process.
#pragma once

#include <grpcpp/server.h>

#include <memory>
#include <optional>

#include "services/gateway/backends.h"
#include "services/gateway/bind.h"
#include "tests/gateway/probe_service.h"
#include "tests/gateway/relay.h"

namespace jiedui::gateway {

// The gateway's options as tests want them: a plain port, the probe service,
// metadata that tests send, no access log.
GatewayOptions ProbeOptions();

// Where gRPC is.
struct ProbePlace {
  int port = 0;  // to listen at; 0: any free one
  // The gateway's calls go to the service without a socket…
  bool in_process = false;
  // … or to another process's at this port; 0: to the one here.
  int backend_port = 0;
};

// Thread-safe. Ends the program when it cannot be started.
class ProbeServer {
 public:
  explicit ProbeServer(const GatewayOptions& options,
                       const ProbePlace& place = {});
  ~ProbeServer();

  // The first port of the gateway's, and all of them.
  int web_port() const { return gateway_->ports().front(); }
  const std::vector<int>& web_ports() const { return gateway_->ports(); }
  int grpc_port() const { return grpc_port_; }

  ProbeServiceImpl& service() { return service_; }
  Gateway& gateway() { return *gateway_; }

 private:
  std::shared_ptr<grpc::Channel> ChannelFor(const Method& method,
                                            const std::string& message);

  ProbeServiceImpl service_;
  int grpc_port_ = 0;
  std::unique_ptr<grpc::Server> server_;
  // Calls whose plan is to die come this way, each over its own connection.
  std::unique_ptr<Relay> relay_;
  std::shared_ptr<grpc::Channel> in_process_;  // null: there is a backend
  std::optional<Backend> backend_;
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace jiedui::gateway
