// Prometheus metrics of a server, at http://HOST:PORT/metrics.
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <chrono>
#include <functional>
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

  // Calls that do not come by gRPC, counted by who serves them as
  // NAME_total{method,code} and NAME_seconds{method}. Thread-safe; this object
  // must outlive it. REQUIRES: called once a name; few different methods.
  using CountCall =
      std::function<void(const std::string& method, int code,
                         std::chrono::steady_clock::duration took)>;
  CountCall AddCalls(const std::string& name, const std::string& help);

  // A number that goes up and down by `change`. As above.
  using ChangeGauge = std::function<void(double change)>;
  ChangeGauge AddGauge(const std::string& name, const std::string& help);

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
