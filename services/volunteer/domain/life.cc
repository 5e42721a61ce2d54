#include "services/volunteer/domain/life.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_join.h"
#include "common/base/error.h"

namespace jiedui::volunteer {
namespace {

using std::string_view;

constexpr string_view kFromVerify[] = {state::kApplied};
constexpr string_view kFromActivate[] = {state::kVerified, state::kPaused};
constexpr string_view kFromPause[] = {state::kActive};
constexpr string_view kFromExit[] = {state::kApplied, state::kVerified,
                                     state::kActive, state::kPaused};
constexpr string_view kFromReinstate[] = {state::kExited};

constexpr Transition kTransitions[] = {
    {Verb::kVerify, "verify", "核实", kFromVerify, state::kVerified, false},
    {Verb::kActivate, "activate", "启用", kFromActivate, state::kActive, false},
    {Verb::kPause, "pause", "暂停", kFromPause, state::kPaused, true},
    {Verb::kExit, "exit", "退出", kFromExit, state::kExited, true},
    {Verb::kReinstate, "reinstate", "恢复", kFromReinstate, state::kApplied,
     true},
};

}  // namespace

std::span<const Transition> Transitions() { return kTransitions; }

const Transition& TransitionOf(Verb verb) {
  return kTransitions[static_cast<size_t>(verb)];
}

absl::Status Check(Verb verb, string_view resource, string_view from,
                   string_view reason) {
  const Transition& transition = TransitionOf(verb);
  const auto& allowed = transition.from;
  if (std::find(allowed.begin(), allowed.end(), from) == allowed.end()) {
    return base::MakeError(
        base::Reason::kWrongState,
        {{"resource", std::string(resource)},
         {"state", std::string(from)},
         {"action", std::string(transition.name)},
         {"action_zh", std::string(transition.name_zh)},
         {"allowed",
          absl::StrJoin(allowed, ", ", [](std::string* out, string_view name) {
            out->append(name);
          })}});
  }
  if (transition.needs_reason && reason.empty()) {
    return base::MakeError(base::Reason::kReasonRequired,
                           {{"action", std::string(transition.name)},
                            {"action_zh", std::string(transition.name_zh)}});
  }
  return absl::OkStatus();
}

}  // namespace jiedui::volunteer
