// The gateway: HTTP/1.1 and gRPC-web for browsers and phones, gRPC for the
// services behind it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/metrics.h"
#include "services/gateway/web/limits.h"
#include "services/gateway/web/methods.h"
#include "services/gateway/web/site.h"

namespace jiedui::gateway {

// Where to listen.
struct ListenAddress {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: any free one
  bool tls = false;
};

struct GatewayOptions {
  std::vector<ListenAddress> listen;
  // PEM files; needed where an address says tls.
  std::string certificate_file;
  std::string key_file;
  // Web pages of other origins that may call; see Cors.
  std::vector<std::string> origins;
  // Names of this gateway; see Hosts.
  std::vector<std::string> hosts;
  // Folder of the console; empty: none.
  std::string files;
  Services services = PublicServices();
  // Metadata that go up to services, in lower case. Who acts is what the caller
  // declares (x-jiedui-actor) as long as there are no identities.
  std::vector<std::string> allowed_metadata = {"authorization",
                                               "x-jiedui-actor"};
  Limits limits;
  int threads = 2;
  // One line a call: method, code, bytes, duration. Nothing personal.
  bool access_log = true;
  // Where calls and connections are counted; must outlive the gateway. Null:
  // nowhere.
  rpc::Metrics* metrics = nullptr;
};

// Thread-safe.
class Gateway {
 public:
  // `resolve` gives the channel for a call; the servers of its channels must
  // outlive the gateway (gRPC 1.51 ends the process when a call begins on an
  // in-process channel whose server goes). `is_healthy` is what /healthz says.
  // Errors: kPortInUse, kFileUnreadable, kTooLarge (files); kBadMetadata for a
  // name that cannot be allowed.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(
      const GatewayOptions& options, Resolver resolve,
      std::function<bool()> is_healthy = [] { return true; });

  ~Gateway();  // as Stop()

  // The ports, in the order of options.listen.
  const std::vector<int>& ports() const { return ports_; }

  // Connections and calls under way.
  int connections() const;
  int calls() const;

  // Accepts no more, lets calls end, cuts off what remains; see Limits.
  void Stop();

 private:
  struct Parts;

  explicit Gateway(std::unique_ptr<Parts> parts);

  const std::unique_ptr<Parts> parts_;
  std::vector<int> ports_;
};

}  // namespace jiedui::gateway
