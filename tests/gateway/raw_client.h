// HTTP/1.1 and gRPC-web by hand, so that tests see every byte.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/gateway/wire/frames.h"
#include "tests/gateway/probe.pb.h"

namespace jiedui::gateway {

// How long tests wait for what is to come at once; only a fault makes them wait
// so long.
inline constexpr std::chrono::seconds kPatience{20};

inline constexpr char kUnary[] = "/jiedui.probe.v1.ProbeService/Unary";
inline constexpr char kStream[] = "/jiedui.probe.v1.ProbeService/Stream";
inline constexpr char kBinary[] = "application/grpc-web+proto";
inline constexpr char kTextType[] = "application/grpc-web-text";

struct HttpAnswer {
  int status = 0;
  // Names in lower case, in their order.
  std::vector<HeaderLine> headers;
  // Without its chunks.
  std::string body;
  // The body came in chunks of these sizes.
  std::vector<size_t> chunks;

  // All values of a name, with ", " between; empty when there are none.
  std::string Header(std::string_view name) const;
};

// Thread-compatible.
class RawClient {
 public:
  // To 127.0.0.1. Ends the test program when nobody listens.
  explicit RawClient(int port, int receive_buffer = 0);
  ~RawClient();
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        input_(std::move(other.input_)) {}

  // False: the other side is gone.
  bool Send(std::string_view bytes);

  // The next answer; nothing when the connection ends, or kPatience does,
  // before it is whole. `head_only`: it has no body.
  std::optional<HttpAnswer> Read(bool head_only = false);
  // Until there are `size` bytes or more, without taking any away.
  bool Await(size_t size);
  // All that has come and was not read.
  const std::string& input() const { return input_; }

  enum class End { kOpen, kClosed, kReset };
  // Waits for the other side to close the connection; reads what comes.
  End AwaitEnd(std::chrono::milliseconds patience = kPatience);

  void HalfClose();
  // With a reset.
  void Abort();
  void Close();

 private:
  // Reads some more; false at the end.
  bool Fill(std::chrono::steady_clock::time_point deadline);

  int socket_ = -1;
  std::string input_;
  End end_ = End::kOpen;
};

// Waits until somebody listens at the port; false: nobody did for kPatience.
bool AwaitPort(int port);

// A POST with a length.
std::string Post(std::string_view path, std::string_view body,
                 std::string_view type = kBinary,
                 const std::vector<HeaderLine>& headers = {});

// The frame of a probe's request.
std::string Frame(const probe::v1::ProbeRequest& request);
std::string Frame(const probe::v1::Plan& plan);

// One answer of gRPC-web taken apart.
struct WebAnswer {
  HttpAnswer http;
  // As the probe's, and as they came.
  std::vector<probe::v1::ProbeResponse> messages;
  std::vector<std::string> bytes;
  // Frames of each flag, in their order: 0x00, 0x01, 0x80.
  std::vector<int> flags;
  std::vector<HeaderLine> trailers;
  // -1: there was no status in the trailers.
  int code = -1;
  std::string message;  // decoded

  std::string Trailer(std::string_view name) const;
};

// Reads one answer. A test fails unless it is one, to the byte: HTTP 200, whole
// frames, trailers once and last.
WebAnswer ReadWeb(RawClient& client);

// One call over a connection of its own.
WebAnswer CallOnce(int port, const std::string& request);

}  // namespace jiedui::gateway
