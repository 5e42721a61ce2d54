// Runs one or several services in one process: their gRPC port, event log,
// imports, metrics, the streams between them, and their orderly end.
#pragma once

#include <grpcpp/impl/codegen/service_type.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/event_log.h"
#include "common/rpc/follower.h"
#include "common/rpc/server.h"
#include "common/rpc/sheet_service.h"
#include "common/runtime/loop.h"
#include "common/runtime/timer_driver.h"
#include "common/runtime/writer.h"

namespace jiedui::rpc {

// One service, opened and ready to be served.
class HostedService {
 public:
  virtual ~HostedService() = default;

  virtual runtime::Writer& writer() = 0;

  // Its public APIs.
  virtual std::vector<grpc::Service*> apis() = 0;

  // The kinds of sheets it takes.
  virtual std::vector<SheetImporter*> importers() = 0;

  // The sources whose events it needs: "demand", "volunteer", "matcher".
  virtual std::vector<std::string> sources() const = 0;

  // What an event of one of those sources does here; part of the commit that
  // moves the cursor. See Follower::React.
  virtual absl::Status React(const event::v1::Event& event,
                             runtime::Transaction& txn) = 0;

  // Told once, right after the server has started: the followers of its
  // sources. They are destroyed before it; Stop()ped earlier still.
  virtual void SetFollowers(std::vector<Follower*> followers) = 0;

  // Told once, when everything has started: work of its own may begin, on the
  // loops it was opened with. It ends when the writer's feed is closed.
  virtual void Begin() {}
};

// What services are opened with.
struct HostEnvironment {
  const base::Clock* clock;
  // For long work of calls (imports, rounds); its threads may block.
  runtime::Loop* jobs;
  // For short work (waking streams, timers).
  runtime::Loop* loop;
};

struct HostOptions {
  ServerOptions server;
  // source → HOST:PORT of services that are not in this process.
  std::map<std::string, std::string> peers;
};

// Thread-safe.
class Host {
 public:
  explicit Host(const base::Clock* clock);
  ~Host();  // as Stop()

  HostEnvironment environment();

  // REQUIRES: called before Start. The writer has been opened, not started.
  void Add(std::unique_ptr<HostedService> service);

  // Starts writers, server, timers and followers. Errors: kPortInUse; a source
  // that is neither here nor among the peers.
  absl::Status Start(const HostOptions& options);

  // Waits until every service here has taken in all that its sources had
  // committed when this was called, and what that led to in turn.
  absl::Status Settle(absl::Time deadline);

  // Ends timers, streams, calls, followers and writers, in this order.
  void Stop();

  int port() const { return server_->port(); }
  int metrics_port() const { return server_->metrics_port(); }
  std::shared_ptr<grpc::Channel> channel() { return channel_; }
  Metrics& metrics() { return server_->metrics(); }

 private:
  absl::Status StartFollowers(const HostOptions& options);

  const base::Clock* const clock_;
  runtime::Loop loop_;
  runtime::Loop jobs_;
  std::vector<std::unique_ptr<HostedService>> services_;
  EventLogService event_log_;
  SheetService sheets_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::vector<std::unique_ptr<Follower>> followers_;
  std::vector<std::unique_ptr<runtime::TimerDriver>> timers_;
};

// A flag that only one program has: --NAME VALUE, optional.
struct ProgramFlag {
  std::string name;   // "policy"
  std::string value;  // "FILE", for the usage
  std::string help;   // "中文 / English"
};

// A program that hosts one service.
struct HostedProgram {
  std::string name;
  // --NAME HOST:PORT, required: the services it follows.
  std::vector<std::string> peers;
  std::vector<ProgramFlag> flags;
  // Opens the service in a data folder; `values` are those given of `flags`,
  // by name.
  std::function<absl::StatusOr<std::unique_ptr<HostedService>>(
      const HostEnvironment&, const std::string& data_dir,
      const std::map<std::string, std::string>& values)>
      open;
};

// Its main function: flags, start, wait for a signal, stop. Returns the exit
// code: 0, 2 for wrong flags, 4 for a file that is wrong, 7 for a port in use,
// 8 for a data folder that cannot be used.
int HostMain(int argc, char** argv, const HostedProgram& program);

}  // namespace jiedui::rpc
