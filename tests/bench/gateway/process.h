// A server in a process of its own, so that its memory is its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace jiedui::bench {

// Ends the program when it cannot be started.
class PortProcess {
 public:
  // Runs `argv`, which prints one line {"NAME":PORT,…} when it serves.
  explicit PortProcess(std::vector<std::string> argv);
  ~PortProcess();  // asks it to end, and waits
  PortProcess(PortProcess&& other) noexcept
      : pid_(std::exchange(other.pid_, 0)), ports_(std::move(other.ports_)) {}

  int port(const std::string& name) const { return ports_.at(name); }

  // Of physical memory now. Bytes.
  uint64_t Memory() const;

 private:
  pid_t pid_ = 0;
  std::map<std::string, int> ports_;
};

}  // namespace jiedui::bench
