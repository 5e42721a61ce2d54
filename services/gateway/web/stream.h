// A byte stream to one client: TCP, or TLS over it.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>

#include "absl/functional/any_invocable.h"

namespace jiedui::gateway {

// Used by one thread. One read and one write may be under way at a time; what
// they were given must stay until they are done. `Done` is called later, never
// from inside the call that starts the operation.
class Stream {
 public:
  using Done =
      absl::AnyInvocable<void(boost::system::error_code, size_t bytes)>;

  virtual ~Stream() = default;

  // Before anything else.
  virtual void Handshake(Done done) = 0;
  // At least one byte, or an error; asio::error::eof when no more will come.
  virtual void Read(boost::asio::mutable_buffer buffer, Done done) = 0;
  // All bytes, or an error.
  virtual void Write(boost::asio::const_buffer buffer, Done done) = 0;
  // Says that no more will be written; Read() then gives bytes that only matter
  // by having been read: an answer is lost to a reset when some were not.
  // REQUIRES: no operation is under way.
  virtual void Finish(Done done) = 0;
  // Operations under way end with asio::error::operation_aborted.
  virtual void Cancel() = 0;
  // Ends the connection at once; `abruptly`: so that the client knows that what
  // it has got is not all (RST). Operations under way end with an error.
  virtual void Close(bool abruptly) = 0;
};

std::unique_ptr<Stream> MakePlainStream(boost::asio::ip::tcp::socket socket);

// `tls` must outlive it.
std::unique_ptr<Stream> MakeTlsStream(boost::asio::ip::tcp::socket socket,
                                      boost::asio::ssl::context& tls);

}  // namespace jiedui::gateway
