#include "tests/e2e/deployment.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/clock.h"

namespace jiedui::e2e {
namespace {

constexpr absl::Duration kStartTime = absl::Seconds(60);

std::string Address(int port) { return absl::StrCat("127.0.0.1:", port); }

std::shared_ptr<grpc::Channel> Connect(int port) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  // A channel of its own each time: after a kill -9 the old connection's
  // back-off must not delay the new one.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  return grpc::CreateCustomChannel(
      Address(port), grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

std::string LayoutName(Layout layout) {
  return layout == Layout::kAllInOne ? "AllInOne" : "Separate";
}

std::string JieduiProgram() { return JIEDUI_PROGRAM; }
std::string MatcherProgram() { return JIEDUI_MATCHER_PROGRAM; }

Deployment::Deployment(Layout layout, std::string folder)
    : layout_(layout), folder_(std::move(folder)), log_(folder_ + "/log") {
  std::filesystem::create_directories(folder_);
  for (int& port : ports_) port = FreePort();
  web_port_ = FreePort();
  if (layout_ == Layout::kAllInOne) ports_[1] = ports_[2] = ports_[0];
}

std::string Deployment::server() const { return Address(ports_[0]); }

void Deployment::Start() {
  const std::string data = data_folder();
  const auto run = [this](std::vector<std::string> argv) {
    processes_.push_back(std::make_unique<Process>(argv, log_));
  };
  const auto port = [this](int i) { return absl::StrCat(ports_[i]); };
  if (layout_ == Layout::kAllInOne) {
    run({JIEDUI_PROGRAM, "serve", "--data", data, "--port", port(0), "--web",
         absl::StrCat(web_port_)});
  } else {
    run({JIEDUI_DEMAND_PROGRAM, "--data", data + "/demand", "--port", port(0),
         "--matcher", Address(ports_[2])});
    run({JIEDUI_VOLUNTEER_PROGRAM, "--data", data + "/volunteer", "--port",
         port(1)});
    run({JIEDUI_MATCHER_PROGRAM, "--data", data + "/matcher", "--port", port(2),
         "--demand", Address(ports_[0]), "--volunteer", Address(ports_[1])});
    run({JIEDUI_GATEWAY_PROGRAM, "--listen", Address(web_port_), "--backend",
         "demand=" + Address(ports_[0]), "--backend",
         "volunteer=" + Address(ports_[1]), "--backend",
         "matcher=" + Address(ports_[2])});
  }
  const auto deadline =
      absl::ToChronoTime(base::Clock::System().Now() + kStartTime);
  for (int i = 0; i < 3; ++i) {
    channels_[i] = Connect(ports_[i]);
    if (!channels_[i]->WaitForConnected(deadline)) {
      std::fprintf(stderr, "no answer at port %d:\n%s\n", ports_[i],
                   Log().c_str());
      std::abort();
    }
  }
}

void Deployment::Kill() {
  for (const auto& process : processes_) process->Signal(SIGKILL);
  for (const auto& process : processes_) process->Wait();
  processes_.clear();
}

bool Deployment::Stop() {
  bool clean = true;
  for (const auto& process : processes_) process->Signal(SIGTERM);
  for (const auto& process : processes_) clean = process->Wait() == 0 && clean;
  processes_.clear();
  return clean;
}

}  // namespace jiedui::e2e
