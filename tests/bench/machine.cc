#include "tests/bench/machine.h"

#include <sys/utsname.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace jiedui::bench {
namespace {

// The value of the first line "`key` … : value" of a file.
std::string FirstValue(const std::string& path, std::string_view key) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    const size_t colon = line.find(':');
    if (line.starts_with(key) && colon != std::string::npos) {
      return std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
    }
  }
  return "unknown";
}

std::string OutputOf(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  std::array<char, 256> buffer;
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) {
    output += buffer.data();
  }
  return pclose(pipe) == 0 ? output : "";
}

// With "+" when files differ from it; "unknown" outside a clone.
std::string Commit() {
  const std::string described =
      OutputOf("git -C '" JIEDUI_SOURCE_DIR
               "' describe --always --abbrev=12 --dirty=+ --exclude='*' "
               "2>/dev/null");
  return described.empty() ? "unknown"
                           : std::string(absl::StripAsciiWhitespace(described));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> DescribeMachine() {
  utsname name = {};
  uname(&name);
  std::array<double, 3> load = {};
  getloadavg(load.data(), load.size());
  return {{"commit", Commit()},
          {"cores", absl::StrCat(std::thread::hardware_concurrency())},
          {"processor", FirstValue("/proc/cpuinfo", "model name")},
          {"memory", FirstValue("/proc/meminfo", "MemTotal")},
          {"kernel", absl::StrCat(name.sysname, " ", name.release)},
          {"load_1_5_15_min",
           absl::StrFormat("%.2f %.2f %.2f", load[0], load[1], load[2])}};
}

}  // namespace jiedui::bench
