// The life of a volunteer: which verb leads from which states to which.
#pragma once

#include <span>
#include <string_view>

#include "absl/status/status.h"

namespace jiedui::volunteer {

// States as they are stored and told in events: the names of
// jiedui.volunteer.v1.Volunteer.State without prefix.
namespace state {
inline constexpr std::string_view kApplied = "APPLIED";
inline constexpr std::string_view kVerified = "VERIFIED";
inline constexpr std::string_view kActive = "ACTIVE";
inline constexpr std::string_view kPaused = "PAUSED";
inline constexpr std::string_view kExited = "EXITED";
}  // namespace state

enum class Verb { kVerify, kActivate, kPause, kExit, kReinstate };

struct Transition {
  Verb verb;
  std::string_view name;     // in events: "verify"
  std::string_view name_zh;  // in messages: 核实
  std::span<const std::string_view> from;
  std::string_view to;
  bool needs_reason;
};

// All transitions, one a verb, in the order of Verb.
std::span<const Transition> Transitions();
const Transition& TransitionOf(Verb verb);

// Whether the verb may be done now. Errors: kWrongState naming the states it
// starts from; kReasonRequired.
absl::Status Check(Verb verb, std::string_view resource, std::string_view from,
                   std::string_view reason);

}  // namespace jiedui::volunteer
