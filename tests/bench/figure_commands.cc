#include <fstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/bench/bare.h"
#include "tests/bench/child.h"
#include "tests/bench/demands.h"
#include "tests/bench/echo.pb.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/one_commit.h"
#include "tests/bench/serve.h"

namespace jiedui::bench {
namespace {

constexpr int kOutstanding = 256;
constexpr int kBareWriters = 128;

// Requests for new demands, each another one.
class Requests {
 public:
  explicit Requests(bool with_request_id) : with_request_id_(with_request_id) {}

  demand::v1::CreateDemandRequest Next() {
    demand::v1::CreateDemandRequest request;
    *request.mutable_demand() = ExampleDemand(++number_);
    if (with_request_id_) {
      request.set_request_id(absl::StrCat("bench-", number_));
    }
    return request;
  }

 private:
  const bool with_request_id_;
  uint64_t number_ = 0;
};

Figure Measure(const Settings& settings, const std::string& name,
               bool with_request_id) {
  Requests requests(with_request_id);
  const store::Batch example = BatchOfOne(requests.Next());
  const std::string folder = absl::StrCat(settings.data, "/", name);
  const ServerProcess server(kDemandServer, folder);

  Load load;
  load.method = kCreateDemand;
  load.outstanding = kOutstanding;
  load.seconds = settings.seconds;
  LoadResult last;
  Figure figure{.name = name,
                .unit = "commands/s",
                .ours = "CreateDemand through gRPC, 256 outstanding",
                .bare =
                    "synced RocksDB writes of the same keys and bytes, 128 "
                    "writers",
                .aim = .75};
  figure.Measure(
      settings.rounds,
      [&] {
        last = Drive(server, load, [&] { return ToBytes(requests.Next()); });
        return last.PerSecond();
      },
      [&] {
        return SyncedWritesPerSecond(folder + "-bare", example, kBareWriters,
                                     settings.seconds);
      });
  figure.details = {
      {"keys_a_command", static_cast<double>(example.changes().size())},
      {"bytes_a_command", static_cast<double>(BytesOf(example))},
      {"p50_us", last.latencies.Micros(.5)},
      {"p99_us", last.latencies.Micros(.99)},
      {"server_cpu_us_a_command", last.server_cpu_micros}};
  return figure;
}

}  // namespace

Figure MeasureCommands(const Settings& settings) {
  return Measure(settings, "commands", false);
}

Figure MeasureIdempotentCommands(const Settings& settings) {
  return Measure(settings, "idempotent_commands", true);
}

Figure MeasureCommandLatency(const Settings& settings) {
  Requests requests(false);
  const size_t bytes = BytesOf(BatchOfOne(requests.Next()));
  const std::string folder = settings.data + "/command_latency";
  const ServerProcess server(kDemandServer, folder);
  std::ofstream(folder + "-answer", std::ios::binary)
      << requests.Next().demand().SerializeAsString();
  const ServerProcess echo(kEchoServer, folder + "-answer");
  Load load;
  load.outstanding = 1;
  load.seconds = settings.seconds;
  LoadResult commands;
  LoadResult echoes;
  Latencies appends;
  Figure figure{.name = "command_latency",
                .unit = "us, median",
                .ours = "one CreateDemand at a time through gRPC",
                .bare = "fdatasync of an append of the same bytes",
                .aim = 2.2,
                .less_is_better = true};
  figure.Measure(
      settings.rounds,
      [&] {
        load.method = kCreateDemand;
        commands =
            Drive(server, load, [&] { return ToBytes(requests.Next()); });
        return commands.latencies.Micros(.5);
      },
      [&] {
        // What a call costs by itself, for the reader's sum.
        load.method = kEcho;
        echoes = Drive(echo, load, [] { return ToBytes(EchoMessage()); });
        appends = SyncedAppends(folder + "-bare", bytes, settings.seconds);
        return appends.Micros(.5);
      });
  figure.details = {{"bytes_a_command", static_cast<double>(bytes)},
                    {"p99_us", commands.latencies.Micros(.99)},
                    {"bare_p99_us", appends.Micros(.99)},
                    {"echo_p50_us", echoes.latencies.Micros(.5)}};
  return figure;
}

}  // namespace jiedui::bench
