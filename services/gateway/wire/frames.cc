#include "services/gateway/wire/frames.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"

namespace jiedui::gateway {
namespace {

using base::MakeError;
using base::Reason;

constexpr size_t kHeaderBytes = 5;
constexpr uint8_t kCompressed = 0x01;
constexpr uint8_t kTrailers = 0x80;
constexpr char kDigits[] = "0123456789ABCDEF";

std::string FrameHeader(uint8_t flags, size_t length) {
  const auto size = static_cast<uint32_t>(length);
  return {static_cast<char>(flags), static_cast<char>(size >> 24),
          static_cast<char>(size >> 16), static_cast<char>(size >> 8),
          static_cast<char>(size)};
}

uint32_t LengthIn(std::string_view header) {
  uint32_t length = 0;
  for (char byte : header.substr(1)) {
    length = length << 8 | static_cast<uint8_t>(byte);
  }
  return length;
}

absl::Status NotOne(int frames) {
  return MakeError(Reason::kNotOneRequest, {{"count", absl::StrCat(frames)}});
}

}  // namespace

absl::Status FrameDecoder::StartFrame() {
  const auto flags = static_cast<uint8_t>(header_[0]);
  const size_t length = LengthIn(header_);
  header_.clear();
  if ((flags & ~kCompressed) != 0) {
    return MakeError(
        Reason::kBadFrames,
        {{"detail", (flags & kTrailers) != 0 ? "trailers in a request"
                                             : absl::StrCat("flags ", flags)}});
  }
  if (length > limit_) {
    return MakeError(Reason::kTooLarge, {{"what", "request message"},
                                         {"size", absl::StrCat(length)},
                                         {"limit", absl::StrCat(limit_)}});
  }
  if (++frames_ > 1) return NotOne(frames_);
  message_.compressed = flags == kCompressed;
  missing_ = length;
  return absl::OkStatus();
}

absl::Status FrameDecoder::Feed(std::string_view piece) {
  while (!piece.empty()) {
    if (missing_ > 0) {
      const size_t size = std::min(missing_, piece.size());
      message_.bytes.append(piece.substr(0, size));
      missing_ -= size;
      piece.remove_prefix(size);
      continue;
    }
    const size_t size = std::min(kHeaderBytes - header_.size(), piece.size());
    header_.append(piece.substr(0, size));
    piece.remove_prefix(size);
    if (header_.size() == kHeaderBytes) RETURN_IF_ERROR(StartFrame());
  }
  return absl::OkStatus();
}

absl::Status FrameDecoder::Finish() const {
  if (missing_ > 0 || !header_.empty()) {
    return MakeError(Reason::kBadFrames,
                     {{"detail", "the body ends inside a frame"}});
  }
  return frames_ == 1 ? absl::OkStatus() : NotOne(frames_);
}

std::string MessageFrame(std::string_view message, bool compressed) {
  std::string frame = FrameHeader(compressed ? kCompressed : 0, message.size());
  frame.append(message);
  return frame;
}

std::string TrailersFrame(int code, std::string_view message,
                          const std::vector<HeaderLine>& trailers) {
  std::string block = absl::StrCat("grpc-status:", code, "\r\n");
  if (!message.empty()) {
    absl::StrAppend(&block, "grpc-message:", PercentEncode(message), "\r\n");
  }
  for (const auto& [name, value] : trailers) {
    absl::StrAppend(&block, name, ":", value, "\r\n");
  }
  return FrameHeader(kTrailers, block.size()) + block;
}

std::string PercentEncode(std::string_view message) {
  std::string encoded;
  encoded.reserve(message.size());
  for (char c : message) {
    if (c >= 0x20 && c <= 0x7E && c != '%') {
      encoded += c;
    } else {
      const auto byte = static_cast<uint8_t>(c);
      encoded += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return encoded;
}

}  // namespace jiedui::gateway
