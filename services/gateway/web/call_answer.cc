#include "services/gateway/web/call_answer.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/gateway/web/answer.h"
#include "services/gateway/wire/base64.h"
#include "services/gateway/wire/gzip.h"

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;

// Shorter messages fit into one packet anyway.
constexpr size_t kWorthCompressing = 1 << 10;
constexpr size_t kQuickBytes = 256 << 10;  // compressed in some milliseconds

// What pages may read of every answer.
constexpr char kExposed[] =
    "grpc-status, grpc-message, grpc-status-details-bin, grpc-encoding, "
    "grpc-accept-encoding";

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::string bytes;
  std::vector<grpc::Slice> slices;
  // Fails only for a buffer that nothing was ever put into.
  if (!buffer.Dump(&slices).ok()) return bytes;
  bytes.reserve(buffer.Length());
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

CallAnswer::CallAnswer(Duplex* duplex, const Limits* limits, const Cors* cors,
                       AnswerStyle style)
    : duplex_(*duplex),
      limits_(*limits),
      cors_(*cors),
      style_(std::move(style)) {}

void CallAnswer::AddHeaders(const std::vector<HeaderLine>& lines) {
  headers_.insert(headers_.end(), lines.begin(), lines.end());
}

void CallAnswer::Put(std::string frame) {
  if (style_.mode == Mode::kText) frame = Base64Encode(frame);
  if (body_.empty()) {
    body_ = std::move(frame);
  } else {
    body_ += frame;
  }
}

void CallAnswer::AddMessage(const grpc::ByteBuffer& message) {
  const std::string bytes = BytesOf(message);
  if (style_.gzip && bytes.size() >= kWorthCompressing) {
    if (const std::optional<std::string> shorter = Gzip(bytes)) {
      Put(MessageFrame(*shorter, /*compressed=*/true));
      return;
    }
  }
  Put(MessageFrame(bytes, /*compressed=*/false));
}

bool CallAnswer::TakesLong(const grpc::ByteBuffer& message) const {
  return style_.gzip && message.Length() > kQuickBytes;
}

std::string CallAnswer::Head(bool whole, bool keep) const {
  AnswerHead head(200);
  head.Add("Content-Type", ContentTypeOf(style_.mode));
  head.Add("Cache-Control", "no-store");
  head.Add("X-Content-Type-Options", "nosniff");
  if (style_.gzip) head.Add("grpc-encoding", "gzip");
  std::string exposed = kExposed;
  for (const auto& [name, value] : headers_) {
    absl::StrAppend(&exposed, ", ", name);
    head.Add(name, value);
  }
  head.Add(cors_.AnswerLines(style_.origin, exposed));
  if (whole) {
    head.Add("Content-Length", absl::StrCat(body_.size()));
  } else if (!style_.is_1_0) {
    head.Add("Transfer-Encoding", "chunked");
  }
  if (!keep) head.Add("Connection", "close");
  return std::move(head).Finish();
}

asio::awaitable<bool> CallAnswer::Send(std::string bytes) {
  const auto allowed =
      limits_.write_time +
      std::chrono::milliseconds(bytes.size() * 1000 / limits_.bytes_per_second);
  co_return co_await duplex_.Write(std::move(bytes), Now() + allowed);
}

asio::awaitable<bool> CallAnswer::Flush(bool keep) {
  std::string bytes;
  if (!started_) bytes = Head(/*whole=*/false, keep && !style_.is_1_0);
  started_ = true;
  if (!body_.empty()) bytes += style_.is_1_0 ? body_ : Chunk(body_);
  body_bytes_ += body_.size();
  body_.clear();
  co_return co_await Send(std::move(bytes));
}

asio::awaitable<bool> CallAnswer::End(int code, std::string_view message,
                                      const std::vector<HeaderLine>& trailers,
                                      bool keep) {
  Put(TrailersFrame(code, message, trailers));
  std::string bytes;
  if (!started_) {
    bytes = Head(/*whole=*/true, keep) + body_;
  } else if (style_.is_1_0) {
    bytes = body_;
  } else {
    bytes = Chunk(body_).append(kLastChunk);
  }
  started_ = true;
  body_bytes_ += body_.size();
  body_.clear();
  co_return co_await Send(std::move(bytes));
}

}  // namespace jiedui::gateway
