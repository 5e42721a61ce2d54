// The services as they are run: all in one process, or one process each.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/process.h"

namespace jiedui::e2e {

enum class Layout { kAllInOne, kSeparate };

// "AllInOne" or "Separate", for names of tests.
std::string LayoutName(Layout layout);

// The command line and the services' programs.
std::string JieduiProgram();
std::string MatcherProgram();

class Deployment {
 public:
  // Data and logs are kept in `folder`.
  Deployment(Layout layout, std::string folder);

  // Starts the processes and waits until each answers.
  void Start();

  // kill -9 of all processes.
  void Kill();

  // SIGTERM to all; true when each ended with exit code 0.
  bool Stop();

  std::shared_ptr<grpc::Channel> demand() const { return channels_[0]; }
  std::shared_ptr<grpc::Channel> volunteer() const { return channels_[1]; }
  std::shared_ptr<grpc::Channel> matcher() const { return channels_[2]; }

  // HOST:PORT of the demand registry; of everything when all in one.
  std::string server() const;
  // Where the gateway listens for browsers and phones.
  int web_port() const { return web_port_; }
  std::string data_folder() const { return folder_ + "/data"; }

  // What the processes have written, for failure messages.
  std::string Log() const { return ReadFile(log_); }

 private:
  const Layout layout_;
  const std::string folder_;
  const std::string log_;
  int ports_[3];
  int web_port_;
  std::vector<std::unique_ptr<Process>> processes_;
  std::shared_ptr<grpc::Channel> channels_[3];
};

}  // namespace jiedui::e2e
