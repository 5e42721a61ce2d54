// Who calls, and until when an answer is of use.
#pragma once

#include <grpcpp/server_context.h>

#include <string>

#include "absl/time/time.h"

namespace jiedui::rpc {

// Metadata in which a caller says who acts: UTF-8, percent-encoded (RFC 3986)
// because metadata is ASCII. It is declared, not proved: it goes into the
// journal as said.
inline constexpr char kActorMetadata[] = "x-jiedui-actor";

struct Caller {
  std::string actor;  // "anonymous" when nothing was said
  absl::Time deadline;
};

Caller CallerOf(const grpc::ServerContextBase& context);

}  // namespace jiedui::rpc
