// Prometheus metrics of a server, at http://HOST:PORT/metrics.
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "common/runtime/writer.h"

namespace jiedui::rpc {

// Counts calls by method and code with their latency, and shows the writers'
// counters. Thread-safe.
class Metrics {
 public:
  Metrics();
  ~Metrics();

  // Shows what `writer` counts; it must outlive this.
  void Watch(const runtime::Writer* writer);

  // Serves the metrics; 0: any free port. Returns the port. Errors: kPortInUse.
  absl::StatusOr<int> Expose(const std::string& host, int port);

  // To be given to the server; it refers to this object.
  std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>
  Interceptors();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace jiedui::rpc
