// A server in a process of its own, so that its memory and its threads are its
// own and not the load's.
#pragma once

#include <grpcpp/channel.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

namespace jiedui::bench {

// One that cannot be started ends the program.
class ServerProcess {
 public:
  // Starts this program again as a server of `kind` (serve.h) on folder `data`;
  // returns when it answers. What it says goes to `data`.log.
  ServerProcess(const std::string& kind, const std::string& data);
  ~ServerProcess();  // asks it to end, and waits

  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

  // Of all its threads so far.
  double CpuSeconds() const;

  // Of physical memory, so far at most. Bytes.
  uint64_t PeakMemory() const;

 private:
  pid_t pid_ = 0;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace jiedui::bench
