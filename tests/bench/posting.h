// Posting demands.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>

#include "tests/bench/child.h"

namespace jiedui::bench {

// The request for demand `number` + 1 (demands.h), to which `number` rises.
grpc::ByteBuffer NextDemand(uint64_t& number);

// Posts the demands 1 to `count`.
void PostDemands(const ServerProcess& server, uint64_t count);

}  // namespace jiedui::bench
