// One client's connection as a coroutine sees it: bytes that have come, bytes
// that go out, and one place to wait at for whatever comes first.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "services/gateway/web/stream.h"

namespace jiedui::gateway {

using Time = std::chrono::steady_clock::time_point;
inline Time Now() { return std::chrono::steady_clock::now(); }

// All is called on the executor's one thread. The operations under way keep it
// alive.
class Duplex : public std::enable_shared_from_this<Duplex> {
 public:
  Duplex(boost::asio::any_io_executor executor, std::unique_ptr<Stream> stream);

  boost::asio::any_io_executor executor() { return timer_.get_executor(); }

  // Waits until `condition()` holds, which is looked at after every Wake().
  // False: `deadline` came first. One coroutine may wait at a time.
  template <typename Condition>
  boost::asio::awaitable<bool> Until(Condition condition, Time deadline) {
    while (!condition()) {
      if (Now() >= deadline) co_return false;
      timer_.expires_at(deadline);
      boost::system::error_code woken;
      co_await timer_.async_wait(
          boost::asio::redirect_error(boost::asio::use_awaitable, woken));
    }
    co_return true;
  }
  // Something may have changed.
  void Wake() { timer_.cancel(); }

  // --- input
  // What has come and was not taken away yet.
  std::string& input() { return input_; }
  // Keeps a read under way unless `most` bytes or more wait, or the client
  // sends no more. `step`: the most bytes to read at once.
  void Listen(size_t most, size_t step);
  // Waits for more input. False: none came before `deadline`, or none will.
  boost::asio::awaitable<bool> More(Time deadline);
  // The client sends no more; it may still read.
  bool ended() const { return ended_; }

  // --- output
  // True once all bytes are with the machine's network layer; false: the
  // connection is broken, or they were not by `deadline`, which breaks it.
  boost::asio::awaitable<bool> Write(std::string bytes, Time deadline);

  // --- life
  // False: no TLS by `deadline`.
  boost::asio::awaitable<bool> Handshake(Time deadline);
  // Nothing goes out any more, nor comes in.
  bool broken() const { return broken_; }
  // Breaks it; the client sees a reset.
  void Cut();
  // Ends it in good order: all that was written arrives.
  boost::asio::awaitable<void> Close(Time deadline);

 private:
  void StartRead(size_t step);

  boost::asio::steady_timer timer_;
  const std::unique_ptr<Stream> stream_;
  std::string input_;
  std::string chunk_;  // where the read under way writes
  std::string output_;
  bool reading_ = false;
  bool writing_ = false;
  bool ended_ = false;
  bool broken_ = false;
};

}  // namespace jiedui::gateway
