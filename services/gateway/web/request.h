// Requests as they come in over one connection: heads, then bodies.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <optional>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "services/gateway/web/duplex.h"
#include "services/gateway/web/limits.h"

namespace jiedui::gateway {

// One request. Thread-compatible; lives in the connection's coroutine.
class Request {
 public:
  using Head = boost::beast::http::request_header<>;
  using Field = boost::beast::http::field;

  // `duplex` and `limits` must outlive it.
  Request(Duplex* duplex, const Limits* limits);

  // How reading a head ended.
  enum class Reading {
    kDone,
    kNothing,  // the client, or `stop`, ended it before a first byte
    kTimeout,  // in the middle of a head
    kBroken,   // the client went away in the middle of one
    kTooLong,
    kRefused,  // verdict() says why
  };

  // Waits for a request, until `stop()` holds or limits.idle_time is over, then
  // for the rest of its head.
  boost::asio::awaitable<Reading> ReadHead(absl::FunctionRef<bool()> stop);

  // REQUIRES for all that follows: ReadHead gave kDone.
  const Head& head() const { return parser_->get(); }
  bool Is(boost::beast::http::verb method) const {
    return head().method() == method;
  }
  std::string_view Header(Field name) const { return View(head()[name]); }
  // The value of a header, empty when there is none.
  std::string_view Header(std::string_view name) const;
  // What stands before "?".
  std::string_view path() const;
  bool is_1_0() const { return head().version() < 11; }
  // Whether the client wants the connection for further requests.
  bool keep_alive() const { return parser_->keep_alive(); }
  // The body's announced length; nothing when it comes in chunks.
  std::optional<uint64_t> length() const;

  // The HTTP status to refuse the request with.
  unsigned verdict() const { return verdict_; }

  // How reading a body ended.
  enum class Body {
    kDone,
    kStopped,  // by `take`
    kTimeout,
    kBroken,     // the client went away, or ended it early
    kMalformed,  // not chunks
  };

  // Hands the body to `take`, piece by piece, until it returns false; times out
  // at `deadline`, and as the limits say. Sends "100 Continue" first when the
  // client waits for that.
  boost::asio::awaitable<Body> ReadBody(
      absl::FunctionRef<bool(std::string_view piece)> take,
      Time deadline = Time::max());

  // Reads on to the body's end, so that the connection can be used again.
  // False: it cannot, for the body is too long or did not come, or the client
  // waits to be told to send it.
  boost::asio::awaitable<bool> DiscardBody();

  // Whether the client waits for "100 Continue" before it sends the body.
  bool expects_continue() const;
  // Whether it expects something else, which nobody knows.
  bool expects_unknown() const;

 private:
  using Parser =
      boost::beast::http::request_parser<boost::beast::http::buffer_body>;

  static std::string_view View(boost::beast::string_view text) {
    return {text.data(), text.size()};
  }
  bool ParseHead(size_t size);

  Duplex& duplex_;
  const Limits& limits_;
  std::optional<Parser> parser_;
  unsigned verdict_ = 0;
  bool continued_ = false;
  bool lost_ = false;  // where the body ends
};

}  // namespace jiedui::gateway
