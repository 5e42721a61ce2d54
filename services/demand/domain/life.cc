#include "services/demand/domain/life.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "common/base/error.h"

namespace jiedui::demand {
namespace {

using std::string_view;

constexpr string_view kFromUpdate[] = {state::kDraft, state::kReturned,
                                       state::kSubmitted, state::kOpen};
constexpr string_view kFromSubmit[] = {state::kDraft, state::kReturned};
constexpr string_view kFromVerify[] = {state::kSubmitted};
constexpr string_view kFromReject[] = {state::kSubmitted, state::kOpen};
constexpr string_view kFromWithdraw[] = {state::kDraft, state::kSubmitted,
                                         state::kReturned, state::kOpen,
                                         state::kProposed};
constexpr string_view kFromSuspend[] = {state::kSubmitted, state::kOpen,
                                        state::kProposed};
constexpr string_view kFromResume[] = {state::kSuspended};
constexpr string_view kFromReopen[] = {state::kWithdrawn, state::kRejected,
                                       state::kExpired, state::kDelivered,
                                       state::kClosed};
constexpr string_view kFromClose[] = {state::kEvaluated};
constexpr string_view kFromExpire[] = {state::kSubmitted, state::kReturned,
                                       state::kOpen};
constexpr string_view kFromPropose[] = {state::kOpen};
constexpr string_view kFromDispatch[] = {state::kOpen, state::kProposed};
constexpr string_view kFromServe[] = {state::kDispatched};
constexpr string_view kFromDeliver[] = {state::kInService};
constexpr string_view kFromEvaluate[] = {state::kDelivered};
constexpr string_view kFromRelease[] = {state::kProposed, state::kDispatched,
                                        state::kInService};

// In the order of Verb.
constexpr Transition kTransitions[] = {
    {Verb::kUpdate, "update", "修改", kFromUpdate, "", false},
    {Verb::kSubmit, "submit", "提交", kFromSubmit, state::kSubmitted, false},
    {Verb::kVerify, "verify", "核实", kFromVerify, state::kOpen, false},
    {Verb::kReturn, "return", "退回", kFromVerify, state::kReturned, true},
    {Verb::kReject, "reject", "驳回", kFromReject, state::kRejected, true},
    {Verb::kWithdraw, "withdraw", "撤回", kFromWithdraw, state::kWithdrawn,
     false},
    {Verb::kSuspend, "suspend", "暂停", kFromSuspend, state::kSuspended, true},
    {Verb::kResume, "resume", "恢复", kFromResume, "", false},
    {Verb::kReopen, "reopen", "重新提出", kFromReopen, state::kSubmitted, true},
    {Verb::kClose, "close", "办结", kFromClose, state::kClosed, false},
    {Verb::kExpire, "expire", "过期", kFromExpire, state::kExpired, false},
    {Verb::kPropose, "propose", "提议", kFromPropose, state::kProposed, false},
    {Verb::kDispatch, "dispatch", "派出", kFromDispatch, state::kDispatched,
     false},
    {Verb::kServe, "serve", "开始服务", kFromServe, state::kInService, false},
    {Verb::kDeliver, "deliver", "交付", kFromDeliver, state::kDelivered, false},
    {Verb::kEvaluate, "evaluate", "评价", kFromEvaluate, state::kEvaluated,
     false},
    {Verb::kRelease, "release", "重新待结对", kFromRelease, state::kOpen,
     false},
};

}  // namespace

std::span<const Transition> Transitions() { return kTransitions; }

const Transition& TransitionOf(Verb verb) {
  return kTransitions[static_cast<size_t>(verb)];
}

bool Allowed(Verb verb, string_view from) {
  const auto& allowed = TransitionOf(verb).from;
  return std::find(allowed.begin(), allowed.end(), from) != allowed.end();
}

absl::Status Check(Verb verb, string_view resource, string_view from,
                   string_view reason) {
  const Transition& transition = TransitionOf(verb);
  if (!Allowed(verb, from)) {
    return base::MakeError(
        base::Reason::kWrongState,
        {{"resource", std::string(resource)},
         {"state", std::string(from)},
         {"action", std::string(transition.name)},
         {"action_zh", std::string(transition.name_zh)},
         {"allowed", absl::StrJoin(transition.from, ", ",
                                   [](std::string* out, string_view state) {
                                     out->append(state);
                                   })}});
  }
  if (transition.needs_reason && reason.empty()) {
    return base::MakeError(base::Reason::kReasonRequired,
                           {{"action", std::string(transition.name)},
                            {"action_zh", std::string(transition.name_zh)}});
  }
  return absl::OkStatus();
}

}  // namespace jiedui::demand
