#include <grpcpp/client_context.h>

#include <fstream>

#include "jiedui/demand/v1/demand_service.grpc.pb.h"
#include "tests/bench/child.h"
#include "tests/bench/demands.h"
#include "tests/bench/echo.pb.h"
#include "tests/bench/fail.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/posting.h"
#include "tests/bench/serve.h"

namespace jiedui::bench {
namespace {

constexpr uint64_t kDemands = 20'000;

std::string OneAnswer(const ServerProcess& server) {
  const auto stub = demand::v1::DemandService::NewStub(server.channel());
  grpc::ClientContext context;
  demand::v1::GetDemandRequest request;
  request.set_name(NameOfDemand(kDemands / 2));
  demand::v1::Demand demand;
  const grpc::Status status = stub->GetDemand(&context, request, &demand);
  if (!status.ok()) Fail(status.error_message());
  return demand.SerializeAsString();
}

}  // namespace

Figure MeasureReads(const Settings& settings) {
  const std::string folder = settings.data + "/reads";
  const ServerProcess server(kDemandServer, folder);
  PostDemands(server, kDemands);
  const std::string answer = OneAnswer(server);
  const std::string answer_file = folder + "-answer";
  std::ofstream(answer_file, std::ios::binary) << answer;
  const ServerProcess echo(kEchoServer, answer_file);

  Load load;
  load.seconds = settings.seconds;
  Figure figure{.name = "reads",
                .unit = "calls/s",
                .ours = "GetDemand of any of 20,000, 256 outstanding",
                .bare = "a bare callback service, as many bytes each way",
                .aim = .85};
  uint64_t number = 0;
  LoadResult reads;
  LoadResult echoes;
  const auto name = [&] {
    number = (number + 7919) % kDemands;
    return NameOfDemand(number + 1);
  };
  figure.Measure(
      settings.rounds,
      [&] {
        load.method = kGetDemand;
        reads = Drive(server, load, [&] {
          demand::v1::GetDemandRequest request;
          request.set_name(name());
          return ToBytes(request);
        });
        return reads.PerSecond();
      },
      [&] {
        load.method = kEcho;
        echoes = Drive(echo, load, [&] {
          EchoMessage request;
          request.set_payload(name());
          return ToBytes(request);
        });
        return echoes.PerSecond();
      });
  figure.details = {{"answer_bytes", static_cast<double>(answer.size())},
                    {"p50_us", reads.latencies.Micros(.5)},
                    {"p99_us", reads.latencies.Micros(.99)},
                    {"server_cpu_us_a_call", reads.server_cpu_micros},
                    {"bare_cpu_us_a_call", echoes.server_cpu_micros}};
  return figure;
}

}  // namespace jiedui::bench
