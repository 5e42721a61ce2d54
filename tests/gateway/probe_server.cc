#include "tests/gateway/probe_server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <cstdlib>
#include <iostream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/clock.h"

namespace jiedui::gateway {

GatewayOptions ProbeOptions() {
  GatewayOptions options;
  options.listen = {{}};
  options.services = {
      probe::v1::ProbeRequest::descriptor()->file()->service(0)};
  for (const char* name :
       {"x-conformance-test", "x-custom-header", "x-grpc-test-echo-initial",
        "x-grpc-test-echo-trailing-bin", "x-probe-a", "x-probe-a-bin",
        "x-probe-b", "x-probe-b-bin"}) {
    options.allowed_metadata.push_back(name);
  }
  options.hosts = {"a", "api.test", "bench"};
  options.access_log = false;
  return options;
}

ProbeServer::ProbeServer(const GatewayOptions& options, const ProbePlace& place)
    : service_([this](const std::string& peer) {
        int port = 0;
        if (absl::SimpleAtoi(peer.substr(peer.rfind(':') + 1), &port)) {
          relay_->Cut(port);
        }
      }) {
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::StrCat("127.0.0.1:", place.port),
                           grpc::InsecureServerCredentials(), &grpc_port_);
  builder.SetMaxReceiveMessageSize(-1);
  builder.RegisterService(&service_);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) {
    std::cerr << "cannot listen at " << place.port << "\n";
    std::exit(1);
  }
  relay_ = std::make_unique<Relay>(grpc_port_);
  const int backend = place.backend_port == 0 ? grpc_port_ : place.backend_port;
  if (place.in_process) {
    in_process_ = server_->InProcessChannel({});
  } else {
    backend_.emplace(absl::StrCat("127.0.0.1:", backend),
                     grpc::InsecureChannelCredentials());
  }
  auto gateway = Gateway::Start(
      options, [this](const Method& method, const std::string& message) {
        return ChannelFor(method, message);
      });
  if (!gateway.ok()) {
    std::cerr << gateway.status() << "\n";
    std::exit(1);
  }
  gateway_ = *std::move(gateway);
}

ProbeServer::~ProbeServer() {
  gateway_->Stop();
  server_->Shutdown(absl::ToChronoTime(base::Clock::System().Now()));
}

std::shared_ptr<grpc::Channel> ProbeServer::ChannelFor(
    const Method& method, const std::string& message) {
  probe::v1::ProbeRequest request;
  if (!request.ParseFromString(message) || !request.plan().die()) {
    return backend_ ? backend_->ChannelFor(method) : in_process_;
  }
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", relay_->port()),
                                   grpc::InsecureChannelCredentials(),
                                   arguments);
}

}  // namespace jiedui::gateway
