#include "tests/gateway/raw_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/gateway/wire/base64.h"
#include "services/gateway/wire/gzip.h"

namespace jiedui::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kLargest = 64 << 20;
constexpr int kBetweenTriesMs = 10;

sockaddr_in Local(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

std::string Find(const std::vector<HeaderLine>& lines, std::string_view name) {
  std::string found;
  for (const auto& [key, value] : lines) {
    if (key != name) continue;
    if (!found.empty()) found += ", ";
    found += value;
  }
  return found;
}

HttpAnswer ParseHead(const std::string& head) {
  HttpAnswer answer;
  const std::vector<std::string> lines = absl::StrSplit(head, "\r\n");
  EXPECT_TRUE(lines[0].starts_with("HTTP/1.1 ")) << lines[0];
  EXPECT_TRUE(absl::SimpleAtoi(lines[0].substr(9, 3), &answer.status));
  for (size_t i = 1; i < lines.size(); ++i) {
    const size_t colon = lines[i].find(": ");
    EXPECT_NE(colon, std::string::npos) << lines[i];
    answer.headers.emplace_back(
        absl::AsciiStrToLower(lines[i].substr(0, colon)),
        lines[i].substr(std::min(colon + 2, lines[i].size())));
  }
  return answer;
}

std::string PercentDecode(const std::string& text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      EXPECT_LT(i + 2, text.size()) << text;
      decoded += absl::HexStringToBytes(text.substr(i + 1, 2));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

// The body's frames as they were before base64.
std::string FramesOf(const HttpAnswer& http) {
  if (!http.Header("content-type").starts_with(kTextType)) return http.body;
  Base64Decoder decoder;
  std::string bytes;
  EXPECT_TRUE(decoder.Feed(http.body, &bytes).ok());
  EXPECT_TRUE(decoder.Finish().ok());
  return bytes;
}

void TakeTrailers(const std::string& block, WebAnswer* answer) {
  EXPECT_TRUE(block.ends_with("\r\n")) << block;
  for (const absl::string_view piece : absl::StrSplit(block, "\r\n")) {
    const std::string line(piece);
    if (line.empty()) continue;
    const size_t colon = line.find(':');
    const std::string name = line.substr(0, colon);
    EXPECT_EQ(name, absl::AsciiStrToLower(name));
    answer->trailers.emplace_back(name, line.substr(colon + 1));
  }
  EXPECT_TRUE(absl::SimpleAtoi(answer->Trailer("grpc-status"), &answer->code));
  answer->message = PercentDecode(answer->Trailer("grpc-message"));
}

}  // namespace

std::string HttpAnswer::Header(std::string_view name) const {
  return Find(headers, name);
}

std::string WebAnswer::Trailer(std::string_view name) const {
  return Find(trailers, name);
}

bool AwaitPort(int port) {
  const Clock::time_point deadline = Clock::now() + kPatience;
  const sockaddr_in address = Local(port);
  for (;;) {
    const int tried = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool listens =
        connect(tried, reinterpret_cast<const sockaddr*>(&address),
                sizeof address) == 0;
    close(tried);
    if (listens || Clock::now() > deadline) return listens;
    poll(nullptr, 0, kBetweenTriesMs);
  }
}

RawClient::RawClient(int port, int receive_buffer)
    : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0) {
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer,
               sizeof receive_buffer);
  }
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) !=
      0) {
    std::perror("connect");
    std::abort();
  }
}

RawClient::~RawClient() { Close(); }

void RawClient::Close() {
  if (socket_ >= 0) close(std::exchange(socket_, -1));
}

void RawClient::Abort() {
  const linger reset{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  Close();
}

void RawClient::HalfClose() { shutdown(socket_, SHUT_WR); }

bool RawClient::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent =
        send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool RawClient::Fill(Clock::time_point deadline) {
  if (end_ != End::kOpen) return false;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - Clock::now());
  pollfd wait{socket_, POLLIN, 0};
  if (left.count() < 0 || poll(&wait, 1, static_cast<int>(left.count())) <= 0) {
    return false;
  }
  char buffer[65536];
  const ssize_t size = recv(socket_, buffer, sizeof buffer, 0);
  if (size > 0) {
    input_.append(buffer, static_cast<size_t>(size));
    return true;
  }
  end_ = size == 0 ? End::kClosed : End::kReset;
  return false;
}

bool RawClient::Await(size_t size) {
  const Clock::time_point deadline = Clock::now() + kPatience;
  while (input_.size() < size) {
    if (!Fill(deadline)) return false;
  }
  return true;
}

RawClient::End RawClient::AwaitEnd(std::chrono::milliseconds patience) {
  const Clock::time_point deadline = Clock::now() + patience;
  while (Fill(deadline)) {
  }
  return end_;
}

std::optional<HttpAnswer> RawClient::Read(bool head_only) {
  size_t end = 0;
  while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
    if (!Await(input_.size() + 1)) return std::nullopt;
  }
  HttpAnswer answer = ParseHead(input_.substr(0, end));
  input_.erase(0, end + 4);
  if (head_only || answer.status == 204 || answer.status == 304 ||
      answer.status == 100) {
    return answer;
  }
  size_t length = 0;
  if (answer.Header("transfer-encoding") != "chunked") {
    if (!absl::SimpleAtoi(answer.Header("content-length"), &length)) {
      AwaitEnd();
      length = input_.size();
    }
    if (!Await(length)) return std::nullopt;
    answer.body = input_.substr(0, length);
    input_.erase(0, length);
    return answer;
  }
  for (;;) {
    while ((end = input_.find("\r\n")) == std::string::npos) {
      if (!Await(input_.size() + 1)) return std::nullopt;
    }
    EXPECT_TRUE(absl::SimpleHexAtoi(input_.substr(0, end), &length));
    if (length > kLargest || !Await(end + 2 + length + 2)) return std::nullopt;
    answer.body += input_.substr(end + 2, length);
    EXPECT_EQ(input_.substr(end + 2 + length, 2), "\r\n");
    input_.erase(0, end + 2 + length + 2);
    if (length == 0) return answer;
    answer.chunks.push_back(length);
  }
}

std::string Post(std::string_view path, std::string_view body,
                 std::string_view type,
                 const std::vector<HeaderLine>& headers) {
  std::string request = "POST ";
  request.append(path).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Type: ");
  request.append(type);
  absl::StrAppend(&request, "\r\nContent-Length: ", body.size(), "\r\n");
  for (const auto& [name, value] : headers) {
    absl::StrAppend(&request, name, ": ", value, "\r\n");
  }
  return request.append("\r\n").append(body);
}

std::string Frame(const probe::v1::ProbeRequest& request) {
  return MessageFrame(request.SerializeAsString(), /*compressed=*/false);
}

std::string Frame(const probe::v1::Plan& plan) {
  probe::v1::ProbeRequest request;
  *request.mutable_plan() = plan;
  return Frame(request);
}

WebAnswer ReadWeb(RawClient& client) {
  WebAnswer answer;
  std::optional<HttpAnswer> http = client.Read();
  if (!http) {
    ADD_FAILURE() << "no answer; there is: " << client.input();
    return answer;
  }
  answer.http = *std::move(http);
  EXPECT_EQ(answer.http.status, 200);
  const std::string bytes = FramesOf(answer.http);
  size_t at = 0;
  while (at + 5 <= bytes.size()) {
    size_t length = 0;
    for (int i = 1; i < 5; ++i) {
      length = length << 8 | static_cast<uint8_t>(bytes[at + i]);
    }
    const int flag = static_cast<uint8_t>(bytes[at]);
    EXPECT_LE(at + 5 + length, bytes.size());
    EXPECT_TRUE(answer.trailers.empty()) << "something follows the trailers";
    const std::string payload = bytes.substr(at + 5, length);
    at += 5 + length;
    answer.flags.push_back(flag);
    if (flag == 0x80) {
      TakeTrailers(payload, &answer);
      continue;
    }
    const std::string message =
        flag == 0 ? payload : Gunzip(payload, kLargest).value_or("");
    answer.messages.emplace_back().ParseFromString(message);
    answer.bytes.push_back(message);
  }
  EXPECT_EQ(at, bytes.size());
  EXPECT_EQ(answer.http.Header("grpc-status"), "") << "status among headers";
  return answer;
}

WebAnswer CallOnce(int port, const std::string& request) {
  RawClient client(port);
  EXPECT_TRUE(client.Send(request));
  return ReadWeb(client);
}

}  // namespace jiedui::gateway
