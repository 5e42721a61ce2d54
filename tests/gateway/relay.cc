#include "tests/gateway/relay.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

namespace jiedui::gateway {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// The two halves of one connection; alive as long as a pump runs.
struct Relay::Pair : std::enable_shared_from_this<Relay::Pair> {
  Pair(tcp::socket a, tcp::socket b)
      : client(std::move(a)), server(std::move(b)) {}

  void Pump(tcp::socket& from, tcp::socket& to,
            std::shared_ptr<std::array<char, 16384>> buffer) {
    from.async_read_some(
        asio::buffer(*buffer), [this, self = shared_from_this(), &from, &to,
                                buffer](error_code error, size_t size) {
          if (error) return Close();
          asio::async_write(
              to, asio::buffer(buffer->data(), size),
              [this, self, &from, &to, buffer](error_code failed, size_t) {
                if (failed) return Close();
                Pump(from, to, buffer);
              });
        });
  }
  void Start() {
    Pump(client, server, std::make_shared<std::array<char, 16384>>());
    Pump(server, client, std::make_shared<std::array<char, 16384>>());
  }
  void Close() {
    error_code ignored;
    client.close(ignored);
    server.close(ignored);
  }

  tcp::socket client;
  tcp::socket server;
};

Relay::Relay(int port)
    : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}),
      port_(acceptor_.local_endpoint().port()),
      server_port_(port) {
  Accept();
  thread_ = std::thread([this] { context_.run(); });
}

Relay::~Relay() {
  context_.stop();
  thread_.join();
}

void Relay::Accept() {
  acceptor_.async_accept([this](error_code error, tcp::socket client) {
    if (error) return;
    tcp::socket server(context_);
    server.connect({asio::ip::address_v4::loopback(),
                    static_cast<unsigned short>(server_port_)},
                   error);
    if (!error) {
      const int peer_port = server.local_endpoint().port();
      auto pair = std::make_shared<Pair>(std::move(client), std::move(server));
      pairs_[peer_port] = pair;
      pair->Start();
    }
    Accept();
  });
}

void Relay::Cut(int peer_port) {
  asio::post(context_, [this, peer_port] {
    const auto it = pairs_.find(peer_port);
    if (it == pairs_.end()) return;
    if (const std::shared_ptr<Pair> pair = it->second.lock()) pair->Close();
    pairs_.erase(it);
  });
}

}  // namespace jiedui::gateway
