#include "services/gateway/web/upstream.h"

#include <grpc/support/time.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/client_callback.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

#include "services/gateway/wire/metadata.h"

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
using grpc::ByteBuffer;

// Whether nobody answered and gRPC says so itself, here or at the service
// (where a deadline may be noticed first). 1.51 marks what a peer has said, and
// takes a connection that was lost for such. What services say has details.
bool IsOwnFailure(const grpc::ClientContext& context,
                  const grpc::Status& status) {
  constexpr std::string_view kOwn[] = {
      "Connection reset by peer",  "Deadline Exceeded", "Endpoint read failed",
      "GOAWAY received",           "Socket closed",     "Transport closed",
      "keepalive watchdog timeout"};
  if (status.ok()) return false;
  const std::string& text = status.error_message();
  return context.debug_error_string().find("received from peer") ==
             std::string::npos ||
         (status.error_details().empty() &&
          std::find(std::begin(kOwn), std::end(kOwn), text) != std::end(kOwn));
}

gpr_timespec DeadlineAfter(absl::Duration timeout) {
  return gpr_time_add(
      gpr_now(GPR_CLOCK_MONOTONIC),
      gpr_time_from_nanos(absl::ToInt64Nanoseconds(timeout), GPR_TIMESPAN));
}

std::vector<HeaderLine> ToLines(
    const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  std::vector<HeaderLine> lines;
  HeaderLine line;
  for (const auto& [name, value] : metadata) {
    if (ToHeaderLine({name.data(), name.size()}, {value.data(), value.size()},
                     &line)) {
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

// What both kinds of calls have. gRPC calls the reactor on threads of its own;
// each call is carried over to the executor.
template <typename Self>
class Call : public Upstream {
 public:
  Call(UpstreamRequest request, asio::any_io_executor executor,
       std::function<void()> wake)
      : stub_(request.channel),
        path_(request.method->path),
        executor_(std::move(executor)),
        wake_(std::move(wake)) {
    for (const auto& [name, value] : request.metadata) {
      context_.AddMetadata(name, value);
    }
    if (request.timeout) context_.set_deadline(DeadlineAfter(*request.timeout));
    const grpc::Slice slice(request.message);
    request_ = ByteBuffer(&slice, 1);
  }

 protected:
  // `change` is run on the executor, before `wake`.
  template <typename Change>
  void Post(Change change) {
    asio::post(executor_, [self = self_, change = std::move(change)]() mutable {
      change();
      self->wake_();
    });
  }

  void TakeHeaders() {
    headers_ = ToLines(context_.GetServerInitialMetadata());
  }
  void TakeEnd(grpc::Status status) {
    trailers_ = ToLines(context_.GetServerTrailingMetadata());
    own_failure_ = IsOwnFailure(context_, status);
    status_ = std::move(status);
    self_ = nullptr;
  }

  grpc::ClientContext context_;
  grpc::GenericStub stub_;
  const std::string path_;
  const asio::any_io_executor executor_;
  const std::function<void()> wake_;
  ByteBuffer request_;
  ByteBuffer response_;
  std::shared_ptr<Self> self_;  // while the call is under way
};

class UnaryCall : public Call<UnaryCall>, public grpc::ClientUnaryReactor {
 public:
  using Call::Call;

  void Start(std::shared_ptr<UnaryCall> self) {
    self_ = std::move(self);
    stub_.PrepareUnaryCall(&context_, path_, {}, &request_, &response_, this);
    StartCall();
  }

  void Next() override { message_.reset(); }
  void Cancel() override { context_.TryCancel(); }

 private:
  void OnReadInitialMetadataDone(bool ok) override { has_headers_ = ok; }
  void OnDone(const grpc::Status& status) override {
    Post([this, status] {
      if (has_headers_) TakeHeaders();
      if (status.ok()) message_ = std::move(response_);
      TakeEnd(status);
    });
  }

  bool has_headers_ = false;
};

class StreamCall : public Call<StreamCall>,
                   public grpc::ClientBidiReactor<ByteBuffer, ByteBuffer> {
 public:
  using Call::Call;

  void Start(std::shared_ptr<StreamCall> self) {
    self_ = std::move(self);
    stub_.PrepareBidiStreamingCall(&context_, path_, {}, this);
    // Until no more will be read, for reads are started from outside.
    AddHold();
    StartWriteLast(&request_, grpc::WriteOptions());
    Read();
    StartCall();
  }

  void Next() override {
    message_.reset();
    Read();
  }
  void Cancel() override {
    cancelled_ = true;
    context_.TryCancel();
    Read();  // fails, and so ends the call
  }

 private:
  void Read() {
    if (reading_ || ended_) return;
    reading_ = true;
    StartRead(&response_);
  }
  void OnReadInitialMetadataDone(bool ok) override {
    Post([this, ok] {
      if (ok) TakeHeaders();
      headers_known_ = true;
      message_ = std::exchange(early_, std::nullopt);
    });
  }
  void OnReadDone(bool ok) override {
    Post([this, ok] {
      reading_ = false;
      if (!ok) {
        ended_ = true;
        RemoveHold();
      } else if (cancelled_) {
        Read();  // nobody wants it any more
      } else {
        (headers_known_ ? message_ : early_) = std::move(response_);
        response_.Clear();
      }
    });
  }
  void OnDone(const grpc::Status& status) override {
    Post([this, status] { TakeEnd(status); });
  }

  // Used on the executor.
  bool headers_known_ = false;
  // A message that gRPC told of before the headers, on another thread.
  std::optional<ByteBuffer> early_;
  bool reading_ = false;
  bool ended_ = false;
  bool cancelled_ = false;
};

}  // namespace

std::shared_ptr<Upstream> Upstream::Start(UpstreamRequest request,
                                          asio::any_io_executor executor,
                                          std::function<void()> wake) {
  if (request.method->server_streaming()) {
    auto call = std::make_shared<StreamCall>(
        std::move(request), std::move(executor), std::move(wake));
    call->Start(call);
    return call;
  }
  auto call = std::make_shared<UnaryCall>(std::move(request),
                                          std::move(executor), std::move(wake));
  call->Start(call);
  return call;
}

}  // namespace jiedui::gateway
