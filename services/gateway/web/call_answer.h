// The answer to one gRPC-web call, as it is written to the client.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/web/cors.h"
#include "services/gateway/web/duplex.h"
#include "services/gateway/web/limits.h"
#include "services/gateway/wire/content_type.h"
#include "services/gateway/wire/frames.h"

namespace jiedui::gateway {

// How an answer is to be written.
struct AnswerStyle {
  Mode mode = Mode::kBinary;
  // The client understands messages in gzip.
  bool gzip = false;
  // Its HTTP knows no chunks: a body that comes bit by bit ends where the
  // connection does.
  bool is_1_0 = false;
  // Who may read it: pages of this origin. Empty: it is not for a page.
  std::string origin;
};

// Headers, then messages, then the end, which is a frame of trailers in the
// body: the HTTP status is always 200. Nothing is sent before Flush or End, so
// that a short answer goes out at once and with its length. Thread-compatible.
class CallAnswer {
 public:
  // All three must outlive it.
  CallAnswer(Duplex* duplex, const Limits* limits, const Cors* cors,
             AnswerStyle style);

  // Lines of the head that pages may read. REQUIRES: nothing was sent.
  void AddHeaders(const std::vector<HeaderLine>& lines);

  void AddMessage(const grpc::ByteBuffer& message);
  // Whether that would hold up the thread of other connections.
  bool TakesLong(const grpc::ByteBuffer& message) const;

  // Sends what there is; `keep` as for End. False: the client is gone.
  boost::asio::awaitable<bool> Flush(bool keep);

  // Sends what there is, and the end. `keep`: the connection is for further
  // requests. False: the client is gone.
  boost::asio::awaitable<bool> End(int code, std::string_view message,
                                   const std::vector<HeaderLine>& trailers,
                                   bool keep);

  bool started() const { return started_; }
  uint64_t body_bytes() const { return body_bytes_; }

 private:
  void Put(std::string frame);
  std::string Head(bool whole, bool keep) const;
  boost::asio::awaitable<bool> Send(std::string bytes);

  Duplex& duplex_;
  const Limits& limits_;
  const Cors& cors_;
  const AnswerStyle style_;
  std::vector<HeaderLine> headers_;
  std::string body_;  // not sent yet
  uint64_t body_bytes_ = 0;
  bool started_ = false;
};

}  // namespace jiedui::gateway
