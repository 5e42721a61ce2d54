// The services behind a gateway that is a process of its own.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/gateway/web/methods.h"

namespace jiedui::gateway {

// How a gateway's channels are set up: calls take turns between addresses,
// silent connections are asked whether they live, and a stream whose client
// reads slowly holds little memory here.
grpc::ChannelArguments BackendArguments();

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

  // The backend of a method: by its package; sheets by the kind of sheet that
  // `message` names. Null: none was given for it.
  std::shared_ptr<grpc::Channel> ChannelFor(const Method& method,
                                            const std::string& message) const;

  // False while one of them cannot be reached.
  bool AreReachable() const;

 private:
  Backends() = default;

  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace jiedui::gateway
