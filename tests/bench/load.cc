#include "tests/bench/load.h"

#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <vector>

#include "tests/bench/fail.h"

namespace jiedui::bench {
namespace {

struct Call {
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer answer;
  grpc::Status status;
  Clock::time_point start;
};

class Driver {
 public:
  Driver(const ServerProcess& server, const Load& load,
         const std::function<grpc::ByteBuffer()>& next)
      : server_(server),
        load_(load),
        next_(next),
        stub_(server.channel()),
        calls_(load.outstanding) {}

  LoadResult Run() {
    const double cpu_before = server_.CpuSeconds();
    begin_ = Clock::now();
    for (Call& call : calls_) Start(call);
    void* tag = nullptr;
    bool ok = false;
    while (under_way_ > 0 && queue_.Next(&tag, &ok)) {
      --under_way_;
      Finish(*static_cast<Call*>(tag));
      Start(*static_cast<Call*>(tag));
    }
    result_.server_cpu_micros =
        (server_.CpuSeconds() - cpu_before) * 1e6 / started_;
    queue_.Shutdown();
    while (queue_.Next(&tag, &ok)) {
    }
    return std::move(result_);
  }

 private:
  void Start(Call& call) {
    if (started_ >= load_.calls ||
        SecondsSince(begin_) > load_.warm_up + load_.seconds) {
      return;
    }
    ++started_;
    ++under_way_;
    call.reader.reset();  // it refers to the context
    call.context = std::make_unique<grpc::ClientContext>();
    call.start = Clock::now();
    call.reader = stub_.PrepareUnaryCall(call.context.get(), load_.method,
                                         next_(), &queue_);
    call.reader->StartCall();
    call.reader->Finish(&call.answer, &call.status, &call);
  }

  void Finish(Call& call) {
    if (!call.status.ok()) {
      Fail(load_.method + ": " + call.status.error_message());
    }
    const double since = SecondsSince(begin_) - load_.warm_up;
    if (since <= 0 || since > load_.seconds) return;
    ++result_.calls;
    result_.seconds = since;
    result_.latencies.Add(Clock::now() - call.start);
  }

  const ServerProcess& server_;
  const Load& load_;
  const std::function<grpc::ByteBuffer()>& next_;
  grpc::GenericStub stub_;
  grpc::CompletionQueue queue_;
  std::vector<Call> calls_;
  Clock::time_point begin_;
  uint64_t started_ = 0;
  int under_way_ = 0;
  LoadResult result_;
};

}  // namespace

LoadResult Drive(const ServerProcess& server, const Load& load,
                 const std::function<grpc::ByteBuffer()>& next) {
  return Driver(server, load, next).Run();
}

grpc::ByteBuffer ToBytes(const google::protobuf::MessageLite& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace jiedui::bench
