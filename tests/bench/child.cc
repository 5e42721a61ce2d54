#include "tests/bench/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/server.h"
#include "tests/bench/fail.h"
#include "tests/bench/serve.h"

namespace jiedui::bench {
namespace {

constexpr absl::Duration kStartLimit = absl::Seconds(120);

// In the new process: nothing but what is allowed between fork and exec.
[[noreturn]] void BecomeServer(const char* kind, const char* data, int log,
                               int answer) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(answer, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execl("/proc/self/exe", "jiedui_bench", kServeFlag, kind, data,
        static_cast<char*>(nullptr));
  _exit(127);
}

}  // namespace

ServerProcess::ServerProcess(const std::string& kind, const std::string& data) {
  const std::string log_file = data + ".log";
  int answer[2];
  if (pipe2(answer, O_CLOEXEC) != 0) Fail("no pipe");
  const int log =
      open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  pid_ = fork();
  if (pid_ == 0) BecomeServer(kind.c_str(), data.c_str(), log, answer[1]);
  close(answer[1]);
  close(log);
  FILE* lines = fdopen(answer[0], "r");
  int port = 0;
  const bool started = std::fscanf(lines, "%d", &port) == 1;
  std::fclose(lines);
  if (!started) Fail("the server did not start; see " + log_file);
  channel_ = rpc::ConnectTo(absl::StrCat("127.0.0.1:", port));
  const absl::Time deadline = base::Clock::System().Now() + kStartLimit;
  if (!channel_->WaitForConnected(absl::ToChronoTime(deadline))) {
    Fail("the server does not answer; see " + log_file);
  }
}

ServerProcess::~ServerProcess() {
  channel_ = nullptr;
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

double ServerProcess::CpuSeconds() const {
  clockid_t clock = 0;
  timespec time = {};
  if (clock_getcpuclockid(pid_, &clock) != 0 ||
      clock_gettime(clock, &time) != 0) {
    Fail("the server has gone");
  }
  return static_cast<double>(time.tv_sec) + time.tv_nsec * 1e-9;
}

uint64_t ServerProcess::PeakMemory() const {
  std::ifstream status(absl::StrCat("/proc/", pid_, "/status"));
  uint64_t kilobytes = 0;
  for (std::string word; status >> word;) {
    if (word == "VmHWM:") status >> kilobytes;
  }
  return kilobytes * 1024;
}

}  // namespace jiedui::bench
