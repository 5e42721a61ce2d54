// One call to a service behind the gateway, by the name of its method and in
// bytes.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/gateway/web/methods.h"
#include "services/gateway/wire/frames.h"

namespace jiedui::gateway {

struct UpstreamRequest {
  std::shared_ptr<grpc::Channel> channel;
  const Method* method;  // outlives the call
  std::vector<HeaderLine> metadata;
  // Nothing: the call may take as long as it likes.
  std::optional<absl::Duration> timeout;
  std::string message;
};

// Used on one executor, on whose thread all below changes and `wake` is called
// when it has. The call under way keeps it alive.
class Upstream {
 public:
  virtual ~Upstream() = default;

  // REQUIRES: the channel's server outlives the call; metadata as
  // RequestMetadata leaves them (gRPC ends the process over others).
  static std::shared_ptr<Upstream> Start(UpstreamRequest request,
                                         boost::asio::any_io_executor executor,
                                         std::function<void()> wake);

  // --- what came back so far, in this order
  // Lines that are for clients; nothing before they came. An answer may have
  // none.
  const std::optional<std::vector<HeaderLine>>& headers() const {
    return headers_;
  }
  // The next message; nothing: none waits.
  const std::optional<grpc::ByteBuffer>& message() const { return message_; }
  // Nothing before the end of the call. There is no message after it.
  const std::optional<grpc::Status>& status() const { return status_; }
  const std::vector<HeaderLine>& trailers() const { return trailers_; }
  // The status is not the service's but gRPC's here: nobody answered.
  bool is_own_failure() const { return own_failure_; }

  // Lets the message go and asks for the next. Until then no further one is
  // read: who reads slowly holds up the service, not the gateway's memory.
  // REQUIRES: there is a message.
  virtual void Next() = 0;

  // Asks for the end; status() comes soon.
  virtual void Cancel() = 0;

 protected:
  std::optional<std::vector<HeaderLine>> headers_;
  std::optional<grpc::ByteBuffer> message_;
  std::optional<grpc::Status> status_;
  std::vector<HeaderLine> trailers_;
  bool own_failure_ = false;
};

}  // namespace jiedui::gateway
