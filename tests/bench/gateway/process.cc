#include "tests/bench/gateway/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/bench/fail.h"

namespace jiedui::bench {
namespace {

constexpr char kNothing[] = "\"{} \n";

// In the new process: nothing but what is allowed between fork and exec.
[[noreturn]] void Become(char* const* argv, int answer) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(answer, STDOUT_FILENO);
  execv(argv[0], argv);
  _exit(127);
}

}  // namespace

PortProcess::PortProcess(std::vector<std::string> argv) {
  std::vector<char*> words;
  for (std::string& word : argv) words.push_back(word.data());
  words.push_back(nullptr);
  int answer[2];
  if (pipe2(answer, O_CLOEXEC) != 0) Fail("no pipe");
  pid_ = fork();
  if (pid_ == 0) Become(words.data(), answer[1]);
  close(answer[1]);
  FILE* const lines = fdopen(answer[0], "r");
  char line[256] = "";
  const bool started = std::fgets(line, sizeof line, lines) != nullptr;
  std::fclose(lines);
  if (!started) Fail(argv[0] + " did not start");
  for (const absl::string_view piece : absl::StrSplit(line, ',')) {
    std::string entry(piece);
    for (size_t at; (at = entry.find_first_of(kNothing)) != entry.npos;) {
      entry.erase(at, 1);
    }
    const size_t colon = entry.find(':');
    int port = 0;
    if (!absl::SimpleAtoi(entry.substr(colon + 1), &port)) {
      Fail(absl::StrCat(argv[0], " said ", line));
    }
    ports_[entry.substr(0, colon)] = port;
  }
}

PortProcess::~PortProcess() {
  if (pid_ == 0) return;
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

uint64_t PortProcess::Memory() const {
  std::ifstream status(absl::StrCat("/proc/", pid_, "/status"));
  uint64_t kilobytes = 0;
  for (std::string word; status >> word;) {
    if (word == "VmRSS:") status >> kilobytes;
  }
  return kilobytes << 10;
}

}  // namespace jiedui::bench
