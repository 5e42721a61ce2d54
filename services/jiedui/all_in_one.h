// All services in one process: the default, and what most tests use.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/guarded_clock.h"
#include "common/rpc/host.h"
#include "services/gateway/bind.h"
#include "services/matcher/bind.h"

namespace jiedui {

struct AllInOneOptions {
  // Each service keeps its own database in a folder below it: demand,
  // volunteer, matcher.
  std::string data_dir;
  matcher::MatcherOptions matcher;
  // Where to listen; a negative port listens nowhere (calls go through
  // channel()).
  rpc::ServerOptions server;
  // The gateway for browsers and phones; without an address to listen at there
  // is none.
  gateway::GatewayOptions web;
  const base::Clock* clock = &base::GuardedClock::System();
};

// Thread-safe.
class AllInOne {
 public:
  // Errors: those of opening a data folder and of the policy file; kPortInUse;
  // those of Gateway::Start.
  static absl::StatusOr<std::unique_ptr<AllInOne>> Start(
      const AllInOneOptions& options);

  ~AllInOne();  // as Stop()

  // To the services, without sockets.
  std::shared_ptr<grpc::Channel> channel() { return host_.channel(); }

  int port() const { return host_.port(); }
  int metrics_port() const { return host_.metrics_port(); }
  // In the order of AllInOneOptions::web.listen.
  std::vector<int> web_ports() const;

  // Waits until the services agree: each has taken in what the others had
  // committed. Errors: kUnreachable past `deadline`.
  absl::Status Settle(absl::Time deadline) { return host_.Settle(deadline); }

  // Ends the gateway, then calls, then closes the databases.
  void Stop();

 private:
  explicit AllInOne(const base::Clock* clock) : host_(clock) {}

  rpc::Host host_;
  // After the services, whose channel must outlive its calls.
  std::unique_ptr<gateway::Gateway> gateway_;
};

}  // namespace jiedui
