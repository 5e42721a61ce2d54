#include "tests/bench/gateway/load.h"

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>

#include <array>
#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/rpc/server.h"
#include "services/gateway/wire/frames.h"
#include "tests/bench/fail.h"

namespace jiedui::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr char kService[] = "/jiedui.probe.v1.ProbeService/";
// Small enough that the kernel keeps little for whoever does not read.
constexpr int kSlowBuffer = 4 << 10;

tcp::endpoint Local(int port) {
  return {asio::ip::address_v4::loopback(), static_cast<unsigned short>(port)};
}

// One connection: a request, its answer, the next request.
class Poster {
 public:
  Poster(asio::io_context& context, int port, const std::string& request,
         Clock::time_point end, Latencies* latencies)
      : socket_(context), request_(request), end_(end), latencies_(*latencies) {
    socket_.connect(Local(port));
    socket_.set_option(tcp::no_delay(true));
    Send();
  }

 private:
  void Send() {
    start_ = Clock::now();
    if (start_ >= end_) return socket_.close();
    received_.clear();
    asio::async_write(socket_, asio::buffer(request_),
                      [this](error_code error, size_t) {
                        if (error) Fail(error.message());
                        Read();
                      });
  }
  void Read() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [this](error_code error, size_t size) {
                              if (error) Fail(error.message());
                              received_.append(buffer_.data(), size);
                              IsWhole() ? Finish() : Read();
                            });
  }
  bool IsWhole() const {
    static constexpr std::string_view kLength = "\r\nContent-Length: ";
    const size_t end = received_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const size_t at = received_.find(kLength);
    if (at > end) Fail("an answer without its length");
    size_t length = 0;
    const size_t number = at + kLength.size();
    if (!absl::SimpleAtoi(
            received_.substr(number, received_.find("\r\n", number) - number),
            &length)) {
      Fail("an answer with a bad length");
    }
    return received_.size() >= end + 4 + length;
  }
  void Finish() {
    if (!received_.starts_with("HTTP/1.1 200")) Fail(received_);
    latencies_.Add(Clock::now() - start_);
    Send();
  }

  tcp::socket socket_;
  const std::string& request_;
  const Clock::time_point end_;
  Latencies& latencies_;
  Clock::time_point start_;
  std::string received_;
  std::array<char, 16384> buffer_;
};

// Calls over gRPC, each begun where another ended.
class Caller {
 public:
  Caller(int port, const std::string& request, const CallLoad& load)
      : stub_(rpc::ConnectTo(absl::StrCat("127.0.0.1:", port))),
        end_(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                std::chrono::duration<double>(load.seconds))) {
    const grpc::Slice slice(request);
    request_ = grpc::ByteBuffer(&slice, 1);
    running_ = load.outstanding;
    for (int i = 0; i < load.outstanding; ++i) Begin(new Call);
  }
  Latencies Wait() {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](int* running) { return *running == 0; }, &running_));
    return std::move(latencies_);
  }

 private:
  struct Call {
    std::unique_ptr<grpc::ClientContext> context;
    grpc::ByteBuffer response;
    Clock::time_point start;
  };

  void Begin(Call* call) {
    call->start = Clock::now();
    call->context = std::make_unique<grpc::ClientContext>();
    call->response.Clear();
    stub_.UnaryCall(call->context.get(), absl::StrCat(kService, "Unary"), {},
                    &request_, &call->response,
                    [this, call](const grpc::Status& status) {
                      if (!status.ok()) Fail(status.error_message());
                      End(call);
                    });
  }
  void End(Call* call) {
    const Clock::time_point now = Clock::now();
    {
      absl::MutexLock lock(&mutex_);
      latencies_.Add(now - call->start);
      if (now >= end_) {
        --running_;
        delete call;
        return;
      }
    }
    Begin(call);
  }

  grpc::GenericStub stub_;
  const Clock::time_point end_;
  grpc::ByteBuffer request_;
  absl::Mutex mutex_;
  int running_ = 0;
  Latencies latencies_;
};

}  // namespace

CallResult PostAll(int port, const std::string& request, const CallLoad& load) {
  CallResult result;
  asio::io_context context(1);
  const Clock::time_point start = Clock::now();
  const auto end = start + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(load.seconds));
  std::vector<std::unique_ptr<Poster>> posters;
  for (int i = 0; i < load.outstanding; ++i) {
    posters.push_back(std::make_unique<Poster>(context, port, request, end,
                                               &result.latencies));
  }
  context.run();
  result.per_second = result.latencies.count() / SecondsSince(start);
  return result;
}

CallResult CallAll(int port, const std::string& request, const CallLoad& load) {
  const Clock::time_point start = Clock::now();
  Caller caller(port, request, load);
  CallResult result{.latencies = caller.Wait()};
  result.per_second = result.latencies.count() / SecondsSince(start);
  return result;
}

std::string WebPost(const std::string& method, const std::string& message) {
  const std::string frame = gateway::MessageFrame(message, false);
  return absl::StrCat("POST ", kService, method,
                      " HTTP/1.1\r\nHost: bench\r\nContent-Type: "
                      "application/grpc-web+proto\r\nX-Grpc-Web: 1\r\n"
                      "Content-Length: ",
                      frame.size(), "\r\n\r\n", frame);
}

SlowReaders::SlowReaders(int port, int count, const std::string& request) {
  for (int i = 0; i < count; ++i) {
    sockets_.push_back(std::make_unique<tcp::socket>(context_));
    tcp::socket& socket = *sockets_.back();
    socket.open(tcp::v4());
    socket.set_option(asio::socket_base::receive_buffer_size(kSlowBuffer));
    socket.connect(Local(port));
    asio::write(socket, asio::buffer(request));
  }
}

void SlowReaders::Sip() {
  std::array<char, 512> buffer;
  for (const auto& socket : sockets_) socket->read_some(asio::buffer(buffer));
}

}  // namespace jiedui::bench
