// What all connections share.
#pragma once

#include <grpcpp/channel.h>

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "services/gateway/web/caps.h"
#include "services/gateway/web/cors.h"
#include "services/gateway/web/hosts.h"
#include "services/gateway/web/limits.h"
#include "services/gateway/web/methods.h"
#include "services/gateway/web/static_files.h"
#include "services/gateway/wire/metadata.h"

namespace jiedui::gateway {

// The channel that a call goes by; `message` is the request's. Null: nobody
// here serves it. Thread-safe, and does not block.
using Resolver = std::function<std::shared_ptr<grpc::Channel>(
    const Method& method, const std::string& message)>;

// A call that has ended, without anything that is personal.
struct CallRecord {
  std::string_view method;  // its path; "unknown" for one that is none
  int code;                 // of gRPC
  uint64_t bytes_in;        // of the request's body
  uint64_t bytes_out;       // of the answer's
  std::chrono::steady_clock::duration took;
};

// Thread-safe.
struct Site {
  Limits limits;
  Cors cors;
  // Host names that requests may be for, beside addresses; "*": any.
  Hosts hosts;
  MethodTable methods;
  AllowedNames allowed_metadata;
  StaticFiles files;
  Resolver resolve;
  // Told of every call at its end.
  std::function<void(const CallRecord&)> on_call;
  // Told when connections come (1) and go (-1).
  std::function<void(double change)> on_connections;
  // Whether a load balancer may send requests here.
  std::function<bool()> is_healthy;

  mutable Counter connections;
  mutable Counter calls;
  mutable Counter streams;
  mutable Budget bodies;
  mutable Budget answers;
  // For what would hold up a thread that many connections share.
  mutable boost::asio::thread_pool pool{1};
  // The gateway stops: nothing new begins.
  std::atomic<bool> draining = false;
};

}  // namespace jiedui::gateway
