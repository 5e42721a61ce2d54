// The gateway's figures: see HelpText.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/log.h"
#include "tests/bench/fail.h"
#include "tests/bench/gateway/echo.h"
#include "tests/bench/gateway/load.h"
#include "tests/bench/gateway/process.h"
#include "tests/bench/machine.h"
#include "tests/bench/report.h"
#include "tests/gateway/probe.pb.h"

namespace jiedui::bench {
namespace {

constexpr char kHelp[] =
    R"(Measures the gateway against gRPC itself and against Boost.Beast alone.

Usage: jiedui_bench_gateway [--seconds N] [--rounds N]

JSON goes to standard output, a table and progress to standard error. The sides
run in turns in this one run, and medians are compared.

  --seconds N   of one run of one side (3)
  --rounds N    runs of each side (3)
  --help        this text
)";

constexpr char kServeEcho[] = "--serve-echo";
constexpr int kThreads = 2;
constexpr int kIdle = 2'000;
constexpr int kSlow = 1'000;
constexpr double kFillSeconds = 5;
constexpr double kMostSlowGrowth = 64;  // MiB
constexpr size_t kPayload = 200;

struct Servers {
  // As `jiedui serve` has it: services in the same process. gRPC itself is
  // measured here too.
  PortProcess inside;
  // As jiedui-gateway has it: its services are those of the process above.
  PortProcess apart;
  PortProcess echo;
};

Servers StartServers() {
  const std::string self =
      std::filesystem::read_symlink("/proc/self/exe").string();
  const std::vector<std::string> probe = {
      JIEDUI_PROBE, "--connections-each", "20000", "--calls-each",
      "2000",       "--streams-each",     "2000"};
  std::vector<std::string> first = probe;
  first.push_back("--in-process");
  PortProcess inside(first);
  std::vector<std::string> second = probe;
  second.push_back("--backend-port");
  second.push_back(absl::StrCat(inside.port("grpc")));
  return {std::move(inside), PortProcess(second),
          PortProcess({self, kServeEcho})};
}

std::string SmallRequest() {
  probe::v1::ProbeRequest request;
  request.mutable_plan()->set_size(kPayload);
  request.set_payload(std::string(kPayload, 'x'));
  return request.SerializeAsString();
}

// Calls a second, and beside them what Beast alone answers.
Figure MeasureCalls(const Servers& servers, int rounds, const CallLoad& load,
                    const std::string& kind, int port) {
  const std::string message = SmallRequest();
  const std::string post = WebPost("Unary", message);
  Figure figure{
      .name = "calls_" + kind,
      .unit = "calls/s",
      .ours = absl::StrCat("gRPC-web, services ", kind, ", ", load.outstanding,
                           " connections"),
      .bare = absl::StrCat("gRPC itself, ", load.outstanding, " outstanding"),
      .aim = .6};
  Figure echo{.name = "echo"};
  figure.Measure(
      rounds, [&] { return PostAll(port, post, load).per_second; },
      [&] {
        echo.runs.push_back(
            PostAll(servers.echo.port("web"), post, load).per_second);
        return CallAll(servers.inside.port("grpc"), message, load).per_second;
      });
  figure.details.emplace_back("beast_alone_per_s", echo.Median());
  return figure;
}

// One call at a time.
Figure MeasureLatency(const Servers& servers, int rounds, CallLoad load,
                      const std::string& kind, int port) {
  load.outstanding = 1;
  const std::string message = SmallRequest();
  const std::string post = WebPost("Unary", message);
  Figure figure{
      .name = "p50_" + kind,
      .unit = "us",
      .ours = absl::StrCat("gRPC-web, services ", kind, ", one call at a time"),
      .bare = "gRPC itself, one call at a time",
      .aim = 1.8,
      .less_is_better = true};
  Figure echo{.name = "echo"};
  figure.Measure(
      rounds, [&] { return PostAll(port, post, load).latencies.Micros(.5); },
      [&] {
        echo.runs.push_back(
            PostAll(servers.echo.port("web"), post, load).latencies.Micros(.5));
        return CallAll(servers.inside.port("grpc"), message, load)
            .latencies.Micros(.5);
      });
  figure.details.emplace_back("beast_alone_us", echo.Median());
  return figure;
}

// Connections that made a call and then wait.
Figure MeasureIdle(const PortProcess& server) {
  Figure figure{.name = "idle_connection",
                .unit = "bytes",
                .ours = absl::StrCat("memory of each of ", kIdle,
                                     " connections that wait"),
                .aim = 256.0 * (1 << 20) / 10'000,
                .less_is_better = true};
  const uint64_t before = server.Memory();
  SlowReaders idle(server.port("web"), kIdle, WebPost("Unary", ""));
  idle.Sip();
  const uint64_t after = server.Memory();
  figure.runs = {static_cast<double>(after - std::min(before, after)) / kIdle};
  return figure;
}

// Streams whose clients hardly read, and what others notice of them.
Figure MeasureSlow(const std::string& kind, const PortProcess& server,
                   CallLoad load) {
  Figure figure{
      .name = "slow_streams_" + kind,
      .unit = "MiB",
      .ours = absl::StrCat("growth of memory by ", kSlow,
                           " streams that are hardly read, services ", kind),
      .aim = kMostSlowGrowth,
      .less_is_better = true};
  probe::v1::ProbeRequest request;
  request.mutable_plan()->set_messages(1'000'000);
  request.mutable_plan()->set_size(1'000);
  const std::string post = WebPost("Unary", SmallRequest());
  load.outstanding = 1;
  const int port = server.port("web");
  CallResult alone = PostAll(port, post, load);
  const uint64_t before = server.Memory();
  SlowReaders readers(port, kSlow,
                      WebPost("Stream", request.SerializeAsString()));
  // Each stream first fills what there is between it and its client.
  for (int i = 0; i < 20; ++i) readers.Sip();
  PostAll(port, post, {.outstanding = 1, .seconds = kFillSeconds});
  CallResult beside = PostAll(port, post, load);
  const uint64_t after = server.Memory();
  figure.runs = {static_cast<double>(after - std::min(before, after)) /
                 (1 << 20)};
  figure.details = {{"fast_p50_alone_us", alone.latencies.Micros(.5)},
                    {"fast_p50_beside_us", beside.latencies.Micros(.5)}};
  return figure;
}

int Run(int rounds, const CallLoad& load) {
  const auto circumstances = DescribeMachine();
  const Servers servers = StartServers();
  std::vector<Figure> figures;
  const int inside = servers.inside.port("web");
  const int apart = servers.apart.port("web");
  std::fprintf(stderr, "measuring calls\n");
  figures.push_back(MeasureCalls(servers, rounds, load, "inside", inside));
  figures.push_back(MeasureCalls(servers, rounds, load, "apart", apart));
  std::fprintf(stderr, "measuring latency\n");
  figures.push_back(MeasureLatency(servers, rounds, load, "inside", inside));
  figures.push_back(MeasureLatency(servers, rounds, load, "apart", apart));
  std::fprintf(stderr, "measuring memory\n");
  figures.push_back(MeasureIdle(servers.inside));
  figures.push_back(MeasureSlow("inside", servers.inside, load));
  figures.push_back(MeasureSlow("apart", servers.apart, load));
  std::fputs(ToTable(figures).c_str(), stderr);
  std::fputs(ToJson(circumstances, figures).c_str(), stdout);
  return 0;
}

}  // namespace
}  // namespace jiedui::bench

int main(int argc, char** argv) {
  using namespace jiedui::bench;
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 1 && words[0] == kServeEcho) ServeEcho(kThreads);
  jiedui::rpc::QuietLogs();
  CallLoad load;
  int rounds = 3;
  for (size_t i = 0; i < words.size(); i += 2) {
    if (words[i] == "--help") {
      std::fputs(kHelp, stdout);
      return 0;
    }
    const std::string value = i + 1 < words.size() ? words[i + 1] : "";
    const bool good =
        words[i] == "--seconds"
            ? absl::SimpleAtod(value, &load.seconds) && load.seconds > 0
            : words[i] == "--rounds" && absl::SimpleAtoi(value, &rounds) &&
                  rounds > 0;
    if (!good) {
      std::fprintf(stderr, "jiedui_bench_gateway: %s; see --help\n",
                   words[i].c_str());
      return 2;
    }
  }
  return Run(rounds, load);
}
