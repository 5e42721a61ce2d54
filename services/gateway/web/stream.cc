#include "services/gateway/web/stream.h"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

void CloseSocket(tcp::socket& socket, bool abruptly) {
  error_code ignored;
  if (abruptly) socket.set_option(asio::socket_base::linger(true, 0), ignored);
  socket.close(ignored);
}

class PlainStream : public Stream {
 public:
  explicit PlainStream(tcp::socket socket) : socket_(std::move(socket)) {}

  void Handshake(Done done) override {
    asio::post(socket_.get_executor(),
               [done = std::move(done)]() mutable { done(error_code(), 0); });
  }
  void Read(asio::mutable_buffer buffer, Done done) override {
    socket_.async_read_some(buffer, std::move(done));
  }
  void Write(asio::const_buffer buffer, Done done) override {
    asio::async_write(socket_, buffer, std::move(done));
  }
  void Finish(Done done) override {
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    asio::post(socket_.get_executor(),
               [done = std::move(done), error]() mutable { done(error, 0); });
  }
  void Cancel() override {
    error_code ignored;
    socket_.cancel(ignored);
  }
  void Close(bool abruptly) override { CloseSocket(socket_, abruptly); }

 private:
  tcp::socket socket_;
};

// For operations that move no bytes of the application's.
auto WithoutBytes(Stream::Done done) {
  return [done = std::move(done)](error_code error) mutable { done(error, 0); };
}

class TlsStream : public Stream {
 public:
  TlsStream(tcp::socket socket, asio::ssl::context& tls)
      : stream_(std::move(socket), tls) {}

  void Handshake(Done done) override {
    stream_.async_handshake(asio::ssl::stream_base::server,
                            WithoutBytes(std::move(done)));
  }
  void Read(asio::mutable_buffer buffer, Done done) override {
    if (finished_) {
      stream_.next_layer().async_read_some(buffer, std::move(done));
    } else {
      stream_.async_read_some(buffer, std::move(done));
    }
  }
  void Write(asio::const_buffer buffer, Done done) override {
    asio::async_write(stream_, buffer, std::move(done));
  }
  // Waits for the client to agree. One that goes on sending does not; what it
  // sends is then no longer TLS to us.
  void Finish(Done done) override {
    stream_.async_shutdown(
        [this, done = std::move(done)](error_code error) mutable {
          error_code ignored;
          stream_.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
          finished_ = true;
          done(error, 0);
        });
  }
  void Cancel() override {
    error_code ignored;
    stream_.next_layer().cancel(ignored);
  }
  void Close(bool abruptly) override {
    CloseSocket(stream_.next_layer(), abruptly);
  }

 private:
  asio::ssl::stream<tcp::socket> stream_;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<Stream> MakePlainStream(tcp::socket socket) {
  return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<Stream> MakeTlsStream(tcp::socket socket,
                                      asio::ssl::context& tls) {
  return std::make_unique<TlsStream>(std::move(socket), tls);
}

}  // namespace jiedui::gateway
