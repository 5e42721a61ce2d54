// The frames of gRPC-web: one byte of flags, four of length, then as many
// bytes. https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace jiedui::gateway {

// One message as it travels.
struct Message {
  std::string bytes;
  bool compressed = false;
};

// Takes a request's body apart, in pieces of any size. Memory grows with the
// bytes that have come, not with the length that was announced.
// Thread-compatible.
class FrameDecoder {
 public:
  // A message may have `limit` bytes as it travels.
  explicit FrameDecoder(size_t limit) : limit_(limit) {}

  // Errors: kTooLarge as soon as a longer message is announced; kNotOneRequest
  // as soon as there is a second; kBadFrames for trailers, which requests must
  // not have, and for unknown flags. After an error nothing more may be fed.
  absl::Status Feed(std::string_view piece);

  // The body has ended. Errors: kBadFrames in the middle of a frame;
  // kNotOneRequest when there was no message.
  absl::Status Finish() const;

  // REQUIRES: Finish() was OK.
  Message TakeMessage() { return std::move(message_); }

 private:
  absl::Status StartFrame();

  const size_t limit_;
  int frames_ = 0;  // begun
  std::string header_;
  size_t missing_ = 0;  // of the frame begun
  Message message_;
};

// A message's frame.
std::string MessageFrame(std::string_view message, bool compressed);

// A line of metadata, ready for the wire: a name in lower case and a value of
// printable ASCII.
using HeaderLine = std::pair<std::string, std::string>;

// The last frame of an answer: status, message (percent-encoded here), then
// `trailers`. Never compressed.
std::string TrailersFrame(int code, std::string_view message,
                          const std::vector<HeaderLine>& trailers);

// A status message as gRPC writes it: all but printable ASCII, and "%", in
// percent-encoding.
std::string PercentEncode(std::string_view message);

}  // namespace jiedui::gateway
