#include "tools/cli/connection.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/channel.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"

namespace jiedui::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

bool LooksLikeAddress(const std::string& address) {
  const size_t colon = address.rfind(':');
  return colon != std::string::npos && colon > 0 &&
         colon + 1 < address.size() &&
         address.find_first_of(" ,=") == std::string::npos;
}

Connection::Route Dial(const std::string& address) {
  grpc::ChannelArguments arguments;
  // A page of 1,000 explained pairings, or a whole sheet.
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetMaxSendMessageSize(-1);
  // A server that is just starting is found soon.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  // Despite its name: how long one attempt may take. A server on a busy machine
  // answers late.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5000);
  // Servers of this system are near: a proxy of the web is never in between.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return {grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(),
                                    arguments),
          address};
}

std::string Text(const Message& message, const char* field_name) {
  const FieldDescriptor* field =
      message.GetDescriptor()->FindFieldByName(field_name);
  return field == nullptr ? ""
                          : message.GetReflection()->GetString(message, field);
}

// "demand", "volunteer" or "matcher".
std::string ServiceOf(const MethodDescriptor& method, const Message& request) {
  if (method.service()->name() == "EventLogService") {
    return Text(request, "source");
  }
  if (method.service()->name() == "SheetService") {
    return Text(request, "kind") == "demands" ? "demand" : "volunteer";
  }
  const std::vector<std::string> package =
      absl::StrSplit(method.file()->package(), '.');
  return package[1];
}

}  // namespace

absl::StatusOr<Connection> Connection::ToServer(std::string_view server) {
  Connection connection;
  connection.address_ = std::string(server);
  for (const absl::string_view piece :
       absl::StrSplit(connection.address_, ',')) {
    const std::string entry(piece);
    const size_t equals = entry.find('=');
    const std::string service =
        equals == std::string::npos ? "" : entry.substr(0, equals);
    const std::string address =
        equals == std::string::npos ? entry : entry.substr(equals + 1);
    const bool known = service.empty() || service == "demand" ||
                       service == "volunteer" || service == "matcher";
    if (!known || !LooksLikeAddress(address)) {
      return absl::InvalidArgumentError(connection.address_);
    }
    connection.routes_[service] = Dial(address);
  }
  return connection;
}

Connection Connection::ToLocal(std::unique_ptr<LocalServer> local,
                               std::string_view data_dir) {
  Connection connection;
  connection.address_ = std::string(data_dir);
  connection.routes_[""] = {local->channel(), connection.address_};
  connection.local_ = std::move(local);
  return connection;
}

absl::Status Connection::Close() {
  if (local_ == nullptr) return absl::OkStatus();
  absl::Status settled = local_->WaitSettled();
  routes_.clear();
  local_->Stop();
  local_.reset();
  return settled;
}

absl::StatusOr<Connection::Route> Connection::RouteOf(
    const MethodDescriptor& method, const Message& request) const {
  const std::string service = ServiceOf(method, request);
  auto route = routes_.find(service);
  if (route == routes_.end()) route = routes_.find("");
  if (route == routes_.end()) {
    return base::MakeError(base::Reason::kUnreachable, {{"address", service}});
  }
  return route->second;
}

}  // namespace jiedui::cli
