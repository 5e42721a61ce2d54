#include "tests/bench/serve.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <cstdio>
#include <fstream>
#include <iterator>

#include "common/base/clock.h"
#include "common/rpc/host.h"
#include "services/demand/bind.h"
#include "services/jiedui/all_in_one.h"
#include "tests/bench/echo.grpc.pb.h"
#include "tests/bench/fail.h"

namespace jiedui::bench {
namespace {

class BareEcho : public EchoService::CallbackService {
 public:
  explicit BareEcho(std::string answer) : answer_(std::move(answer)) {}

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const EchoMessage*,
                                 EchoMessage* response) override {
    response->set_payload(answer_);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const std::string answer_;
};

void Say(int port) {
  std::printf("%d\n", port);
  std::fflush(stdout);
}

void ServeEcho(const std::string& answer_file) {
  std::ifstream file(answer_file, std::ios::binary);
  BareEcho echo(std::string(std::istreambuf_iterator<char>(file), {}));
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                           &port);
  builder.RegisterService(&echo);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  Say(port);
  rpc::WaitForSignal();
}

void ServeDemands(const std::string& data) {
  rpc::Host host(&base::Clock::System());
  host.Add(OrFail(demand::OpenDemandRegistry(host.environment(), data)));
  rpc::HostOptions options;
  // It follows the matcher; nobody is there.
  options.peers["matcher"] = "127.0.0.1:1";
  OrFail(host.Start(options));
  Say(host.port());
  rpc::WaitForSignal();
}

void ServeAll(const std::string& data) {
  AllInOneOptions options;
  options.data_dir = data;
  const auto all = OrFail(AllInOne::Start(options));
  Say(all->port());
  rpc::WaitForSignal();
}

}  // namespace

int Serve(const std::string& kind, const std::string& data) {
  rpc::BlockSignals();
  if (kind == kEchoServer) {
    ServeEcho(data);
  } else if (kind == kDemandServer) {
    ServeDemands(data);
  } else if (kind == kAllInOneServer) {
    ServeAll(data);
  } else {
    Fail("there is no server " + kind);
  }
  return 0;
}

}  // namespace jiedui::bench
