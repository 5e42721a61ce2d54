#include "tools/cli/client.h"

#include <openssl/rand.h>

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "jiedui/demand/v1/demand_service.pb.h"
#include "jiedui/event/v1/event.pb.h"
#include "jiedui/matcher/v1/dispatch_service.pb.h"
#include "jiedui/matcher/v1/matcher_service.pb.h"
#include "jiedui/matcher/v1/notice_service.pb.h"
#include "jiedui/matcher/v1/record_service.pb.h"
#include "jiedui/sheet/v1/sheet_service.pb.h"
#include "jiedui/volunteer/v1/volunteer_service.pb.h"
#include "tools/cli/connection.h"
#include "tools/cli/errors.h"

namespace jiedui::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

using Stub = grpc::TemplatedGenericStub<Message, Message>;

constexpr absl::Duration kFirstDelay = absl::Milliseconds(200);
constexpr int kRepeats = 4;

// A random UUID (RFC 4122, version 4).
std::string NewRequestId() {
  std::array<unsigned char, 16> bytes;
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) {
    GOOGLE_LOG(FATAL) << "no random bytes";
  }
  bytes[6] = (bytes[6] & 0x0F) | 0x40;
  bytes[8] = (bytes[8] & 0x3F) | 0x80;
  std::string id;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) id += '-';
    absl::StrAppend(&id, absl::Hex(bytes[i], absl::kZeroPad2));
  }
  return id;
}

// Metadata may hold printable ASCII only: everything else is percent-encoded
// (RFC 3986), as gRPC does with the messages of its own statuses.
std::string PercentEncoded(const std::string& text) {
  std::string encoded;
  for (const char c : text) {
    if (c >= ' ' && c <= '~' && c != '%') {
      encoded += c;
    } else {
      absl::StrAppend(&encoded, "%",
                      absl::AsciiStrToUpper(absl::StrCat(absl::Hex(
                          static_cast<unsigned char>(c), absl::kZeroPad2))));
    }
  }
  return encoded;
}

// One call, step by step and blocking. A unary call is one whose stream of
// answers has one message.
class Exchange {
 public:
  Exchange(const std::shared_ptr<grpc::Channel>& channel,
           const CallOptions& options, const MethodDescriptor& method) {
    context_.AddMetadata("x-jiedui-actor", PercentEncoded(options.actor));
    if (!method.server_streaming()) {
      context_.set_deadline(
          absl::ToChronoTime(base::Clock::System().Now() +
                             absl::Seconds(options.timeout_seconds)));
    }
    call_ = Stub(channel).PrepareCall(
        &context_,
        absl::StrCat("/", method.service()->full_name(), "/", method.name()),
        &queue_);
  }

  void Send(const Message& request) {
    call_->StartCall(this);
    if (!Await()) return;
    call_->WriteLast(request, grpc::WriteOptions(), this);
    Await();
  }

  // False at the end of the stream.
  bool Receive(Message* response) {
    call_->Read(response, this);
    return Await();
  }

  void Cancel() { context_.TryCancel(); }

  grpc::Status Finish() {
    grpc::Status status;
    call_->Finish(&status, this);
    Await();
    return status;
  }

 private:
  bool Await() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<Message, Message>> call_;
};

grpc::Status CallOnce(const std::shared_ptr<grpc::Channel>& channel,
                      const CallOptions& options,
                      const MethodDescriptor& method, const Message& request,
                      Message* response) {
  Exchange exchange(channel, options, method);
  exchange.Send(request);
  std::unique_ptr<Message> received(response->New());
  const bool any = exchange.Receive(received.get());
  grpc::Status status = exchange.Finish();
  if (status.ok() && any)
    response->GetReflection()->Swap(received.get(), response);
  return status;
}

}  // namespace

const MethodDescriptor& Method(std::string_view name) {
  static const FileDescriptor* const kFiles[] = {
      demand::v1::GetDemandRequest::descriptor()->file(),
      volunteer::v1::GetVolunteerRequest::descriptor()->file(),
      matcher::v1::GetPairingRequest::descriptor()->file(),
      matcher::v1::GetDispatchRequest::descriptor()->file(),
      matcher::v1::GetNoticeRequest::descriptor()->file(),
      matcher::v1::GetHoursRequest::descriptor()->file(),
      sheet::v1::ImportSheetRequest::descriptor()->file(),
      event::v1::GetHeadRequest::descriptor()->file(),
  };
  const size_t dot = name.find('.');
  for (const FileDescriptor* file : kFiles) {
    const ServiceDescriptor* service =
        file->FindServiceByName(std::string(name.substr(0, dot)));
    if (service == nullptr) continue;
    const MethodDescriptor* method =
        service->FindMethodByName(std::string(name.substr(dot + 1)));
    if (method != nullptr) return *method;
  }
  GOOGLE_LOG(FATAL) << "no method " << std::string(name);
  __builtin_unreachable();
}

Client::Client(const Connection& connection, CallOptions options)
    : connection_(connection), options_(std::move(options)) {}

absl::Status Client::Call(const MethodDescriptor& method,
                          const Message& request, Message* response) {
  std::unique_ptr<Message> sent(request.New());
  sent->CopyFrom(request);
  const FieldDescriptor* id =
      sent->GetDescriptor()->FindFieldByName("request_id");
  if (id != nullptr) {
    sent->GetReflection()->SetString(
        sent.get(), id,
        options_.request_id.empty() ? NewRequestId() : options_.request_id);
  }
  ASSIGN_OR_RETURN(const Connection::Route route,
                   connection_.RouteOf(method, *sent));
  absl::Duration delay = kFirstDelay;
  for (int repeats = 0;; ++repeats) {
    const grpc::Status status =
        CallOnce(route.channel, options_, method, *sent, response);
    if (status.error_code() != grpc::StatusCode::UNAVAILABLE || id == nullptr ||
        repeats == kRepeats) {
      return FromGrpc(status, route.address, options_.timeout_seconds);
    }
    absl::SleepFor(delay);
    delay *= 2;
  }
}

absl::Status Client::Stream(const MethodDescriptor& method,
                            const Message& request, Message* response,
                            const std::function<absl::Status()>& each) {
  ASSIGN_OR_RETURN(const Connection::Route route,
                   connection_.RouteOf(method, request));
  Exchange exchange(route.channel, options_, method);
  exchange.Send(request);
  while (exchange.Receive(response)) {
    if (absl::Status status = each(); !status.ok()) {
      exchange.Cancel();
      exchange.Finish();
      return status;
    }
  }
  return FromGrpc(exchange.Finish(), route.address, options_.timeout_seconds);
}

}  // namespace jiedui::cli
