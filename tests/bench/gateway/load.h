// Unary calls as fast as they may, over HTTP/1.1 and over gRPC.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/latencies.h"

namespace jiedui::bench {

struct CallLoad {
  int outstanding = 64;
  double seconds = 3;
};

struct CallResult {
  double per_second = 0;
  Latencies latencies;
};

// POSTs of `request`, all bytes of it, to 127.0.0.1:`port`, each connection
// with one after the other. Answers must say their length. Ends the program at
// another status than 200.
CallResult PostAll(int port, const std::string& request, const CallLoad& load);

// The probe's Unary with the message `request`, over one channel.
CallResult CallAll(int port, const std::string& request, const CallLoad& load);

// A POST of gRPC-web to the probe's method with this message.
std::string WebPost(const std::string& method, const std::string& message);

// Connections that have sent `request` and read nothing since.
class SlowReaders {
 public:
  SlowReaders(int port, int count, const std::string& request);

  // Reads a little from each.
  void Sip();

 private:
  boost::asio::io_context context_;
  std::vector<std::unique_ptr<boost::asio::ip::tcp::socket>> sockets_;
};

}  // namespace jiedui::bench
