// The services behind a gateway that is a process of its own.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/security/credentials.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/web/methods.h"

namespace jiedui::gateway {

// gRPC then reads into small buffers where a channel asks for it; otherwise
// each slow stream could keep several of 64 KiB alive. Call it before any
// thread starts and before gRPC is used. GRPC_EXPERIMENTS, when set, stays as
// it is.
void AllowSmallReads();

// The channels to one service. Silent connections are asked whether they live.
// Thread-safe.
class Backend {
 public:
  // `target`: as gRPC names it; calls take turns between its addresses.
  Backend(const std::string& target,
          const std::shared_ptr<grpc::ChannelCredentials>& credentials);

  // Streams have connections of their own, set up so that one whose client
  // reads slowly holds little memory here.
  std::shared_ptr<grpc::Channel> ChannelFor(const Method& method) const;

  // False while it cannot be reached.
  bool IsReachable() const;

 private:
  std::shared_ptr<grpc::Channel> calls_;
  std::shared_ptr<grpc::Channel> streams_;
};

// Immutable, thread-safe.
class Backends {
 public:
  // `backends`: "demand=HOST:PORT", "volunteer=…", "matcher=…", each once; of
  // several addresses, with commas between, calls go to one after the other,
  // and those must be of IPv4. A host may have several addresses in DNS. With a
  // `ca_file` (PEM) connections are TLS, to servers that it vouches for.
  // Errors: kFieldMalformed, kFileUnreadable.
  static absl::StatusOr<Backends> Connect(
      const std::vector<std::string>& backends, const std::string& ca_file);

  // To the backend of a method: by its package; sheets by the kind of sheet
  // that `message` names. Null: none was given for it.
  std::shared_ptr<grpc::Channel> ChannelFor(const Method& method,
                                            const std::string& message) const;

  // False while one of them cannot be reached.
  bool AreReachable() const;

 private:
  Backends() = default;

  std::map<std::string, Backend> backends_;
};

}  // namespace jiedui::gateway
