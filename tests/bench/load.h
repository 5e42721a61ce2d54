// Keeps a number of unary calls under way, in the same way whatever is called,
// so that two servers are compared and not two clients.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>
#include <functional>
#include <limits>
#include <string>

#include "google/protobuf/message_lite.h"
#include "tests/bench/child.h"
#include "tests/bench/latencies.h"

namespace jiedui::bench {

struct Load {
  std::string method;  // "/package.Service/Method"
  int outstanding = 256;
  // Ends after so many seconds (those of the warm-up not counted), or calls.
  double seconds = std::numeric_limits<double>::infinity();
  uint64_t calls = std::numeric_limits<uint64_t>::max();
  double warm_up = 0.5;
};

struct LoadResult {
  uint64_t calls = 0;  // without those of the warm-up
  double seconds = 0;
  Latencies latencies;
  double server_cpu_micros = 0;  // of processor time a call, warm-up and all

  double PerSecond() const { return calls / seconds; }
};

// Calls with what `next` gives, one request after another. Requests and answers
// are bytes to it. A call that fails ends the program: there is nothing to
// measure then.
LoadResult Drive(const ServerProcess& server, const Load& load,
                 const std::function<grpc::ByteBuffer()>& next);

grpc::ByteBuffer ToBytes(const google::protobuf::MessageLite& message);

}  // namespace jiedui::bench
