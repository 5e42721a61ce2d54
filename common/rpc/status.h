// Typed errors on the wire: google.rpc.Status with ErrorInfo (domain
// "jiedui.dev"), LocalizedMessage in zh-CN and in en, and BadRequest where
// fields are at fault. Long texts and many violations are cut short: a status
// has to fit into a reply's headers.
#pragma once

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace jiedui::rpc {

inline constexpr char kErrorDomain[] = "jiedui.dev";

grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace jiedui::rpc
