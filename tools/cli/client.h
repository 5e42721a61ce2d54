// Calls to the services: one way for every method of the public API.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace google::protobuf {
class Message;
class MethodDescriptor;
}  // namespace google::protobuf

namespace jiedui::cli {

class Connection;

struct CallOptions {
  std::string actor;       // sent as x-jiedui-actor, percent-encoded
  std::string request_id;  // for the one call that changes something; else
                           // every such call gets a fresh one
  int64_t timeout_seconds = 30;  // of a unary call
};

// The method of the public API called "DemandService.GetDemand".
// REQUIRES: there is one.
const google::protobuf::MethodDescriptor& Method(std::string_view name);

// Not thread-safe.
class Client {
 public:
  // `connection` must outlive the client.
  Client(const Connection& connection, CallOptions options);

  // Makes a unary call. A request with a request_id field gets one when it has
  // none, and only such a call is made again (4 times, over 3 s) when the
  // service is unavailable: the id makes a repeat harmless.
  // Errors: as errors.h FromGrpc gives them; `response` is then unchanged.
  absl::Status Call(const google::protobuf::MethodDescriptor& method,
                    const google::protobuf::Message& request,
                    google::protobuf::Message* response);

  // Makes a server-streaming call: each message is read into `response` and
  // handed to `each`, until the server ends the stream or `each` returns an
  // error, which cancels the call and is returned. Never made again.
  absl::Status Stream(const google::protobuf::MethodDescriptor& method,
                      const google::protobuf::Message& request,
                      google::protobuf::Message* response,
                      const std::function<absl::Status()>& each);

 private:
  const Connection& connection_;
  CallOptions options_;
};

}  // namespace jiedui::cli
