// A TCP relay in front of a server, whose connections can be cut one by one: a
// server that dies, for tests.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <map>
#include <memory>
#include <thread>

namespace jiedui::gateway {

// Thread-safe.
class Relay {
 public:
  // In front of 127.0.0.1:`port`.
  explicit Relay(int port);
  ~Relay();

  int port() const { return port_; }

  // Cuts the connection that the server knows by `peer_port`.
  void Cut(int peer_port);

 private:
  struct Pair;

  void Accept();

  boost::asio::io_context context_{1};
  boost::asio::ip::tcp::acceptor acceptor_;
  const int port_;
  const int server_port_;
  std::map<int, std::weak_ptr<Pair>> pairs_;  // used by the thread
  std::thread thread_;
};

}  // namespace jiedui::gateway
