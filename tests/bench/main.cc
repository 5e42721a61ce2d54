// The load driver: see HelpText.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/log.h"
#include "tests/bench/fail.h"
#include "tests/bench/figures.h"
#include "tests/bench/machine.h"
#include "tests/bench/serve.h"

namespace jiedui::bench {
namespace {

struct Measurement {
  std::string_view name;
  Figure (*measure)(const Settings&);
  std::string_view about;
};

constexpr std::array kMeasurements = {
    Measurement{"commands", MeasureCommands,
                "durable commands a second against bare RocksDB"},
    Measurement{"idempotent_commands", MeasureIdempotentCommands,
                "the same with a request_id in each"},
    Measurement{"command_latency", MeasureCommandLatency,
                "one durable command against fdatasync"},
    Measurement{"reads", MeasureReads, "unary reads against a bare echo"},
    Measurement{"event_backlog", MeasureEventBacklog,
                "waiting events to a subscriber against a loop in process"},
    Measurement{"event_tail", MeasureEventTail,
                "events to a subscriber while commands come in"},
    Measurement{"demand_import", MeasureDemandImport,
                "rows a second of a sheet of 10,000 demands"},
    Measurement{"volunteer_import", MeasureVolunteerImport,
                "rows a second of 100,000 volunteers, and memory"},
    Measurement{"timers", MeasureTimers,
                "due timers among many open ones, and after a restart"},
    Measurement{"round", MeasureRound,
                "a round over the sample province, and memory"},
};

constexpr char kUsage[] =
    R"(Measures the services against what the machine can do by itself.

Usage: jiedui_bench [--only NAME] [--seconds N] [--rounds N] [--data DIR]

JSON goes to standard output, a table and progress to standard error. Where
there is something to compare with, both sides run in turns in this one run, and
medians are compared.

  --only NAME   only this figure
  --seconds N   of one run of one side (3)
  --rounds N    runs of each side (3)
  --data DIR    make the data below this folder, which must be on a disk and
                not in memory (default: the folder this program lies in)
  --help        this text

Figures:
)";

std::string HelpText() {
  std::string help = kUsage;
  for (const Measurement& one : kMeasurements) {
    std::string name(one.name);
    name.resize(20, ' ');
    absl::StrAppend(&help, "  ", name, "  ", std::string(one.about), "\n");
  }
  return help;
}

[[noreturn]] void RefuseUsage(const std::string& what) {
  std::fprintf(stderr, "jiedui_bench: %s; see --help\n", what.c_str());
  std::exit(2);
}

Settings ParseSettings(const std::vector<std::string>& words) {
  Settings settings;
  settings.data =
      std::filesystem::read_symlink("/proc/self/exe").parent_path().string();
  settings.sample = JIEDUI_SOURCE_DIR "/deploy/sample";
  for (size_t i = 0; i + 1 < words.size(); i += 2) {
    const std::string& value = words[i + 1];
    bool valid = true;
    if (words[i] == "--only") {
      settings.only = value;
    } else if (words[i] == "--data") {
      settings.data = value;
    } else if (words[i] == "--seconds") {
      valid = absl::SimpleAtod(value, &settings.seconds) &&
              settings.seconds > 0 && settings.seconds <= 3600;
    } else if (words[i] == "--rounds") {
      valid = absl::SimpleAtoi(value, &settings.rounds) &&
              settings.rounds > 0 && settings.rounds <= 100;
    } else {
      RefuseUsage("there is no option " + words[i]);
    }
    if (!valid) RefuseUsage(absl::StrCat(words[i], " cannot be ", value));
  }
  if (words.size() % 2 == 1) RefuseUsage(words.back() + " needs a value");
  return settings;
}

// An empty folder of this run's own, gone when the run ends well: after a
// failure the servers' logs in it tell why.
class OwnFolder {
 public:
  explicit OwnFolder(const std::string& parent) {
    std::filesystem::create_directories(parent);
    path_ = parent + "/bench-data-XXXXXX";
    if (mkdtemp(path_.data()) == nullptr) Fail("cannot write to " + parent);
  }
  ~OwnFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

int Run(Settings settings) {
  rpc::QuietLogs();
  auto circumstances = DescribeMachine();
  circumstances.emplace_back("seconds_a_run", absl::StrCat(settings.seconds));
  std::vector<Figure> figures;
  {
    const OwnFolder folder(settings.data);
    for (const Measurement& one : kMeasurements) {
      if (!settings.only.empty() && settings.only != one.name) continue;
      std::fprintf(stderr, "measuring %s\n", std::string(one.name).c_str());
      Settings own = settings;
      own.data = absl::StrCat(folder.path(), "/", std::string(one.name));
      std::filesystem::create_directories(own.data);
      figures.push_back(one.measure(own));
      std::filesystem::remove_all(own.data);
    }
  }
  if (figures.empty()) RefuseUsage("there is no figure " + settings.only);
  std::fputs(ToTable(figures).c_str(), stderr);
  std::fputs(ToJson(circumstances, figures).c_str(), stdout);
  return 0;
}

}  // namespace
}  // namespace jiedui::bench

int main(int argc, char** argv) {
  using namespace jiedui::bench;
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == kServeFlag) {
    return Serve(words[1], words[2]);
  }
  for (const std::string& word : words) {
    if (word == "--help") {
      std::fputs(HelpText().c_str(), stdout);
      return 0;
    }
  }
  return Run(ParseSettings(words));
}
