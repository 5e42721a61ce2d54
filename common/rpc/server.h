// The shell around the services of a process: one gRPC port with health and
// reflection, metrics at an HTTP port, and an end without cut-off answers.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/metrics.h"

namespace jiedui::rpc {

struct ServerOptions {
  std::string host = "127.0.0.1";
  // Port to listen on. 0: any free one. Negative: none, only in-process.
  int port = 0;
  // HTTP port of the metrics. 0: any free one. Negative: none.
  int metrics_port = -1;
  // How long calls under way may go on once the server stops.
  absl::Duration drain = absl::Seconds(5);
};

// Thread-safe.
class Server {
 public:
  // Serves `services`, which must outlive it, and what `metrics` watches.
  // Errors: kPortInUse.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const ServerOptions& options, const std::vector<grpc::Service*>& services,
      std::unique_ptr<Metrics> metrics);

  ~Server();  // as Shutdown()

  // Says NOT_SERVING, lets calls under way end, then cuts off what remains.
  void Shutdown();

  int port() const { return port_; }
  int metrics_port() const { return metrics_port_; }
  Metrics& metrics() { return *metrics_; }

  // A channel to this server without sockets.
  std::shared_ptr<grpc::Channel> InProcessChannel();

 private:
  Server() = default;

  absl::Duration drain_;
  int port_ = 0;
  int metrics_port_ = 0;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<grpc::Server> server_;
};

// A channel to another service. `address` is HOST:PORT.
std::shared_ptr<grpc::Channel> ConnectTo(const std::string& address);

// Waits for SIGINT or SIGTERM. REQUIRES: BlockSignals() was called before any
// thread was started.
void WaitForSignal();
void BlockSignals();

}  // namespace jiedui::rpc
