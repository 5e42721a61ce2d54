#include "tests/bench/one_commit.h"

#include <grpcpp/client_context.h>

#include "common/base/clock.h"
#include "common/rpc/server.h"
#include "common/runtime/loop.h"
#include "common/runtime/writer.h"
#include "common/store/memory_store.h"
#include "services/demand/app/demand_machine.h"
#include "services/demand/rpc/demand_service.h"
#include "tests/bench/fail.h"

namespace jiedui::bench {
namespace {

// Keeps the last batch written.
class WatchedStore : public store::MemoryStore {
 public:
  absl::Status Write(const store::Batch& batch) override {
    last_ = batch;
    return MemoryStore::Write(batch);
  }
  const store::Batch& last() const { return last_; }

 private:
  store::Batch last_;
};

}  // namespace

store::Batch BatchOfOne(const demand::v1::CreateDemandRequest& request) {
  WatchedStore store;
  demand::DemandMachine machine;
  runtime::Writer writer("memory", &store, &machine, &base::Clock::System());
  OrFail(writer.Open());
  writer.Start();
  runtime::Loop loop(1);
  demand::DemandServiceImpl service(&writer, &machine, &loop);
  rpc::ServerOptions options;
  options.port = -1;
  const auto server = OrFail(rpc::Server::Start(
      options, {&service}, std::make_unique<rpc::Metrics>()));
  const auto stub =
      demand::v1::DemandService::NewStub(server->InProcessChannel());
  grpc::ClientContext context;
  demand::v1::Demand response;
  const grpc::Status status = stub->CreateDemand(&context, request, &response);
  if (!status.ok()) Fail(status.error_message());
  return store.last();
}

size_t BytesOf(const store::Batch& batch) {
  size_t bytes = 0;
  for (const store::Batch::Change& change : batch.changes()) {
    bytes += change.key.size() + change.value.value_or("").size();
  }
  return bytes;
}

}  // namespace jiedui::bench
