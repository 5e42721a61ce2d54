#include "services/gateway/web/exchange.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <optional>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/rpc/status.h"
#include "services/gateway/web/call_answer.h"
#include "services/gateway/web/upstream.h"
#include "services/gateway/wire/base64.h"
#include "services/gateway/wire/gzip.h"
#include "services/gateway/wire/timeout.h"

namespace jiedui::gateway {
namespace {

namespace asio = boost::asio;
using base::MakeError;
using base::Reason;

constexpr char kEncodings[] = "identity,gzip";
constexpr char kSheetService[] = "jiedui.sheet.v1.SheetService";
constexpr size_t kPipelinedStep = 1 << 10;
// The longest that a client may ask for, so that no sum overflows.
constexpr absl::Duration kLongest = absl::Hours(24 * 365);
// More may become several megabytes, which takes milliseconds.
constexpr size_t kQuickToInflate = 4 << 10;

bool IsGzip(std::string_view coding) {
  return absl::EqualsIgnoreCase({coding.data(), coding.size()}, "gzip");
}

bool AcceptsGzip(std::string_view list) {
  for (absl::string_view piece :
       absl::StrSplit(absl::string_view(list.data(), list.size()), ',')) {
    piece = absl::StripAsciiWhitespace(piece);
    if (IsGzip({piece.data(), piece.size()})) return true;
  }
  return false;
}

absl::StatusOr<const Method*> FindMethod(const MethodTable& methods,
                                         std::string_view path) {
  const Method* const method = methods.Find(path);
  if (method == nullptr) {
    return MakeError(Reason::kMethodUnknown, {{"method", std::string(path)}});
  }
  if (method->client_streaming()) {
    return MakeError(Reason::kClientStreaming, {{"method", method->path}});
  }
  return method;
}

size_t MessageLimit(const Limits& limits, const Method& method) {
  return method.descriptor->service()->full_name() == kSheetService
             ? limits.sheet_bytes
             : limits.message_bytes;
}

absl::Status StatusOf(Request::Body end) {
  switch (end) {
    case Request::Body::kDone:
    case Request::Body::kStopped:
      return absl::OkStatus();
    case Request::Body::kTimeout:
      return MakeError(Reason::kDeadlineExceeded);
    case Request::Body::kBroken:
      return MakeError(Reason::kBadFrames, {{"detail", "cut short"}});
    case Request::Body::kMalformed:
      return MakeError(Reason::kBadFrames, {{"detail", "malformed chunks"}});
  }
  __builtin_unreachable();
}

absl::Status TooLong(const grpc::ByteBuffer& message, size_t limit) {
  return MakeError(Reason::kTooLarge, {{"what", "response message"},
                                       {"size", absl::StrCat(message.Length())},
                                       {"limit", absl::StrCat(limit)}});
}

// What clients are told of a call that ended without a service's word: gRPC's
// own text names the addresses behind the gateway.
absl::Status OwnFailure(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
      return MakeError(Reason::kServiceAway);
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return MakeError(Reason::kNoAnswerInTime);
    case grpc::StatusCode::CANCELLED:
      return MakeError(Reason::kCancelled);
    default:
      return MakeError(
          Reason::kInternal,
          {{"detail", absl::StrCat("gRPC ", static_cast<int>(code))}});
  }
}

absl::Status NobodyServes(const Method& method) {
  return MakeError(Reason::kUnreachable, {{"address", method.path}});
}

// One call.
class Exchange {
 public:
  Exchange(Duplex& duplex, Request& request, Mode mode, const Site& site,
           const std::string& caller)
      : duplex_(duplex),
        request_(request),
        mode_(mode),
        site_(site),
        caller_(caller),
        start_(Now()),
        share_(&site.bodies, caller),
        answer_share_(&site.answers, caller),
        answer_(&duplex, &site.limits, &site.cors,
                {mode, AcceptsGzip(request.Header("grpc-accept-encoding")),
                 request.is_1_0(),
                 std::string(request.Header(Request::Field::origin))}) {}

  asio::awaitable<bool> Serve();

 private:
  // What the head says; fills in all of call_ but the message.
  absl::Status ReadHead();
  // The message, as the service is to get it.
  asio::awaitable<absl::Status> ReadMessage();
  absl::Status Inflate(Message message, size_t limit);
  // Runs what takes long on a thread that no other connection needs.
  asio::awaitable<void> Aside(absl::FunctionRef<void()> work);
  // Makes the call, and passes on what it answers. False: the client is gone.
  asio::awaitable<bool> Relay(bool keep);
  asio::awaitable<bool> PassOn(Upstream& upstream, bool keep);
  // Answers with an error of the gateway's own.
  asio::awaitable<bool> Refuse(const absl::Status& status, bool keep);
  void Record() const;

  Duplex& duplex_;
  Request& request_;
  const Mode mode_;
  const Site& site_;
  const std::string& caller_;
  const Time start_;
  // Of the request until the call ends, and of what goes to the client.
  Budget::Share share_;
  Budget::Share answer_share_;
  CallAnswer answer_;
  UpstreamRequest call_;
  Time deadline_ = Time::max();
  std::optional<Counter::Ticket> ticket_;
  std::optional<Counter::Ticket> stream_ticket_;
  uint64_t bytes_in_ = 0;
  int code_ = static_cast<int>(grpc::StatusCode::CANCELLED);
};

absl::Status Exchange::ReadHead() {
  ASSIGN_OR_RETURN(call_.method, FindMethod(site_.methods, request_.path()));
  const std::string_view encoding = request_.Header("grpc-encoding");
  if (!encoding.empty() && encoding != "identity" && !IsGzip(encoding)) {
    answer_.AddHeaders({{"grpc-accept-encoding", kEncodings}});
    return MakeError(
        Reason::kUnknownEncoding,
        {{"encoding", std::string(encoding)}, {"allowed", kEncodings}});
  }
  const auto timeout = request_.head().find("grpc-timeout");
  if (timeout != request_.head().end()) {
    ASSIGN_OR_RETURN(
        const absl::Duration given,
        ParseTimeout({timeout->value().data(), timeout->value().size()}));
    deadline_ = start_ + absl::ToChronoNanoseconds(std::min(given, kLongest));
  }
  RequestMetadata metadata(&site_.allowed_metadata,
                           site_.limits.metadata_bytes);
  for (const auto& field : request_.head()) {
    const auto name = field.name_string();
    const auto value = field.value();
    RETURN_IF_ERROR(
        metadata.Add({name.data(), name.size()}, {value.data(), value.size()}));
  }
  call_.metadata = metadata.Take();
  ticket_ = site_.calls.Take(caller_);
  const bool streams = call_.method->server_streaming();
  if (streams) stream_ticket_ = site_.streams.Take(caller_);
  if (!ticket_ || (streams && !stream_ticket_)) {
    const Limits& limits = site_.limits;
    return MakeError(Reason::kTooManyCalls,
                     {{"limit", absl::StrCat(streams ? limits.streams_each
                                                     : limits.calls_each)}});
  }
  return absl::OkStatus();
}

asio::awaitable<absl::Status> Exchange::ReadMessage() {
  const size_t limit = MessageLimit(site_.limits, *call_.method);
  FrameDecoder frames(limit);
  Base64Decoder base64;
  absl::Status status;
  const auto take = [&](std::string_view piece) {
    bytes_in_ += piece.size();
    std::string bytes;
    if (mode_ == Mode::kText) {
      status = base64.Feed(piece, &bytes);
      piece = bytes;
    }
    if (status.ok() && !share_.Grow(piece.size())) {
      status = MakeError(Reason::kGatewayFull);
    }
    if (status.ok()) status = frames.Feed(piece);
    return status.ok();
  };
  const Request::Body end = co_await request_.ReadBody(take, deadline_);
  if (!status.ok()) co_return status;
  status = StatusOf(end);
  if (status.ok() && mode_ == Mode::kText) status = base64.Finish();
  if (status.ok()) status = frames.Finish();
  if (!status.ok()) co_return status;
  Message message = frames.TakeMessage();
  const auto inflate = [&] { status = Inflate(std::move(message), limit); };
  if (message.compressed && message.bytes.size() > kQuickToInflate) {
    co_await Aside(inflate);
  } else {
    inflate();
  }
  co_return status;
}

absl::Status Exchange::Inflate(Message message, size_t limit) {
  if (!message.compressed) {
    call_.message = std::move(message.bytes);
    return absl::OkStatus();
  }
  if (!IsGzip(request_.Header("grpc-encoding"))) {
    return MakeError(Reason::kUnexpectedCompression);
  }
  ASSIGN_OR_RETURN(call_.message, Gunzip(message.bytes, limit));
  return share_.Grow(call_.message.size()) ? absl::OkStatus()
                                           : MakeError(Reason::kGatewayFull);
}

asio::awaitable<void> Exchange::Aside(absl::FunctionRef<void()> work) {
  bool done = false;
  const auto finish = [this, &done] {
    done = true;
    duplex_.Wake();
  };
  const auto run = [this, &work, &finish] {
    work();
    asio::post(duplex_.executor(), finish);
  };
  asio::post(site_.pool, run);
  co_await duplex_.Until([&done] { return done; }, Time::max());
}

asio::awaitable<bool> Exchange::Refuse(const absl::Status& status, bool keep) {
  const grpc::Status wire = rpc::ToGrpcStatus(status);
  code_ = static_cast<int>(wire.error_code());
  std::vector<HeaderLine> trailers;
  HeaderLine details;
  if (ToHeaderLine("grpc-status-details-bin", wire.error_details(), &details)) {
    trailers.push_back(std::move(details));
  }
  co_return co_await answer_.End(code_, wire.error_message(), trailers, keep);
}

asio::awaitable<bool> Exchange::PassOn(Upstream& upstream, bool keep) {
  const bool streaming = call_.method->server_streaming();
  bool added_headers = false;
  // When to cancel a call whose client sends no more.
  Time patience = Time::max();
  for (;;) {
    const auto news = [&] {
      // Always, so that a client that leaves is noticed.
      duplex_.Listen(site_.limits.pipelined_bytes, kPipelinedStep);
      return upstream.status() || upstream.message() || duplex_.broken() ||
             (upstream.headers() && streaming && !added_headers) ||
             (duplex_.ended() && patience == Time::max());
    };
    if (!co_await duplex_.Until(news, patience)) {
      upstream.Cancel();
      co_await duplex_.Until([&] { return upstream.status().has_value(); },
                             Time::max());
    }
    if (duplex_.broken()) co_return false;
    if (duplex_.ended() && patience == Time::max()) {
      patience = Now() + site_.limits.half_close_time;
    }
    if (upstream.headers() && !added_headers) {
      answer_.AddHeaders(*upstream.headers());
      added_headers = true;
      if (streaming && !upstream.message() && !upstream.status() &&
          !co_await answer_.Flush(keep && !site_.draining)) {
        co_return false;
      }
    }
    if (upstream.message()) {
      if (upstream.message()->Length() > site_.limits.response_bytes) {
        upstream.Cancel();
        const absl::Status status =
            TooLong(*upstream.message(), site_.limits.response_bytes);
        co_return co_await Refuse(status, keep);
      }
      const grpc::ByteBuffer& message = *upstream.message();
      if (!answer_share_.Grow(message.Length())) {
        upstream.Cancel();
        co_return co_await Refuse(MakeError(Reason::kGatewayFull), keep);
      }
      const auto add = [&] { answer_.AddMessage(message); };
      if (answer_.TakesLong(message)) {
        co_await Aside(add);
      } else {
        add();
      }
      if (streaming) {
        if (!co_await answer_.Flush(keep && !site_.draining)) co_return false;
        answer_share_.Release();
      }
      upstream.Next();
    } else if (upstream.status()) {
      keep = keep && !duplex_.ended() && !site_.draining;
      if (upstream.is_own_failure()) {
        const absl::Status failure =
            OwnFailure(upstream.status()->error_code());
        co_return co_await Refuse(failure, keep);
      }
      code_ = static_cast<int>(upstream.status()->error_code());
      co_return co_await answer_.End(code_, upstream.status()->error_message(),
                                     upstream.trailers(), keep);
    }
  }
}

asio::awaitable<bool> Exchange::Relay(bool keep) {
  if (deadline_ != Time::max()) {
    call_.timeout =
        std::max(absl::ZeroDuration(), absl::FromChrono(deadline_ - Now()));
  }
  call_.channel = site_.resolve(*call_.method, call_.message);
  if (call_.channel == nullptr) {
    co_return co_await Refuse(NobodyServes(*call_.method), keep);
  }
  const std::shared_ptr<Upstream> upstream = Upstream::Start(
      std::move(call_), duplex_.executor(),
      [duplex = duplex_.shared_from_this()] { duplex->Wake(); });
  const bool alive = co_await PassOn(*upstream, keep);
  // The ticket is given back, and the gateway may stop, only after the call.
  if (!upstream->status()) {
    upstream->Cancel();
    co_await duplex_.Until([&] { return upstream->status().has_value(); },
                           Time::max());
  }
  co_return alive;
}

void Exchange::Record() const {
  const Method* const method = site_.methods.Find(request_.path());
  site_.on_call({method == nullptr ? "unknown" : std::string_view(method->path),
                 code_, bytes_in_, answer_.body_bytes(), Now() - start_});
}

asio::awaitable<bool> Exchange::Serve() {
  absl::Status status = ReadHead();
  if (status.ok()) status = co_await ReadMessage();
  bool keep = request_.keep_alive() && !request_.is_1_0();
  bool alive = false;
  if (status.ok()) {
    alive = co_await Relay(keep);
  } else {
    keep = keep && co_await request_.DiscardBody();
    alive = co_await Refuse(status, keep && !duplex_.ended());
  }
  Record();
  co_return alive&& keep && !duplex_.ended() && !site_.draining;
}

}  // namespace

asio::awaitable<bool> ServeCall(Duplex& duplex, Request& request, Mode mode,
                                const Site& site, const std::string& caller) {
  Exchange exchange(duplex, request, mode, site, caller);
  co_return co_await exchange.Serve();
}

}  // namespace jiedui::gateway
