// The two shapes of a unary handler: a read that answers at once, and a command
// that answers when it is durable.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "common/base/error.h"
#include "common/base/sha256.h"
#include "common/rpc/caller.h"
#include "common/rpc/status.h"
#include "common/runtime/writer.h"

namespace jiedui::rpc {

inline grpc::ServerUnaryReactor* Finish(grpc::CallbackServerContext* context,
                                        const absl::Status& status) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

// `decide(txn)` fills *reply on the writer's thread; the answer leaves when it
// is durable. A request with a request_id is answered once and for all.
template <typename Request, typename Reply, typename Decide>
grpc::ServerUnaryReactor* Commit(runtime::Writer& writer,
                                 grpc::CallbackServerContext* context,
                                 const Request* request, Reply* reply,
                                 Decide decide) {
  constexpr size_t kMaxRequestId = 64;
  if (request->request_id().size() > kMaxRequestId) {
    base::Violations violations;
    violations.Add("request_id", base::Reason::kFieldTooLong,
                   {{"length", std::to_string(request->request_id().size())},
                    {"limit", std::to_string(kMaxRequestId)}});
    return Finish(context, violations.ToStatus());
  }
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  Caller caller = CallerOf(*context);
  runtime::Command command;
  command.actor = std::move(caller.actor);
  command.deadline = caller.deadline;
  command.reply = reply;
  if (!request->request_id().empty()) {
    command.request_id = request->request_id();
    command.request_sha256 = base::Sha256(
        {Request::descriptor()->full_name(), request->SerializeAsString()});
  }
  command.decide = std::move(decide);
  command.done = [reactor](absl::Status status) {
    reactor->Finish(ToGrpcStatus(status));
  };
  writer.Submit(std::move(command));
  return reactor;
}

}  // namespace jiedui::rpc
