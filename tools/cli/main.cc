// The command line program `jiedui`.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "tools/cli/app.h"
#include "tools/cli/errors.h"
#include "tools/cli/local_server.h"

namespace {

std::string FromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Ctrl-C ends the program at once: a call in flight is cancelled by its
// connection's end, and services in this process lose nothing by a stop.
void ExitOnInterrupt(int) { _exit(jiedui::cli::kExitInterrupted); }

}  // namespace

int main(int argc, char** argv) {
  // gRPC's own log lines say less than the errors made of them.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  std::signal(SIGINT, ExitOnInterrupt);
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  return jiedui::cli::RunProgram(
      std::vector<std::string>(argv + 1, argv + argc),
      {FromEnvironment, jiedui::cli::StartAllInOne, std::cout, std::cerr,
       isatty(STDERR_FILENO) == 1});
}
