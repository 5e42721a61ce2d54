#include <grpcpp/client_context.h>

#include <array>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "jiedui/matcher/v1/matcher_service.grpc.pb.h"
#include "tests/bench/child.h"
#include "tests/bench/fail.h"
#include "tests/bench/figures.h"
#include "tests/bench/latencies.h"
#include "tests/bench/serve.h"
#include "tests/bench/sheets.h"

namespace jiedui::bench {
namespace {

// In the order in which rows refer to one another.
constexpr std::array kKinds = {"specialties", "enterprises", "teams",
                               "volunteers",  "projects",    "stations",
                               "demands"};

std::string Contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Fail("cannot read " + path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Runs a round that proposes nothing, so that the next one finds the same.
matcher::v1::Round Rehearse(const ServerProcess& server) {
  const auto stub = matcher::v1::MatcherService::NewStub(server.channel());
  grpc::ClientContext context;
  matcher::v1::RunRoundRequest request;
  request.set_validate_only(true);
  const auto reader = stub->RunRound(&context, request);
  matcher::v1::Round round;
  matcher::v1::RunRoundResponse response;
  while (reader->Read(&response)) {
    if (response.has_round()) round = response.round();
  }
  const grpc::Status status = reader->Finish();
  if (!status.ok()) Fail(status.error_message());
  return round;
}

}  // namespace

Figure MeasureRound(const Settings& settings) {
  const ServerProcess server(kAllInOneServer, settings.data + "/round");
  for (const char* kind : kKinds) {
    Import(server.channel(), kind,
           Contents(absl::StrCat(settings.sample, "/", kind, ".csv")));
  }
  Settle(server.channel(), "volunteer", "matcher");
  Settle(server.channel(), "demand", "matcher");
  Figure figure{.name = "round",
                .unit = "s",
                .ours = "a round over the sample province",
                .less_is_better = true};
  matcher::v1::Round round;
  for (int i = 0; i < settings.rounds; ++i) {
    const Clock::time_point start = Clock::now();
    round = Rehearse(server);
    figure.runs.push_back(SecondsSince(start));
  }
  figure.details = {{"peak_memory_mib", server.PeakMemory() / 1048576.}};
  return figure;
}

}  // namespace jiedui::bench
