// What the gateway bounds: it faces the internet.
#pragma once

#include <chrono>
#include <cstddef>

namespace jiedui::gateway {

struct Limits {
  // --- bytes
  // Of a request's line and headers together.
  size_t head_bytes = 8 << 10;
  // Of a request message, as it travels and inflated.
  size_t message_bytes = 1 << 20;
  // The same for methods of SheetService: a sheet of 20 MiB and its envelope.
  size_t sheet_bytes = (20 << 20) + (4 << 10);
  // Of a response message.
  size_t response_bytes = 64 << 20;
  // Of the metadata that go up with a call, counted as RequestMetadata does.
  // gRPC services drop a connection that carries 8 KiB in one call.
  size_t metadata_bytes = 4 << 10;
  // Of requests that are sent before the one under way is answered. With more
  // waiting, nothing is read until it is; a client that goes away then is only
  // noticed by writing.
  size_t pipelined_bytes = 64 << 10;
  // Of a body nobody wants that is read all the same, so that the connection
  // can be used again. After a longer one it is closed.
  size_t discarded_bytes = 4 << 20;
  // Of the requests under way of all callers together, inflated too; one caller
  // may have an eighth.
  size_t buffered_bytes = 256 << 20;
  // The same of messages on their way to clients.
  size_t answering_bytes = 512 << 20;

  // --- time
  // From the first byte of a request to the end of its head; also for TLS's
  // handshake.
  std::chrono::milliseconds head_time{5'000};
  // For a body, beyond what `bytes_per_second` allows for its bytes.
  std::chrono::milliseconds body_time{15'000};
  // Between two pieces of a body.
  std::chrono::milliseconds stall_time{10'000};
  // Between requests.
  std::chrono::milliseconds idle_time{60'000};
  // For one piece of an answer to be taken by the client, beyond what
  // `bytes_per_second` allows for its bytes.
  std::chrono::milliseconds write_time{30'000};
  size_t bytes_per_second = 16 << 10;
  // From seeing that the client sends no more until its call is cancelled. It
  // lets a quick call be answered to a client that closes one half only.
  std::chrono::milliseconds half_close_time{25};
  // For calls under way once the gateway stops.
  std::chrono::milliseconds drain_time{10'000};
  // For a client to close its side, once ours is.
  std::chrono::milliseconds linger_time{1'000};

  // --- numbers
  int connections = 16'384;
  // By key of the one who calls, which is the address until there are
  // identities. A county's offices share one address.
  int connections_each = 512;
  int calls_each = 256;
  // Of all callers; a service takes 4,096 over one connection. Streams, which
  // may last, count among the calls and have bounds of their own.
  int calls = 3'000;
  int streams = 2'000;
  int streams_each = 128;
};

}  // namespace jiedui::gateway
