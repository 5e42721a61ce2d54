// A program run as a process of its own.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace jiedui::e2e {

class Process {
 public:
  // Starts argv[0] with its standard output and error appended to `log`.
  // Ends the test program when it cannot be started.
  Process(const std::vector<std::string>& argv, const std::string& log);
  ~Process();  // kills it if it still runs

  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void Signal(int signal);

  // Waits for its end: the exit code, or 128 + the signal that ended it.
  int Wait();

 private:
  pid_t pid_ = -1;
  int code_ = -1;
};

struct Finished {
  int code;
  std::string output;  // standard output
  std::string errors;  // standard error
};

// Runs a program to its end.
Finished RunProgram(const std::vector<std::string>& argv,
                    const std::string& scratch_dir);

// A TCP port of 127.0.0.1 that was free a moment ago.
int FreePort();

std::string ReadFile(const std::string& path);

}  // namespace jiedui::e2e
