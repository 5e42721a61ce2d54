#include "services/matcher/domain/life.h"

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"

namespace jiedui::matcher {
namespace {

using base::Reason;

constexpr const Verb* kPairingVerbs[] = {
    &kPropose,          &kSupersede,    &kApprove,        &kOffer,
    &kReject,           &kExtendReview, &kEscalateReview, &kRemindReview,
    &kOverride,         &kLock,         &kUnlock,         &kCancel,
    &kCancelWithDemand, &kAccept,       &kDecline,        &kTakeSeat,
    &kAskNext,          &kLosePart,     &kCheckIn,        &kComplete,
    &kEvaluate,         &kEvaluateLast};
constexpr const Verb* kOfferVerbs[] = {
    &kSendOffer,   &kAcceptOffer,   &kDeclineOffer, &kExtendOffer,
    &kExpireOffer, &kWithdrawOffer, &kGiveWay,      &kRecallOffer};
constexpr const Verb* kDispatchVerbs[] = {
    &kOpenDispatch, &kProposeFor, &kOfferFor,   &kMeet,         &kLosePairing,
    &kCountDecline, &kHop,        &kGap,        &kReviewHop,    &kRevise,
    &kSeekAgain,    &kRest,       &kExtendTier, &kCloseDispatch};
constexpr const Verb* kVisitVerbs[] = {&kPlanVisit, &kCancelVisit, &kDropVisit};

// Whether `item` is one of those divided by bars.
bool Among(std::string_view item, std::string_view list) {
  for (absl::string_view one :
       absl::StrSplit(absl::string_view(list.data(), list.size()), '|')) {
    if (std::string_view(one.data(), one.size()) == item) return true;
  }
  return false;
}

std::string Listed(std::string_view list) {
  return absl::StrReplaceAll(absl::string_view(list.data(), list.size()),
                             {{"|", ", "}});
}

absl::Status CheckReason(const Verb& verb, std::string_view code) {
  if (verb.reason_codes.empty()) return absl::OkStatus();
  if (code.empty()) {
    return base::MakeError(
        Reason::kReasonRequired,
        {{"action", std::string(verb.zh) + " / " + std::string(verb.name)}});
  }
  if (Among(code, verb.reason_codes)) return absl::OkStatus();
  base::Violations violations;
  violations.Add(
      "reason_code", Reason::kUnknownValue,
      {{"value", std::string(code)}, {"allowed", Listed(verb.reason_codes)}});
  return violations.ToStatus();
}

}  // namespace

std::span<const Verb* const> PairingVerbs() { return kPairingVerbs; }
std::span<const Verb* const> OfferVerbs() { return kOfferVerbs; }
std::span<const Verb* const> DispatchVerbs() { return kDispatchVerbs; }
std::span<const Verb* const> VisitVerbs() { return kVisitVerbs; }

absl::StatusOr<std::string> Step(const Verb& verb, std::string_view resource,
                                 std::string_view from,
                                 std::string_view reason_code) {
  if (!Among(from.empty() ? "NEW" : from, verb.from)) {
    return base::MakeError(Reason::kWrongState,
                           {{"resource", std::string(resource)},
                            {"state", std::string(from)},
                            {"action_zh", std::string(verb.zh)},
                            {"action", std::string(verb.en)},
                            {"allowed", Listed(verb.from)}});
  }
  const absl::Status reason = CheckReason(verb, reason_code);
  if (!reason.ok()) return reason;
  return std::string(verb.to.empty() ? from : verb.to);
}

bool Lives(std::string_view state) {
  return WaitsForReview(state) || Books(state);
}

bool WaitsForReview(std::string_view state) {
  return Among(state, "PROPOSED|OVERRIDDEN");
}

bool Books(std::string_view state) {
  return Among(state, "APPROVED|OFFERED|ACCEPTED|ACTIVE");
}

bool EndsPairing(std::string_view demand_state) {
  return Among(demand_state, "WITHDRAWN|SUSPENDED|REJECTED|EXPIRED|CLOSED");
}

}  // namespace jiedui::matcher
