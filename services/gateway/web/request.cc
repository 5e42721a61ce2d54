#include "services/gateway/web/request.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>

#include "services/gateway/wire/request_head.h"

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr size_t kHeadStep = 1 << 10;
constexpr size_t kPieceBytes = 16 << 10;
constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kLineEnd = "\r\n";
constexpr char kContinue[] = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Request::Request(Duplex* duplex, const Limits* limits)
    : duplex_(*duplex), limits_(*limits) {}

asio::awaitable<Request::Reading> Request::ReadHead(
    absl::FunctionRef<bool()> stop) {
  std::string& input = duplex_.input();
  duplex_.Listen(1, kHeadStep);
  const bool came = co_await duplex_.Until(
      [&] {
        return !input.empty() || duplex_.ended() || duplex_.broken() || stop();
      },
      Now() + limits_.idle_time);
  if (!came || input.empty()) co_return Reading::kNothing;
  const Time deadline = Now() + limits_.head_time;
  for (;;) {
    // An empty line before a request is forgiven (RFC 9112, section 2.2).
    if (input.starts_with(kLineEnd)) input.erase(0, kLineEnd.size());
    const size_t end = input.find(kHeadEnd);
    const size_t size =
        end == std::string::npos ? input.size() : end + kHeadEnd.size();
    if (size > limits_.head_bytes) co_return Reading::kTooLong;
    if (end != std::string::npos) {
      co_return ParseHead(size) ? Reading::kDone : Reading::kRefused;
    }
    if (!co_await duplex_.More(deadline)) {
      co_return duplex_.ended() || duplex_.broken() ? Reading::kBroken
                                                    : Reading::kTimeout;
    }
  }
}

bool Request::ParseHead(size_t size) {
  std::string& input = duplex_.input();
  verdict_ =
      static_cast<unsigned>(CheckHead(std::string_view(input).substr(0, size)));
  if (verdict_ != 0) return false;
  parser_.emplace();
  parser_->header_limit(limits_.head_bytes);
  parser_->body_limit(boost::none);
  boost::beast::error_code error;
  parser_->put(asio::buffer(input.data(), size), error);
  input.erase(0, size);
  if (error || !parser_->is_header_done()) {
    verdict_ = static_cast<unsigned>(http::status::bad_request);
  }
  return verdict_ == 0;
}

std::string_view Request::Header(std::string_view name) const {
  return View(head()[boost::beast::string_view(name.data(), name.size())]);
}

std::string_view Request::path() const {
  const std::string_view target = View(head().target());
  return target.substr(0, target.find('?'));
}

std::optional<uint64_t> Request::length() const {
  if (parser_->chunked()) return std::nullopt;
  const auto length = parser_->content_length();
  return length ? *length : 0;
}

bool Request::expects_continue() const {
  return !continued_ && !is_1_0() && !parser_->is_done() &&
         boost::beast::iequals(head()[Field::expect], "100-continue");
}

bool Request::expects_unknown() const {
  const auto expect = head()[Field::expect];
  return !expect.empty() && !boost::beast::iequals(expect, "100-continue");
}

asio::awaitable<Request::Body> Request::ReadBody(
    absl::FunctionRef<bool(std::string_view piece)> take, Time deadline) {
  std::string& input = duplex_.input();
  const Time start = Now();
  if (expects_continue() && input.empty()) {
    continued_ = true;
    if (!co_await duplex_.Write(kContinue, start + limits_.write_time)) {
      co_return Body::kBroken;
    }
  }
  continued_ = true;
  std::array<char, kPieceBytes> piece;
  uint64_t received = 0;
  while (!parser_->is_done()) {
    auto& body = parser_->get().body();
    body.data = piece.data();
    body.size = piece.size();
    boost::beast::error_code error;
    const size_t taken =
        parser_->put(asio::buffer(input.data(), input.size()), error);
    input.erase(0, taken);
    received += taken;
    const size_t size = piece.size() - body.size;
    if (size > 0 && !take({piece.data(), size})) co_return Body::kStopped;
    if (parser_->is_done()) break;
    const bool wants_more = error == http::error::need_more;
    if (error && !wants_more && error != http::error::need_buffer) {
      lost_ = true;
      co_return Body::kMalformed;
    }
    if (!wants_more && taken > 0) continue;
    // A line between chunks that never ends.
    if (input.size() > limits_.head_bytes) {
      lost_ = true;
      co_return Body::kMalformed;
    }
    const auto allowed =
        limits_.body_time +
        std::chrono::milliseconds(received * 1000 / limits_.bytes_per_second);
    const Time patience =
        std::min({deadline, start + allowed, Now() + limits_.stall_time});
    if (!co_await duplex_.More(patience)) {
      lost_ = true;
      co_return duplex_.ended() || duplex_.broken() ? Body::kBroken
                                                    : Body::kTimeout;
    }
  }
  co_return Body::kDone;
}

asio::awaitable<bool> Request::DiscardBody() {
  if (parser_->is_done()) co_return true;
  if (lost_ || expects_continue() ||
      length().value_or(0) > limits_.discarded_bytes) {
    co_return false;
  }
  size_t discarded = 0;
  const Body end = co_await ReadBody([&](std::string_view piece) {
    discarded += piece.size();
    return discarded <= limits_.discarded_bytes;
  });
  co_return end == Body::kDone;
}

}  // namespace jiedui::gateway
