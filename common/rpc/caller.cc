#include "common/rpc/caller.h"

namespace jiedui::rpc {
namespace {

constexpr size_t kMaxActor = 128;

}  // namespace

Caller CallerOf(const grpc::ServerContextBase& context) {
  Caller caller;
  const auto it = context.client_metadata().find(kActorMetadata);
  if (it != context.client_metadata().end()) {
    caller.actor =
        std::string(it->second.data(), std::min(it->second.size(), kMaxActor));
  }
  if (caller.actor.empty()) caller.actor = "anonymous";
  caller.deadline = absl::FromChrono(context.deadline());
  return caller;
}

}  // namespace jiedui::rpc
