#include "absl/strings/str_cat.h"
#include "tests/bench/child.h"
#include "tests/bench/fail.h"
#include "tests/bench/figures.h"
#include "tests/bench/serve.h"
#include "tests/bench/sheets.h"
#include "tools/corps/corps.h"

namespace jiedui::bench {
namespace {

constexpr uint64_t kRowsOfASheet = 10'000;
constexpr uint64_t kVolunteers = 100'000;
constexpr uint64_t kTeams = 2'000;

// Rows a second that an importer should reach.
constexpr double kAim = 10'000;

corps::Corps Guangdong() {
  return OrFail(corps::Corps::Create({.seed = 1,
                                      .region = "440000",
                                      .volunteers = kVolunteers,
                                      .teams = kTeams,
                                      .demands = kRowsOfASheet}));
}

double Mebibytes(uint64_t bytes) { return bytes / 1048576.; }

}  // namespace

Figure MeasureDemandImport(const Settings& settings) {
  const std::string sheet =
      GeneratedSheet(Guangdong(), "demands.csv", 0, kRowsOfASheet);
  Figure figure{.name = "demand_import",
                .unit = "rows/s",
                .ours = "a sheet of 10,000 demands, from bytes to durable",
                .aim = kAim};
  double cpu_seconds = 0;
  for (int i = 0; i < settings.rounds; ++i) {
    const ServerProcess server(
        kDemandServer, absl::StrCat(settings.data, "/demand_import-", i));
    const double cpu_before = server.CpuSeconds();
    figure.runs.push_back(kRowsOfASheet /
                          Import(server.channel(), "demands", sheet));
    cpu_seconds = server.CpuSeconds() - cpu_before;
  }
  figure.details = {{"bytes_a_row", 1. * sheet.size() / kRowsOfASheet},
                    {"server_cpu_us_a_row", cpu_seconds * 1e6 / kRowsOfASheet}};
  return figure;
}

Figure MeasureVolunteerImport(const Settings& settings) {
  const corps::Corps corps = Guangdong();
  const ServerProcess server(kAllInOneServer,
                             settings.data + "/volunteer_import");
  Import(server.channel(), "teams",
         GeneratedSheet(corps, "teams.csv", 0, kTeams));
  Settle(server.channel(), "volunteer", "matcher");
  const uint64_t before = server.PeakMemory();
  const double cpu_before = server.CpuSeconds();

  Figure figure{.name = "volunteer_import",
                .unit = "rows/s",
                .ours =
                    "100,000 volunteers in ten sheets, into the "
                    "all-in-one; one run a sheet",
                .aim = kAim};
  for (uint64_t row = 0; row < kVolunteers; row += kRowsOfASheet) {
    const std::string sheet =
        GeneratedSheet(corps, "volunteers.csv", row, row + kRowsOfASheet);
    figure.runs.push_back(kRowsOfASheet /
                          Import(server.channel(), "volunteers", sheet));
  }
  const double settled = Settle(server.channel(), "volunteer", "matcher");
  const double cpu_seconds = server.CpuSeconds() - cpu_before;
  figure.details = {{"matcher_behind_at_the_end_s", settled},
                    {"server_cpu_us_a_row", cpu_seconds * 1e6 / kVolunteers},
                    {"peak_memory_before_mib", Mebibytes(before)},
                    {"peak_memory_mib", Mebibytes(server.PeakMemory())}};
  return figure;
}

}  // namespace jiedui::bench
