#include <grpcpp/client_context.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "common/journal/journal.h"
#include "common/runtime/events.h"
#include "common/store/store.h"
#include "jiedui/event/v1/event.grpc.pb.h"
#include "services/demand/app/demand_machine.h"
#include "tests/bench/child.h"
#include "tests/bench/demands.h"
#include "tests/bench/fail.h"
#include "tests/bench/figures.h"
#include "tests/bench/load.h"
#include "tests/bench/posting.h"
#include "tests/bench/serve.h"

namespace jiedui::bench {
namespace {

constexpr uint64_t kBacklog = 100'000;

// Reads the events after a position until `enough` of those read says so.
template <typename Enough>
void Subscribe(const std::shared_ptr<grpc::Channel>& channel, uint64_t after,
               Enough enough) {
  const auto stub = event::v1::EventLogService::NewStub(channel);
  grpc::ClientContext context;
  event::v1::WatchEventsRequest request;
  request.set_source("demand");
  request.set_after_seq(after);
  const auto reader = stub->WatchEvents(&context, request);
  event::v1::Event event;
  while (reader->Read(&event)) {
    if (enough(event)) {
      context.TryCancel();
      break;
    }
  }
  const grpc::Status status = reader->Finish();
  if (!status.ok() && status.error_code() != grpc::StatusCode::CANCELLED) {
    Fail(status.error_message());
  }
}

double BacklogPerSecond(const ServerProcess& server) {
  uint64_t count = 0;
  const Clock::time_point start = Clock::now();
  Subscribe(server.channel(), 0,
            [&](const event::v1::Event&) { return ++count == kBacklog; });
  return count / SecondsSince(start);
}

double LoopPerSecond(const store::Reader& state) {
  const demand::DemandMachine machine;
  uint64_t count = 0;
  const Clock::time_point start = Clock::now();
  journal::Journal::Visit(state, 0, [&](const journal::v1::Record& record) {
    count += runtime::EventsOf(machine, record).size();
    return true;
  });
  if (count != kBacklog) Fail("the journal holds another number of events");
  return count / SecondsSince(start);
}

uint64_t Head(const ServerProcess& server) {
  const auto stub = event::v1::EventLogService::NewStub(server.channel());
  grpc::ClientContext context;
  event::v1::GetHeadRequest request;
  request.set_source("demand");
  event::v1::Head head;
  const grpc::Status status = stub->GetHead(&context, request, &head);
  if (!status.ok()) Fail(status.error_message());
  return head.seq();
}

// One run of commands with a subscriber.
struct TailRun {
  double commands_per_second = 0;
  double events_per_second = 0;
  double behind_ms = 0;  // the last event after the last answer
};

TailRun RunWithSubscriber(const ServerProcess& server, double seconds,
                          uint64_t& number) {
  const uint64_t first = number;
  const uint64_t after = Head(server);
  std::atomic<uint64_t> total = 0;  // 0: not known yet
  Clock::time_point delivered;
  const Clock::time_point start = Clock::now();
  std::thread subscriber([&] {
    uint64_t count = 0;
    Subscribe(server.channel(), after,
              [&](const event::v1::Event&) { return ++count == total; });
    delivered = Clock::now();
  });
  const auto next = [&] { return NextDemand(number); };
  Load load;
  load.method = kCreateDemand;
  load.seconds = seconds;
  Drive(server, load, next);
  // The event of one command more comes when the subscriber knows the end.
  total = number - first + 1;
  load.calls = 1;
  Drive(server, load, next);
  const Clock::time_point answered = Clock::now();
  subscriber.join();
  const auto since_start = [start](Clock::time_point time) {
    return std::chrono::duration<double>(time - start).count();
  };
  return {total / since_start(answered), total / since_start(delivered),
          (since_start(delivered) - since_start(answered)) * 1e3};
}

}  // namespace

Figure MeasureEventBacklog(const Settings& settings) {
  const std::string folder = settings.data + "/event_backlog";
  PostDemands(ServerProcess(kDemandServer, folder), kBacklog);
  // Two processes cannot have one folder open.
  std::filesystem::copy(folder, folder + "-bare",
                        std::filesystem::copy_options::recursive);
  const auto store = OrFail(store::OpenRocksStore(folder + "-bare"));
  const ServerProcess server(kDemandServer, folder);
  Figure figure{.name = "event_backlog",
                .unit = "events/s",
                .ours = "100,000 events to one WatchEvents subscriber",
                .bare =
                    "an in-process loop that reads and converts the same "
                    "records"};
  figure.Measure(
      settings.rounds, [&] { return BacklogPerSecond(server); },
      [&] { return LoopPerSecond(*store); });
  return figure;
}

Figure MeasureEventTail(const Settings& settings) {
  const ServerProcess server(kDemandServer, settings.data + "/event_tail");
  Figure figure{.name = "event_tail",
                .unit = "events/s",
                .ours = "events to one WatchEvents subscriber during commands",
                .bare = "the commands, 256 outstanding"};
  uint64_t number = 0;
  TailRun run;
  for (int i = 0; i < settings.rounds; ++i) {
    run = RunWithSubscriber(server, settings.seconds, number);
    figure.runs.push_back(run.events_per_second);
    figure.bare_runs.push_back(run.commands_per_second);
  }
  figure.details = {{"behind_at_the_end_ms", run.behind_ms}};
  return figure;
}

}  // namespace jiedui::bench
