#include "services/gateway/backends.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"
#include "jiedui/sheet/v1/sheet_service.pb.h"

namespace jiedui::gateway {
namespace {

using base::MakeError;
using base::Reason;

constexpr const char* kNames[] = {"demand", "volunteer", "matcher"};
constexpr int kMaxReceiveBytes = 256 << 20;  // as services' own channels
// A silent connection is asked so often whether it lives; services let pings of
// half this pass.
constexpr int kPingMs = 30'000;
constexpr int kMaxReconnectMs = 2'000;
// What a stream whose client reads slowly may hold here: so much unread, each
// message of it in a buffer of this size, most of which others have left.
constexpr int kStreamBytes = 8 << 10;
constexpr int kStreamReadBytes = 4 << 10;

absl::Status Malformed(const std::string& value) {
  return MakeError(Reason::kFieldMalformed,
                   {{"field", "--backend"},
                    {"value", value},
                    {"expected", "demand|volunteer|matcher=HOST:PORT[,…]"}});
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(
    const std::string& ca_file) {
  if (ca_file.empty()) return grpc::InsecureChannelCredentials();
  std::ifstream file(ca_file, std::ios::binary);
  grpc::SslCredentialsOptions options;
  options.pem_root_certs.assign(std::istreambuf_iterator<char>(file), {});
  if (options.pem_root_certs.empty()) {
    return MakeError(Reason::kFileUnreadable,
                     {{"path", ca_file}, {"detail", "empty"}});
  }
  return grpc::SslCredentials(options);
}

// The field `kind` of a sheet's request, which may be 20 MiB: read without
// parsing the rest. Empty when it cannot be read; whichever service gets the
// request then refuses it.
std::string KindOf(const std::string& bytes) {
  using google::protobuf::internal::WireFormatLite;
  constexpr uint32_t kKindTag =
      WireFormatLite::MakeTag(sheet::v1::ImportSheetRequest::kKindFieldNumber,
                              WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  google::protobuf::io::CodedInputStream input(
      reinterpret_cast<const uint8_t*>(bytes.data()),
      static_cast<int>(bytes.size()));
  std::string kind;
  while (const uint32_t tag = input.ReadTag()) {
    if (tag != kKindTag) {
      if (!WireFormatLite::SkipField(&input, tag)) return "";
      continue;
    }
    if (!WireFormatLite::ReadString(&input, &kind)) return "";
  }
  return kind;
}

grpc::ChannelArguments CallArguments() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceiveBytes);
  arguments.SetLoadBalancingPolicyName("round_robin");
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPingMs);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectMs);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  arguments.SetInt(GRPC_ARG_ENABLE_CHANNELZ, 0);  // nobody looks at it
  return arguments;
}

// Without gRPC's retries, which cost memory a stream: clients begin a watch
// again from where they were.
grpc::ChannelArguments StreamArguments() {
  grpc::ChannelArguments arguments = CallArguments();
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kStreamBytes);
  arguments.SetInt(GRPC_ARG_TCP_READ_CHUNK_SIZE, kStreamReadBytes);
  arguments.SetInt(GRPC_ARG_TCP_MAX_READ_CHUNK_SIZE, kStreamReadBytes);
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return arguments;
}

}  // namespace

void AllowSmallReads() {
  setenv("GRPC_EXPERIMENTS", "-tcp_read_chunks", /*overwrite=*/0);
}

Backend::Backend(const std::string& target,
                 const std::shared_ptr<grpc::ChannelCredentials>& credentials)
    : calls_(grpc::CreateCustomChannel(target, credentials, CallArguments())),
      streams_(
          grpc::CreateCustomChannel(target, credentials, StreamArguments())) {}

std::shared_ptr<grpc::Channel> Backend::ChannelFor(const Method& method) const {
  return method.server_streaming() ? streams_ : calls_;
}

bool Backend::IsReachable() const {
  return calls_->GetState(/*try_to_connect=*/true) !=
         GRPC_CHANNEL_TRANSIENT_FAILURE;
}

absl::StatusOr<Backends> Backends::Connect(
    const std::vector<std::string>& backends, const std::string& ca_file) {
  ASSIGN_OR_RETURN(const auto credentials, Credentials(ca_file));
  Backends connected;
  for (const std::string& backend : backends) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(backend, absl::MaxSplits('=', 1));
    const auto& [name, addresses] = parts;
    if (std::find(std::begin(kNames), std::end(kNames), name) ==
            std::end(kNames) ||
        addresses.find(':') == std::string::npos ||
        connected.backends_.contains(name)) {
      return Malformed(backend);
    }
    const bool several = addresses.find(',') != std::string::npos;
    connected.backends_.try_emplace(
        name, absl::StrCat(several ? "ipv4:" : "dns:///", addresses),
        credentials);
  }
  return connected;
}

std::shared_ptr<grpc::Channel> Backends::ChannelFor(
    const Method& method, const std::string& message) const {
  // "jiedui.demand.v1"
  const std::vector<std::string> package =
      absl::StrSplit(method.descriptor->file()->package(), '.');
  std::string name = package[1];
  if (name == "sheet") {
    name = KindOf(message) == "demands" ? "demand" : "volunteer";
  }
  const auto it = backends_.find(name);
  return it == backends_.end() ? nullptr : it->second.ChannelFor(method);
}

bool Backends::AreReachable() const {
  return std::all_of(backends_.begin(), backends_.end(), [](auto& backend) {
    return backend.second.IsReachable();
  });
}

}  // namespace jiedui::gateway
