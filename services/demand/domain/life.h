// The life of a demand: which verb leads from which states to which.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace jiedui::demand {

// States as they are stored and told in events: the names of
// jiedui.demand.v1.Demand.State without prefix.
namespace state {
inline constexpr std::string_view kDraft = "DRAFT";
inline constexpr std::string_view kSubmitted = "SUBMITTED";
inline constexpr std::string_view kOpen = "OPEN";
inline constexpr std::string_view kReturned = "RETURNED";
inline constexpr std::string_view kRejected = "REJECTED";
inline constexpr std::string_view kProposed = "PROPOSED";
inline constexpr std::string_view kDispatched = "DISPATCHED";
inline constexpr std::string_view kInService = "IN_SERVICE";
inline constexpr std::string_view kDelivered = "DELIVERED";
inline constexpr std::string_view kEvaluated = "EVALUATED";
inline constexpr std::string_view kClosed = "CLOSED";
inline constexpr std::string_view kWithdrawn = "WITHDRAWN";
inline constexpr std::string_view kSuspended = "SUSPENDED";
inline constexpr std::string_view kExpired = "EXPIRED";
}  // namespace state

enum class Verb {
  // People's.
  kUpdate,
  kSubmit,
  kVerify,
  kReturn,
  kReject,
  kWithdraw,
  kSuspend,
  kResume,
  kReopen,
  kClose,
  // The clock's.
  kExpire,
  // The pairing's.
  kPropose,
  kDispatch,
  kServe,
  kDeliver,
  kEvaluate,
  kRelease,
};

struct Transition {
  Verb verb;
  std::string_view name;     // in events: "verify"
  std::string_view name_zh;  // in messages: 核实
  std::span<const std::string_view> from;
  std::string_view to;  // empty: the state stays, or is remembered elsewhere
  bool needs_reason;
};

// All transitions, one a verb.
std::span<const Transition> Transitions();
const Transition& TransitionOf(Verb verb);

bool Allowed(Verb verb, std::string_view from);

// Whether the verb may be done now. Errors: kWrongState naming the states it
// starts from; kReasonRequired.
absl::Status Check(Verb verb, std::string_view resource, std::string_view from,
                   std::string_view reason);

}  // namespace jiedui::demand
